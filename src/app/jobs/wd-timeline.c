/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* When a job was made, started and ended, and how long it took from one to the other. */

#include "app/jobs/wd-timeline.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-job-times.h"
#include "base/wd-format.h"
#include "model/wd-words.h"

typedef struct {
  GtkWidget *dot;
  GtkLabel *title;
  GtkLabel *time;
  GtkLabel *note;
} Step;

struct _WdTimeline {
  GtkWidget parent_instance;

  GtkGrid *grid;
  Step created;
  Step started;
  Step ended;
};

G_DEFINE_FINAL_TYPE (WdTimeline, wd_timeline, GTK_TYPE_WIDGET)

static GtkLabel *
add_label (WdTimeline *self, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
add_step (WdTimeline *self, Step *step, int row)
{
  step->dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (step->dot, "step-dot");
  gtk_widget_set_valign (step->dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (step->dot, GTK_ALIGN_CENTER);
  gtk_grid_attach (self->grid, step->dot, 0, row, 1, 1);
  step->title = add_label (self, 1, row, NULL);
  step->time = add_label (self, 2, row, NULL);
  gtk_label_set_selectable (step->time, TRUE);
  step->note = add_label (self, 3, row, "dim-label");
  gtk_label_set_wrap (step->note, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (step->note), TRUE);
}

/* @note is taken. */
static void
set_step (Step *step, const char *title, WdTime time, char *note, const char *tone)
{
  g_autofree char *text = wd_text_time (time);
  g_autofree char *owned = note;

  gtk_label_set_text (step->title, title);
  if (g_strcmp0 (gtk_label_get_text (step->time), text) != 0)
    gtk_label_set_text (step->time, text);
  gtk_label_set_text (step->note, owned != NULL ? owned : "");
  wd_tone_set (step->dot, tone);
}

/* Returns: (transfer full): how long something took, and how long ago it was */
static char *
describe (char *span, WdTime time, WdTime now)
{
  g_autofree char *owned = span;
  g_autofree char *age = wd_time_is_finite (time) ? wd_format_age (time, now) : NULL;

  if (owned != NULL && age != NULL)
    return g_strdup_printf ("%s · %s", owned, age);
  return owned != NULL ? g_steal_pointer (&owned) : g_steal_pointer (&age);
}

static void
wd_timeline_dispose (GObject *object)
{
  WdTimeline *self = WD_TIMELINE (object);

  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (wd_timeline_parent_class)->dispose (object);
}

static void
wd_timeline_class_init (WdTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_timeline_init (WdTimeline *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
  add_step (self, &self->created, 0);
  add_step (self, &self->started, 1);
  add_step (self, &self->ended, 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Timeline"), -1);
}

static const char *
get_end_title (WdJobStatus status)
{
  switch (status)
    {
    case WD_JOB_STATUS_FAILED:
      return _("Failed");
    case WD_JOB_STATUS_CANCELLED:
      return _("Cancelled");
    case WD_JOB_STATUS_PENDING:
    case WD_JOB_STATUS_ACTIVE:
    case WD_JOB_STATUS_COMPLETED:
    case WD_JOB_STATUS_RETRYING:
    case WD_JOB_STATUS_OTHER:
    default:
      return _("Completed");
    }
}

/**
 * wd_timeline_update:
 * @self: a timeline
 * @job: the job
 * @now: the present, which a job under way has reached
 */
void
wd_timeline_update (WdTimeline *self, const WdJob *job, WdTime now)
{
  WdJobStatus status = wd_job_status_from_string (job->status);
  gboolean is_active = status == WD_JOB_STATUS_ACTIVE;
  gboolean has_ended = job->completed_at != WD_TIME_NONE;

  g_return_if_fail (WD_IS_TIMELINE (self));

  set_step (&self->created, _("Created"), job->created_at,
            describe (NULL, job->created_at, now), WD_TONE_OK);
  set_step (&self->started, _("Started"), job->started_at,
            describe (wd_job_times_wait (job, now), job->started_at, now),
            is_active && !has_ended ? WD_TONE_BUSY
                                    : job->started_at != WD_TIME_NONE ? WD_TONE_OK : NULL);
  set_step (&self->ended, get_end_title (status), job->completed_at,
            describe (wd_job_times_run (job, now), job->completed_at, now),
            !has_ended ? NULL : wd_tone_of_job_status (job->status));
}
