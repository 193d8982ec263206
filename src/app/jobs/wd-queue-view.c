/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job as its queue sees it now. */

#include "app/jobs/wd-queue-view.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-field-list.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/jobs/wd-progress.h"
#include "app/jobs/wd-stack-list.h"
#include "base/wd-format.h"
#include "model/wd-retry-rule.h"
#include "model/wd-words.h"

struct _WdQueueView {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *absence;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkLabel *percent;
  WdFieldList *fields;
  GtkWidget *reason_title;
  WdTextBlock *reason;
  GtkLabel *logs_title;
  WdTextBlock *logs;
  GtkWidget *stacks_title;
  WdStackList *stacks;
};

G_DEFINE_FINAL_TYPE (WdQueueView, wd_queue_view, GTK_TYPE_WIDGET)

static void
wd_queue_view_dispose (GObject *object)
{
  WdQueueView *self = WD_QUEUE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_queue_view_parent_class)->dispose (object);
}

static void
wd_queue_view_class_init (WdQueueViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_view_dispose;

  g_type_ensure (WD_TYPE_FIELD_LIST);
  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  g_type_ensure (WD_TYPE_STACK_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, absence);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, progress_box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, progress);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, percent);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, fields);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, reason_title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, reason);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, logs_title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, logs);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, stacks_title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, stacks);
}

static void
wd_queue_view_init (WdQueueView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_block_set_name (self->logs, _("Worker log"));
  wd_text_block_set_keep_end (self->logs, TRUE);
  wd_text_block_set_name (self->reason, _("Reason"));
}

static void
set_time (WdQueueView *self, const char *caption, WdTime time, WdTime now)
{
  g_autofree char *whole = wd_text_time (time);
  g_autofree char *age = wd_format_age (time, now);
  g_autofree char *text = g_strdup_printf ("%s · %s", whole, age);

  wd_field_list_set (self->fields, caption, text, WD_FIELD_PLAIN);
  wd_field_list_set_visible (self->fields, caption, time != WD_TIME_NONE);
}

static void
set_visible_text (WdQueueView *self, const char *caption, const char *text, WdFieldFlags flags)
{
  g_autofree char *visible = text != NULL ? wd_format_visible (text, 2048) : NULL;

  wd_field_list_set (self->fields, caption, visible, flags);
}

static void
set_optional (WdQueueView *self, const char *caption, const char *text)
{
  set_visible_text (self, caption, text, WD_FIELD_PLAIN);
  wd_field_list_set_visible (self->fields, caption, text != NULL);
}

/* What the row says already need not be said twice. */
static void
update_reason (WdQueueView *self, const WdJobDetail *detail)
{
  const WdQueueJob *job = detail->queue_job;
  const char *said = detail->job != NULL ? detail->job->error_message : NULL;
  gboolean is_new = job != NULL && g_strcmp0 (job->failed_reason, said) != 0;
  const char *reason = is_new ? job->failed_reason : NULL;
  g_autofree char *text = wd_text_block (reason != NULL ? reason : "");

  wd_text_block_set_text (self->reason, text);
  gtk_widget_set_visible (self->reason_title, *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *text != '\0');
}

static void
update_logs (WdQueueView *self, const WdQueueJob *job)
{
  guint n_lines = job != NULL ? g_strv_length (job->logs) : 0;
  g_autofree char *count = wd_text_count (n_lines);
  g_autofree char *title = NULL;
  g_autofree char *raw = n_lines > 0 ? g_strjoinv ("\n", job->logs) : g_strdup ("");
  g_autofree char *text = wd_text_block (raw);

  title = g_strdup_printf (ngettext ("Worker Log: %s Line", "Worker Log: %s Lines", n_lines),
                           count);
  gtk_label_set_text (self->logs_title, title);
  wd_text_block_set_text (self->logs, text);
  gtk_widget_set_visible (GTK_WIDGET (self->logs_title), n_lines > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->logs), n_lines > 0);
}

static void
update_stacks (WdQueueView *self, const WdQueueJob *job)
{
  gboolean has_traces = job != NULL && job->stacktrace[0] != NULL;

  if (has_traces)
    wd_stack_list_set (self->stacks, (const char *const *) job->stacktrace, job->attempts_made);
  gtk_widget_set_visible (self->stacks_title, has_traces);
  gtk_widget_set_visible (GTK_WIDGET (self->stacks), has_traces);
}

/* A worker that never reports any leaves 0. */
static void
update_progress (WdQueueView *self, const WdQueueJob *job)
{
  double fraction = 0;
  gboolean is_number = wd_progress_read (job->progress, &fraction);
  gboolean is_reported = job->progress != NULL && (!is_number || fraction > 0);
  g_autofree char *percent = g_strdup_printf (_("%d %%"), (int) (fraction * 100 + 0.5));

  gtk_widget_set_visible (self->progress_box, is_number && is_reported);
  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_label_set_text (self->percent, percent);
  if (!is_reported)
    wd_field_list_set (self->fields, _("Progress"), _("none reported"), WD_FIELD_PLAIN);
  else
    set_visible_text (self, _("Progress"), job->progress, WD_FIELD_PLAIN);
  wd_field_list_set_visible (self->fields, _("Progress"), !is_number || !is_reported);
}

static char *
describe_attempts (const WdQueueJob *job)
{
  g_autofree char *made = wd_text_count (job->attempts_made);
  g_autofree char *started = wd_text_count (job->attempts_started);
  g_autofree char *allowed = wd_text_count (job->attempts);

  /* TRANSLATORS: attempts at a job that ended, that began, and that may be made */
  return g_strdup_printf (_("%s made, %s started, %s allowed"), made, started, allowed);
}

/* BullMQ's scale, on which 1 goes first and no number at all before that. */
static char *
describe_priority (const WdQueueJob *job)
{
  g_autofree char *number = wd_text_count (job->priority);

  if (job->priority == 0)
    return g_strdup (_("none: goes before those with a priority"));
  return g_strdup_printf (_("%s (1 is most urgent)"), number);
}

static void
update_times (WdQueueView *self, const WdQueueJob *job, WdTime now)
{
  set_time (self, _("Queued"), job->timestamp, now);
  set_time (self, _("Last attempt started"), job->processed_on, now);
  set_time (self, _("Finished"), job->finished_on, now);
  set_time (self, _("Next run"), job->due, now);
}

static void
update_fields (WdQueueView *self, const WdQueueJob *job, WdTime now)
{
  g_autofree char *attempts = describe_attempts (job);
  g_autofree char *priority = describe_priority (job);
  g_autofree char *delay = job->delay > 0 ? wd_format_duration (0, job->delay * 1000) : NULL;
  g_autofree char *stalled = NULL;

  wd_field_list_set (self->fields, _("State"), wd_queue_state_label (job->state), WD_FIELD_PLAIN);
  update_progress (self, job);
  wd_field_list_set (self->fields, _("Attempts"), attempts, WD_FIELD_PLAIN);
  update_times (self, job, now);
  wd_field_list_set (self->fields, _("Delay"), delay, WD_FIELD_PLAIN);
  wd_field_list_set_visible (self->fields, _("Delay"), delay != NULL);
  wd_field_list_set (self->fields, _("Priority in the queue"), priority, WD_FIELD_PLAIN);
  wd_field_list_set (self->fields, _("Lock"),
                     job->lock_ms >= 0 ? _("held by its worker") : _("none"), WD_FIELD_PLAIN);
  set_optional (self, _("Worker"), job->worker);
  set_optional (self, _("Deduplication id"), job->deduplication_id);
  stalled = job->stalled > 0 ? wd_text_count (job->stalled) : NULL;
  set_optional (self, _("Lost its worker"), stalled);
  set_visible_text (self, _("Queue"), job->queue, WD_FIELD_PLAIN);
  set_visible_text (self, _("Name"), job->name, WD_FIELD_PLAIN);
  set_visible_text (self, _("Id in the queue"), job->id, WD_FIELD_IDENTITY);
}

/* Returns: (transfer full): why there is nothing to show */
static char *
describe_absence (const WdJobDetail *detail, gboolean has_redis)
{
  if (!has_redis)
    return g_strdup (_("This connection names no Redis: what the queue holds is not known."));
  if (detail->queue_error != NULL)
    return wd_text_block (detail->queue_error);
  switch (wd_job_status_from_string (detail->job->status))
    {
    case WD_JOB_STATUS_COMPLETED:
      return g_strdup (_("The queue no longer holds this job: workers remove jobs they "
                         "completed."));
    case WD_JOB_STATUS_FAILED:
      if (wd_retry_judge (NULL, detail->automatic, detail->job->data != NULL) != WD_RETRY_GOES)
        return g_strdup (_("The queue no longer holds this job, and it cannot be given back: a new "
                           "one has to be triggered."));
      return g_strdup (_("The queue no longer holds this job. A retry adds it again under its "
                         "id."));
    case WD_JOB_STATUS_PENDING:
    case WD_JOB_STATUS_ACTIVE:
    case WD_JOB_STATUS_RETRYING:
    case WD_JOB_STATUS_CANCELLED:
    case WD_JOB_STATUS_OTHER:
    default:
      return g_strdup (_("The queue does not hold this job: it was removed there, never delivered, "
                         "or is taken from the database by its worker."));
    }
}

/**
 * wd_queue_view_update:
 * @self: a view
 * @detail: the job
 * @has_redis: whether there is a queue to look at
 * @now: the present
 */
void
wd_queue_view_update (WdQueueView *self, const WdJobDetail *detail, gboolean has_redis, WdTime now)
{
  const WdQueueJob *job = detail->queue_job;

  g_return_if_fail (WD_IS_QUEUE_VIEW (self));

  if (job != NULL)
    update_fields (self, job, now);
  else
    {
      g_autofree char *absence = describe_absence (detail, has_redis);

      gtk_label_set_text (self->absence, absence);
      gtk_widget_set_visible (self->progress_box, FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->absence), job == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), job != NULL);
  update_reason (self, detail);
  update_logs (self, job);
  update_stacks (self, job);
}

/**
 * wd_queue_view_tell:
 * @self: a view
 * @detail: the job it shows
 * @now: the present
 *
 * Tells anew what changes with time alone.
 */
void
wd_queue_view_tell (WdQueueView *self, const WdJobDetail *detail, WdTime now)
{
  g_return_if_fail (WD_IS_QUEUE_VIEW (self));

  if (detail->queue_job != NULL)
    update_times (self, detail->queue_job, now);
}
