/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands above a job: what it is, how it is, as of when, and the ways on from it. */

#include "app/jobs/wd-job-header.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-job-steps.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

struct _WdJobHeader {
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkWidget *status;
  GtkLabel *age;
  GtkWidget *retry;
  WdJobSteps *steps;
};

enum {
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdJobHeader, wd_job_header, GTK_TYPE_WIDGET)

static void
step_cb (WdJobHeader *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, id);
}

static void
update_retry (WdJobHeader *self, const WdJob *job)
{
  const char *const ids[] = { job->id, NULL };
  gboolean failed = wd_job_status_from_string (job->status) == WD_JOB_STATUS_FAILED;

  gtk_widget_set_visible (self->retry, failed);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry), "^as", ids);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry), "win.retry");
}

static void
wd_job_header_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_job_header_parent_class)->dispose (object);
}

static void
wd_job_header_class_init (WdJobHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_job_header_dispose;

  /**
   * WdJobHeader::step:
   * @id: of the row to show instead
   */
  signals[SIGNAL_STEP] =
    g_signal_new ("step", WD_TYPE_JOB_HEADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WD_TYPE_JOB_STEPS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-job-header.ui");
  gtk_widget_class_bind_template_child (widget_class, WdJobHeader, title);
  gtk_widget_class_bind_template_child (widget_class, WdJobHeader, status);
  gtk_widget_class_bind_template_child (widget_class, WdJobHeader, age);
  gtk_widget_class_bind_template_child (widget_class, WdJobHeader, retry);
  gtk_widget_class_bind_template_child (widget_class, WdJobHeader, steps);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
}

static void
wd_job_header_init (WdJobHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_job_header_set_list:
 * @self: a header
 * @list: (nullable): where the job was chosen, through which one may go on from it
 */
void
wd_job_header_set_list (WdJobHeader *self, WdPagedList *list)
{
  g_return_if_fail (WD_IS_JOB_HEADER (self));

  wd_job_steps_set_list (self->steps, list);
}

/**
 * wd_job_header_set_job:
 * @self: a header
 * @id: of the job from which steps go
 */
void
wd_job_header_set_job (WdJobHeader *self, const char *id)
{
  g_return_if_fail (WD_IS_JOB_HEADER (self));

  wd_job_steps_set_job (self->steps, id);
}

/**
 * wd_job_header_step:
 * @self: a header
 * @direction: -1 to the job before, 1 to the job after
 *
 * Takes a step if there is one.
 */
void
wd_job_header_step (WdJobHeader *self, int direction)
{
  g_return_if_fail (WD_IS_JOB_HEADER (self));

  wd_job_steps_step (self->steps, direction);
}

/**
 * wd_job_header_show_job:
 * @self: a header
 * @job: what is below
 * @read_at: as of when
 */
void
wd_job_header_show_job (WdJobHeader *self, const WdJob *job, WdTime read_at)
{
  g_autofree char *title = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *status = wd_format_visible (wd_job_status_label (job->status), 64);
  g_autofree char *age = wd_text_as_of (read_at);

  g_return_if_fail (WD_IS_JOB_HEADER (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (GTK_LABEL (self->status), status);
  wd_tone_set (self->status, wd_tone_of_job_status (job->status));
  gtk_widget_set_visible (self->status, TRUE);
  gtk_label_set_text (self->age, age);
  update_retry (self, job);
}

/**
 * wd_job_header_show_none:
 * @self: a header
 * @id: of a job that is not there to be shown
 */
void
wd_job_header_show_none (WdJobHeader *self, const char *id)
{
  g_autofree char *title = wd_format_visible (id, 64);

  g_return_if_fail (WD_IS_JOB_HEADER (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->age, "");
  gtk_widget_set_visible (self->status, FALSE);
  gtk_widget_set_visible (self->retry, FALSE);
}
