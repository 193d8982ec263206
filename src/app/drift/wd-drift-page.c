/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows compared with queues: when the page is opened, when somebody asks for it, and after a
 * remedy; never by itself. */

#include "app/drift/wd-drift-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "app/drift/wd-drift-findings.h"
#include "app/drift/wd-drift-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

#define TICKS_PER_TELLING 5

struct _WdDriftPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdDriftReport *report;     /* (owned) (nullable): of the last comparison */
  GError *error;             /* (owned) (nullable): likewise */
  GCancellable *request;     /* (owned) (nullable): of the one under way */
  gint64 n_jobs;             /* compared so far */
  gint64 n_rows;
  guint ticks;               /* since ages were told */

  GtkWidget *content;
  GtkLabel *summary;
  GtkSpinner *spinner;
  GtkWidget *again;
  GtkWidget *stop;
  GtkStack *stack;
  AdwStatusPage *agreement;
  AdwStatusPage *failure;
  WdDriftFindings *findings;
};

G_DEFINE_FINAL_TYPE (WdDriftPage, wd_drift_page, GTK_TYPE_WIDGET)

static const char *
choose_view (WdDriftPage *self)
{
  if (self->report != NULL)
    return wd_drift_report_total (self->report) > 0 ? "findings" : "agree";
  if (self->error != NULL)
    return "error";
  return self->request != NULL ? "waiting" : "stopped";
}

static char *
describe_total (WdDriftPage *self)
{
  gint64 total = self->report != NULL ? wd_drift_report_total (self->report) : 0;
  g_autofree char *number = wd_text_count (total);
  g_autofree char *compared = NULL, *found = NULL, *age = NULL;
  g_autofree char *notes = NULL;

  if (self->request != NULL)
    return wd_drift_text_compared (self->n_jobs, self->n_rows);
  if (self->error != NULL && self->report != NULL)
    return wd_format_visible (self->error->message, 512);
  if (total == 0)
    return g_strdup ("");
  compared = wd_drift_text_compared (self->report->n_jobs, self->report->n_rows);
  age = wd_text_as_of (self->report->checked_at);
  found = g_strdup_printf (ngettext ("%s disagreement", "%s disagreements", (gulong) total),
                           number);
  notes = g_strjoinv ("\n", self->report->notes);
  return g_strdup_printf ("%s · %s · %s%s%s", found, compared, age, *notes != '\0' ? "\n" : "",
                          notes);
}

/* State to widgets. */
static void
update_page (WdDriftPage *self)
{
  gboolean comparing = self->request != NULL;
  g_autofree char *summary = describe_total (self);

  if (self->error != NULL)
    {
      g_autofree char *reason = wd_text_block (self->error->message);
      g_autofree char *markup = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->failure, markup);
    }
  gtk_label_set_text (self->summary, summary);
  gtk_spinner_set_spinning (self->spinner, comparing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), comparing);
  gtk_widget_set_visible (self->stop, comparing);
  gtk_widget_set_visible (self->again, !comparing);
  wd_drift_findings_set_busy (self->findings, comparing);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
}

static void
show_report (WdDriftPage *self)
{
  g_autofree char *clock = wd_text_clock (self->report->checked_at);
  g_autofree char *compared = wd_drift_text_compared (self->report->n_jobs, self->report->n_rows);
  g_autofree char *notes = g_strjoinv ("\n", self->report->notes);
  /* TRANSLATORS: what was compared, and a time of day */
  g_autofree char *text = g_strdup_printf (_("%s, at %s."), compared, clock);
  g_autofree char *whole = *notes != '\0' ? g_strdup_printf ("%s\n%s", text, notes)
                                          : g_strdup (text);
  g_autofree char *markup = g_markup_escape_text (whole, -1);

  adw_status_page_set_description (self->agreement, markup);
  wd_drift_findings_show (self->findings, self->workspace, self->report);
}

/* What had the focus may be gone with what it was about. */
static void
keep_focus (WdDriftPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_is_sensitive (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
report_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdDriftPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdDriftReport) report = wd_backend_check_drift_finish (WD_BACKEND (source), result,
                                                                    &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (report != NULL)
    {
      g_clear_pointer (&self->report, wd_drift_report_unref);
      self->report = g_steal_pointer (&report);
      show_report (self);
    }
  update_page (self);
  keep_focus (self);
}

static void
progress_cb (gint64 n_jobs, gint64 n_rows, gpointer data)
{
  WdDriftPage *self = data;

  if (self->request == NULL)
    return;
  self->n_jobs = n_jobs;
  self->n_rows = n_rows;
  update_page (self);
}

static void
cancel (WdDriftPage *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
load (WdDriftPage *self)
{
  cancel (self);
  g_clear_error (&self->error);
  self->n_jobs = self->n_rows = 0;
  self->request = g_cancellable_new ();
  wd_backend_check_drift_async (wd_workspace_get_backend (self->workspace), progress_cb, self,
                                self->request, report_cb, g_object_ref (self));
  update_page (self);
}

static void
again_cb (WdDriftPage *self)
{
  load (self);
}

static void
stop_cb (WdDriftPage *self)
{
  cancel (self);
  update_page (self);
}

static void
tick_cb (WdDriftPage *self)
{
  WdTime now = wd_time_now ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || ++self->ticks < TICKS_PER_TELLING)
    return;
  self->ticks = 0;
  wd_drift_findings_tick (self->findings, now);
}

static void
wd_drift_page_dispose (GObject *object)
{
  WdDriftPage *self = WD_DRIFT_PAGE (object);

  cancel (self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_drift_page_parent_class)->dispose (object);
}

static void
wd_drift_page_finalize (GObject *object)
{
  WdDriftPage *self = WD_DRIFT_PAGE (object);

  g_clear_pointer (&self->report, wd_drift_report_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wd_drift_page_parent_class)->finalize (object);
}

static void
wd_drift_page_class_init (WdDriftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_drift_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_drift_page_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/drift/wd-drift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, summary);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, again);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, stop);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, agreement);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, failure);
  gtk_widget_class_bind_template_child (widget_class, WdDriftPage, findings);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_drift_page_init (WdDriftPage *self)
{
  g_type_ensure (WD_TYPE_DRIFT_FINDINGS);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Drift"), -1);
}

/**
 * wd_drift_page_new:
 * @workspace: whose rows and queues
 *
 * Returns: (transfer floating): a page that compares them at once
 */
WdDriftPage *
wd_drift_page_new (WdWorkspace *workspace)
{
  WdDriftPage *self = g_object_new (WD_TYPE_DRIFT_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/**
 * wd_drift_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was found, or why it cannot
 */
gboolean
wd_drift_page_is_ready (WdDriftPage *self)
{
  g_return_val_if_fail (WD_IS_DRIFT_PAGE (self), FALSE);

  return self->request == NULL;
}
