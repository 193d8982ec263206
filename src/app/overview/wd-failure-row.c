/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/overview/wd-failure-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

#define TYPE_CHARS 15

struct _WdFailureRow {
  GtkListBoxRow parent_instance;

  WdJob *job;           /* (owned) (nullable) */

  GtkLabel *type;
  GtkLabel *wallet;
  GtkLabel *error;
  GtkLabel *age;
};

G_DEFINE_FINAL_TYPE (WdFailureRow, wd_failure_row, GTK_TYPE_LIST_BOX_ROW)

static void
wd_failure_row_finalize (GObject *object)
{
  g_clear_pointer (&WD_FAILURE_ROW (object)->job, wd_job_unref);
  G_OBJECT_CLASS (wd_failure_row_parent_class)->finalize (object);
}

static void
wd_failure_row_class_init (WdFailureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_failure_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-failure-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFailureRow, type);
  gtk_widget_class_bind_template_child (widget_class, WdFailureRow, wallet);
  gtk_widget_class_bind_template_child (widget_class, WdFailureRow, error);
  gtk_widget_class_bind_template_child (widget_class, WdFailureRow, age);
}

static void
wd_failure_row_init (WdFailureRow *self)
{
  const int chars = MAX (TYPE_CHARS, (int) wd_longest_job_type ());

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_width_chars (self->type, chars);
  gtk_label_set_max_width_chars (self->type, chars);
}

/**
 * wd_failure_row_new:
 *
 * Returns: (transfer floating): a row without a job
 */
GtkWidget *
wd_failure_row_new (void)
{
  return g_object_new (WD_TYPE_FAILURE_ROW, NULL);
}

/* The last thing that happened to it, as far as the row tells. */
static WdTime
get_failed_at (const WdJob *job)
{
  return job->completed_at != WD_TIME_NONE ? job->completed_at : job->created_at;
}

/**
 * wd_failure_row_set_job:
 * @self: a row
 * @job: (transfer none): a failed job
 */
void
wd_failure_row_set_job (WdFailureRow *self, WdJob *job)
{
  g_autofree char *type = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *wallet = NULL;
  g_autofree char *error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *whole = wd_text_time (get_failed_at (job));

  g_return_if_fail (WD_IS_FAILURE_ROW (self));

  wallet = job->wallet_address != NULL ? wd_format_address (job->wallet_address) : g_strdup ("—");
  error = job->error_message != NULL ? wd_format_visible (job->error_message, 512) : g_strdup ("");
  /* TRANSLATORS: accessible name of a failed job: its kind, then its error */
  name = g_strdup_printf (_("%s failed: %s"), type, error);
  wd_job_ref (job);
  g_clear_pointer (&self->job, wd_job_unref);
  self->job = job;
  gtk_label_set_text (self->type, type);
  gtk_label_set_text (self->wallet, wallet);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->wallet), job->wallet_address);
  gtk_label_set_text (self->error, error);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->error), error);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->age), whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  wd_failure_row_tick (self, wd_time_now ());
}

/**
 * wd_failure_row_get_job:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the job it shows
 */
WdJob *
wd_failure_row_get_job (WdFailureRow *self)
{
  g_return_val_if_fail (WD_IS_FAILURE_ROW (self), NULL);

  return self->job;
}

/**
 * wd_failure_row_tick:
 * @self: a row
 * @now: the present
 *
 * Tells its age anew.
 */
void
wd_failure_row_tick (WdFailureRow *self, WdTime now)
{
  g_autofree char *age = NULL;

  g_return_if_fail (WD_IS_FAILURE_ROW (self));

  if (self->job == NULL)
    return;
  age = wd_format_age (get_failed_at (self->job), now);
  gtk_label_set_text (self->age, age);
}
