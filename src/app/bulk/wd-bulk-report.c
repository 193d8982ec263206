/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of a bulk run, or has until now: how many were done, and why others were refused.
 * Which each one is, is in the file that can be saved. */

#include "app/bulk/wd-bulk-report.h"

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-table.h"
#include "app/bulk/wd-bulk-text.h"
#include "app/common/wd-banner.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "session/wd-bulk-reasons.h"

/* Reasons told one by one; the others together. */
#define MAX_REASONS 20

/* A tick is a second. */
#define TICKS_PER_READING 5

struct _WdBulkReport {
  AdwWindow parent_instance;

  WdWindow *window;          /* (weak) (nullable) */
  WdWorkspace *workspace;    /* (owned) */
  WdBulkWork *work;          /* (owned) */
  GCancellable *reading;     /* (owned) (nullable) */
  guint ticks;
  gboolean again;            /* what is being read is older than what is wanted */

  WdBanner *banner;
  GtkLabel *heading;
  GtkLabel *numbers;
  GtkLabel *origin;
  GtkLabel *problem;
  GtkWidget *save;
  WdBulkTable *refused;
  WdBulkTable *counts;
};

G_DEFINE_FINAL_TYPE (WdBulkReport, wd_bulk_report, ADW_TYPE_WINDOW)

static char *
describe_example (const WdBulkReason *reason)
{
  if (reason->n == 1)
    return g_strdup (reason->example);
  /* TRANSLATORS: the id of a job or the address of a wallet */
  return g_strdup_printf (_("such as %s"), reason->example);
}

static void
show_refusals (WdBulkReport *self, const WdBulkRun *run)
{
  g_autoptr (GPtrArray) reasons = wd_bulk_reasons_group (run->refusals);
  guint n_told = run->refusals != NULL ? run->refusals->len : 0;
  g_autofree char *all = wd_text_count (run->refused);
  g_autofree char *told = wd_text_count (n_told);
  g_autofree char *title = NULL;
  gint64 n_others = 0;

  title = n_told < run->refused
            ? g_strdup_printf (_("%s refused; of the first %s"), all, told)
            : g_strdup_printf (ngettext ("%s refused", "%s refused", (gulong) run->refused), all);
  wd_bulk_table_set_title (self->refused, title);
  wd_bulk_table_clear (self->refused);
  for (guint i = 0; i < reasons->len; i++)
    {
      const WdBulkReason *reason = reasons->pdata[i];
      g_autofree char *example = describe_example (reason);

      if (i < MAX_REASONS)
        wd_bulk_table_add (self->refused, reason->text, example, reason->n);
      else
        n_others += reason->n;
    }
  if (n_others > 0)
    wd_bulk_table_add (self->refused, _("For other reasons"), NULL, n_others);
}

static void
show_origin (WdBulkReport *self, const WdBulkRun *run)
{
  g_autofree char *time = wd_text_time (run->created_at);
  g_autofree char *name = run->created_by != NULL ? wd_format_visible (run->created_by, 64) : NULL;
  g_autofree char *text = name != NULL ? g_strdup_printf (_("Begun by %s, %s"), name, time)
                                       : g_strdup_printf (_("Begun %s"), time);

  gtk_label_set_text (self->origin, text);
}

/* What the work knows without asking. */
static void
update_numbers (WdBulkReport *self)
{
  const GError *error = wd_bulk_work_get_error (self->work);
  const char *last = wd_bulk_work_get_run (self->work)->last_error;
  g_autofree char *details = wd_bulk_text_details (self->work);
  g_autofree char *why = error != NULL  ? wd_format_visible (error->message, 1024)
                         : last != NULL ? wd_format_visible (last, 1024) : NULL;

  gtk_label_set_text (self->numbers, details);
  gtk_label_set_text (self->problem, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), why != NULL);
}

static void
show_run (WdBulkReport *self, const WdBulkRun *run)
{
  g_autofree char *title = wd_bulk_text_title (run);

  gtk_label_set_text (self->heading, title);
  wd_bulk_table_set_title (self->counts, run->request->operation == WD_BULK_SET_FLAGS
                                           ? _("By Network") : _("By Type and Network"));
  wd_bulk_table_show_counts (self->counts, run);
  show_refusals (self, run);
  show_origin (self, run);
  update_numbers (self);
}

static void read_run (WdBulkReport *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkReport) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) run = wd_backend_load_bulk_finish (WD_BACKEND (source), result, &error);
  g_autofree char *details = NULL;

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->reading);
  if (run != NULL)
    {
      wd_banner_hide (self->banner);
      show_run (self, run);
    }
  else
    {
      details = wd_format_visible (error->message, 1024);
      wd_banner_show (self->banner, _("The report cannot be read now."), details, TRUE);
    }
  if (self->again)
    read_run (self);
}

static void
read_run (WdBulkReport *self)
{
  self->again = self->reading != NULL;
  if (self->again)
    return;
  self->reading = g_cancellable_new ();
  wd_backend_load_bulk_async (wd_workspace_get_backend (self->workspace),
                              wd_bulk_work_get_run (self->work)->id, self->reading, read_cb,
                              g_object_ref (self));
}

static void
changed_cb (WdBulkReport *self)
{
  update_numbers (self);
  read_run (self);
}

/* Numbers at once, reasons now and then. */
static void
tick_cb (WdBulkReport *self)
{
  if (!wd_bulk_work_is_active (self->work))
    return;
  update_numbers (self);
  if (++self->ticks % TICKS_PER_READING == 0)
    read_run (self);
}

static void
save_cb (WdBulkReport *self)
{
  if (self->window != NULL)
    wd_window_save_report (self->window, wd_workspace_get_backend (self->workspace),
                           wd_bulk_work_get_run (self->work)->id);
}

static void
wd_bulk_report_dispose (GObject *object)
{
  WdBulkReport *self = WD_BULK_REPORT (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (wd_bulk_report_parent_class)->dispose (object);
}

static void
wd_bulk_report_finalize (GObject *object)
{
  WdBulkReport *self = WD_BULK_REPORT (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->work);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_bulk_report_parent_class)->finalize (object);
}

static void
wd_bulk_report_class_init (WdBulkReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_bulk_report_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_report_finalize;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_BULK_TABLE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/bulk/wd-bulk-report.ui");
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, banner);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, heading);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, numbers);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, origin);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, problem);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, refused);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, counts);
  gtk_widget_class_bind_template_child (widget_class, WdBulkReport, save);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
wd_bulk_report_init (WdBulkReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, NULL, NULL);
}

/**
 * wd_bulk_report_new:
 * @window: the window it belongs to
 * @workspace: whose run
 * @work: the run
 *
 * Returns: (transfer none): a report that is being read, and again whenever the run changes
 */
GtkWidget *
wd_bulk_report_new (WdWindow *window, WdWorkspace *workspace, WdBulkWork *work)
{
  WdBulkReport *self = g_object_new (WD_TYPE_BULK_REPORT, "transient-for", window, NULL);

  g_set_weak_pointer (&self->window, window);
  self->workspace = g_object_ref (workspace);
  self->work = g_object_ref (work);
  g_signal_connect_object (work, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  wd_lack_disable (self->save, workspace, WD_ABILITY_EXPORT);
  show_run (self, wd_bulk_work_get_run (work));
  read_run (self);
  return GTK_WIDGET (self);
}
