/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An export under way, below whatever page is shown. It holds the application: a window that is
 * closed stops it, and the program ends when what was written is removed again. */

#include "app/export/wd-export-bar.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-work-row.h"
#include "app/preferences/wd-preferences.h"
#include "base/wd-format.h"
#include "session/wd-export-text.h"

/* Numbers that change more often cannot be read. */
#define TICK_MS 250

struct _WdExportBar {
  GtkWidget parent_instance;

  WdExport *export;            /* (owned) (nullable): while it runs */
  GFile *file;                 /* (owned) (nullable): likewise */
  GCancellable *cancellable;   /* (owned) (nullable): likewise */
  GApplication *application;   /* (owned) (nullable): likewise; held */
  guint tick;

  GtkRevealer *revealer;
  WdWorkRow *row;
  GtkWidget *stop;
};

enum {
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdExportBar, wd_export_bar, GTK_TYPE_WIDGET)

static void
update (WdExportBar *self)
{
  const WdNumberFormat *format = wd_preferences_get_number_format (wd_preferences_get ());
  gint64 total = wd_export_get_total (self->export, NULL);
  g_autofree char *details = wd_export_text_progress (self->export, format);

  wd_work_row_set_details (self->row, details, NULL);
  wd_work_row_set_fraction (self->row,
                            total > 0 ? (double) wd_export_get_rows (self->export) / (double) total
                                      : -1);
}

static gboolean
tick_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
stop_cb (WdExportBar *self)
{
  gtk_widget_set_sensitive (self->stop, FALSE);
  g_cancellable_cancel (self->cancellable);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdExportBar) self = data;
  g_autoptr (WdExport) export = g_steal_pointer (&self->export);
  g_autoptr (GFile) file = g_steal_pointer (&self->file);
  g_autoptr (GApplication) application = g_steal_pointer (&self->application);
  g_autoptr (GError) error = NULL;

  wd_export_finish (export, result, &error);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, export, file, error);
    }
  if (application != NULL)
    g_application_release (application);
}

/* The window goes: the export under way keeps a reference, so this is not disposed of yet. */
static void
wd_export_bar_unroot (GtkWidget *widget)
{
  WdExportBar *self = WD_EXPORT_BAR (widget);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick, g_source_remove);

  GTK_WIDGET_CLASS (wd_export_bar_parent_class)->unroot (widget);
}

static void
wd_export_bar_dispose (GObject *object)
{
  WdExportBar *self = WD_EXPORT_BAR (object);

  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (wd_export_bar_parent_class)->dispose (object);
}

static void
wd_export_bar_class_init (WdExportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_export_bar_dispose;
  widget_class->unroot = wd_export_bar_unroot;

  /**
   * WdExportBar::ended:
   * @export: what ran
   * @file: (type GFile): where to
   * @error: (nullable): of wd_export_finish(): then the file is as it was before
   */
  signals[SIGNAL_ENDED] =
    g_signal_new ("ended", WD_TYPE_EXPORT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, WD_TYPE_EXPORT, G_TYPE_FILE, G_TYPE_ERROR);

  g_type_ensure (WD_TYPE_WORK_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/export/wd-export-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WdExportBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WdExportBar, row);
}

static void
wd_export_bar_init (WdExportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->stop = wd_work_row_add_button (self->row, _("Stop"), _("Stop the export"));
  gtk_widget_set_tooltip_text (self->stop, _("Stop the export and keep nothing of it"));
  g_signal_connect_object (self->stop, "clicked", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
}

/**
 * wd_export_bar_run:
 * @self: a bar where nothing runs
 * @export: (transfer none): a new export
 * @file: (transfer none): where to; of this computer
 *
 * Runs it, however long it takes, and shows how far it is. At its end comes #WdExportBar::ended.
 */
void
wd_export_bar_run (WdExportBar *self, WdExport *export, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *title = g_strdup_printf (_("Exporting to “%s”"), name);

  g_return_if_fail (WD_IS_EXPORT_BAR (self) && self->export == NULL);

  self->export = g_object_ref (export);
  self->file = g_object_ref (file);
  self->cancellable = g_cancellable_new ();
  self->application = g_application_get_default ();
  if (self->application != NULL)
    g_application_hold (g_object_ref (self->application));
  wd_work_row_set_title (self->row, title);
  gtk_widget_set_sensitive (self->stop, TRUE);
  update (self);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  wd_export_to_file_async (export, path, self->cancellable, done_cb, g_object_ref (self));
}

/**
 * wd_export_bar_is_running:
 * @self: a bar
 *
 * Returns: whether an export runs
 */
gboolean
wd_export_bar_is_running (WdExportBar *self)
{
  g_return_val_if_fail (WD_IS_EXPORT_BAR (self), FALSE);

  return self->export != NULL;
}
