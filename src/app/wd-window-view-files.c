/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Views from and to files that people give each other. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-file-chooser.h"
#include "app/views/wd-view-import.h"
#include "app/wd-window-private.h"
#include "session/wd-saved-view-transfer.h"

static const char *const patterns[] = { "*.views", NULL };

/* What is written, until it is known where to. */
typedef struct {
  WdWindow *window;          /* (owned) */
  char *name;                /* (owned) (nullable): of one view; else all */
  GFile *file;               /* (owned) (nullable) */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->window);
  g_free (writing->name);
  g_clear_object (&writing->file);
  g_free (writing);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *writing = data;
  WdWindow *self = writing->window;
  g_autoptr (GError) error = NULL;
  gboolean success = wd_saved_view_export_finish (WD_SAVED_VIEWS (source), result, &error);
  g_autofree char *base = g_file_get_basename (writing->file);
  g_autofree char *name = g_filename_display_name (base);

  if (self->saved_views != NULL)
    {
      g_autofree char *text = g_strdup_printf (success ? _("Views written to “%s”")
                                                       : _("“%s” Was Not Written"), name);

      if (success)
        wd_window_toast (self, text);
      else
        wd_confirm_tell (GTK_WINDOW (self), text, error->message);
    }
  writing_free (writing);
}

static void
place_chosen_cb (GFile *file, gpointer data)
{
  Writing *writing = data;
  Writing *under_way;

  if (file == NULL || writing->window->saved_views == NULL)
    return;
  under_way = g_new0 (Writing, 1);
  under_way->window = g_object_ref (writing->window);
  under_way->file = g_object_ref (file);
  wd_saved_view_export_async (writing->window->saved_views, writing->name, file, exported_cb,
                              under_way);
}

static void
export_views (WdWindow *self, const char *name)
{
  const WdFileChooserSpec spec = { _("Export Views"), _("_Export"), _("Views"), patterns };
  Writing *writing = g_new0 (Writing, 1);
  g_autofree char *plain = g_strdup (name != NULL ? name : _("views"));
  g_autofree char *file_name = NULL;

  /* A name may hold what separates folders. */
  file_name = g_strconcat (g_strdelimit (plain, "/\\:", '-'), ".views", NULL);
  writing->window = g_object_ref (self);
  writing->name = g_strdup (name);
  wd_file_chooser_save (GTK_WIDGET (self), &spec, file_name, place_chosen_cb, writing,
                        writing_free);
}

static void
export_all_action (GtkWidget *widget, const char *action, GVariant *target)
{
  export_views (WD_WINDOW (widget), NULL);
}

static void
export_action (GtkWidget *widget, const char *action, GVariant *target)
{
  export_views (WD_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean success = wd_saved_views_change_finish (WD_SAVED_VIEWS (source), result, &error);

  if (self->saved_views == NULL)
    return;
  if (success)
    wd_window_toast (self, _("Views imported"));
  else
    wd_confirm_tell (GTK_WINDOW (self), _("No View Was Imported"), error->message);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GKeyFile) from = NULL;
  g_auto (GStrv) names = wd_view_import_ask_finish (result, &from);

  if (names != NULL && *names != NULL && self->saved_views != NULL)
    wd_saved_views_import_async (self->saved_views, from, (const char *const *) names, imported_cb,
                                 g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = wd_saved_view_read_finish (WD_SAVED_VIEWS (source), result, &error);

  if (self->saved_views == NULL)
    return;
  if (file != NULL)
    wd_view_import_ask_async (GTK_WINDOW (self), self->saved_views, file, chosen_cb,
                              g_object_ref (self));
  else
    wd_confirm_tell (GTK_WINDOW (self), _("No View Was Imported"), error->message);
}

static void
file_chosen_cb (GFile *file, gpointer data)
{
  WdWindow *self = data;

  if (file != NULL && self->saved_views != NULL)
    wd_saved_view_read_async (self->saved_views, file, read_cb, g_object_ref (self));
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *target)
{
  const WdFileChooserSpec spec = { _("Import Views"), _("_Import"), _("Views"), patterns };

  wd_file_chooser_open (widget, &spec, file_chosen_cb, g_object_ref (widget), g_object_unref);
}

void
wd_window_install_view_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import-views", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.export-views", NULL, export_all_action);
  gtk_widget_class_install_action (widget_class, "win.export-view", "s", export_action);
}
