/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job among others of its wallet: what it was, how it went, how long that took. */

#include "app/jobs/wd-job-line.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-job-times.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

/* What a badge adds to its word. */
#define BADGE_EXTRA 18

struct _WdJobLine {
  GtkWidget parent_instance;

  WdJob *job;   /* (owned) (nullable) */

  GtkWidget *box;
  GtkWidget *status_box;
  GtkLabel *status;
  GtkLabel *type;
  GtkLabel *trigger;
  GtkLabel *age;
  GtkLabel *times;
  GtkLabel *error;
};

G_DEFINE_FINAL_TYPE (WdJobLine, wd_job_line, GTK_TYPE_WIDGET)

/* A label that says the same again is not drawn again. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static char *
describe_times (const WdJob *job, WdTime now)
{
  g_autofree char *wait = wd_job_times_wait (job, now);
  g_autofree char *run = wd_job_times_run (job, now);

  if (wait != NULL && run != NULL)
    return g_strdup_printf ("%s · %s", wait, run);
  return g_strdup (wait != NULL ? wait : run != NULL ? run : _("not begun"));
}

static void
update_error (WdJobLine *self)
{
  const char *message = self->job->error_message;
  g_autofree char *text = message != NULL ? wd_format_visible (message, 512) : NULL;

  set_text (self->error, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->error), text);
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL && *text != '\0');
}

/* What lines say begins in one place, whatever their badges say. */
static void
update_indent (WdJobLine *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->status));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS ((int) wd_longest_job_status ()
                            * pango_font_metrics_get_approximate_char_width (metrics) * 5 / 4);

  pango_font_metrics_unref (metrics);
  gtk_widget_set_size_request (self->status_box, width + BADGE_EXTRA, -1);
}

static void
update_line (WdJobLine *self)
{
  const WdJob *job = self->job;
  g_autofree char *status = wd_format_visible (wd_job_status_label (job->status), 64);
  g_autofree char *type = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *trigger = job->triggered_by != NULL
                               ? wd_format_visible (wd_trigger_label (job->triggered_by), 64)
                               : NULL;
  g_autofree char *created = wd_text_time (job->created_at);

  set_text (self->status, status);
  update_indent (self);
  wd_tone_set (GTK_WIDGET (self->status), wd_tone_of_job_status (job->status));
  set_text (self->type, type);
  set_text (self->trigger, trigger != NULL ? trigger : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trigger), trigger != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->age), created);
  if (wd_job_status_from_string (job->status) == WD_JOB_STATUS_ACTIVE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "running");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "running");
  update_error (self);
}

static void
wd_job_line_dispose (GObject *object)
{
  WdJobLine *self = WD_JOB_LINE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->job, wd_job_unref);
  G_OBJECT_CLASS (wd_job_line_parent_class)->dispose (object);
}

static void
wd_job_line_class_init (WdJobLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_job_line_dispose;

  gtk_widget_class_set_css_name (widget_class, "jobline");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-job-line.ui");
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, box);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, status_box);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, status);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, type);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, trigger);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, age);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, times);
  gtk_widget_class_bind_template_child (widget_class, WdJobLine, error);
}

static void
wd_job_line_init (WdJobLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_job_line_new:
 *
 * Returns: (transfer floating): a line that shows nothing yet
 */
GtkWidget *
wd_job_line_new (void)
{
  return g_object_new (WD_TYPE_JOB_LINE, NULL);
}

/**
 * wd_job_line_set_job:
 * @self: a line
 * @job: (nullable): what it shows; %NULL while that is being read
 * @now: the present
 */
void
wd_job_line_set_job (WdJobLine *self, const WdJob *job, WdTime now)
{
  WdJob *old;

  g_return_if_fail (WD_IS_JOB_LINE (self));

  old = self->job;
  self->job = job != NULL ? wd_job_ref ((WdJob *) job) : NULL;
  wd_job_unref (old);
  /* Keeps its height: what stands below does not jump when the answer comes. */
  gtk_widget_set_opacity (self->box, self->job != NULL ? 1 : 0);
  if (self->job == NULL)
    return;
  update_line (self);
  wd_job_line_tell (self, now);
}

/**
 * wd_job_line_get_job:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const WdJob *
wd_job_line_get_job (WdJobLine *self)
{
  g_return_val_if_fail (WD_IS_JOB_LINE (self), NULL);

  return self->job;
}

/**
 * wd_job_line_tell:
 * @self: a line
 * @now: the present
 *
 * Tells anew what changes with time alone.
 */
void
wd_job_line_tell (WdJobLine *self, WdTime now)
{
  g_autofree char *age = NULL;
  g_autofree char *times = NULL;

  g_return_if_fail (WD_IS_JOB_LINE (self));

  if (self->job == NULL)
    return;
  age = wd_format_age (self->job->created_at, now);
  times = describe_times (self->job, now);
  set_text (self->age, age);
  set_text (self->times, times);
}
