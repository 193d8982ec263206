/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job as its queue sees it now. */

#include "app/jobs/wd-queue-view.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-field-list.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"

struct _WdQueueView {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *absence;
  WdFieldList *fields;
  GtkWidget *logs_title;
  WdTextBlock *logs;
  GtkWidget *stacks_title;
  WdTextBlock *stacks;
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
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, absence);
  gtk_widget_class_bind_template_child (widget_class, WdQueueView, fields);
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
  wd_text_block_set_name (self->stacks, _("Stack traces, newest first"));
}

static const char *
translate_state (const char *state)
{
  static const char *const states[][2] = {
    { "waiting", NC_("queue state", "Waiting") },
    { "prioritized", NC_("queue state", "Waiting by priority") },
    { "delayed", NC_("queue state", "Delayed") },
    { "active", NC_("queue state", "Active") },
    { "completed", NC_("queue state", "Completed") },
    { "failed", NC_("queue state", "Failed") },
    { "waiting-children", NC_("queue state", "Waiting for its children") },
    { "unknown", NC_("queue state", "In no list of the queue") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i][0], state) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "queue state", states[i][1]);
  return state;
}

static void
set_time (WdQueueView *self, const char *caption, WdTime time, WdTime now)
{
  g_autofree char *whole = wd_text_time (time);
  g_autofree char *age = wd_format_age (time, now);
  g_autofree char *text = g_strdup_printf ("%s · %s", whole, age);

  wd_field_list_set (self->fields, caption, time != WD_TIME_NONE ? text : NULL, WD_FIELD_PLAIN);
}

static void
set_visible_text (WdQueueView *self, const char *caption, const char *text, WdFieldFlags flags)
{
  g_autofree char *visible = text != NULL ? wd_format_visible (text, 2048) : NULL;

  wd_field_list_set (self->fields, caption, visible, flags);
}

static void
set_lines (GtkWidget *title, WdTextBlock *block, char **lines, gboolean newest_first)
{
  guint n_lines = lines != NULL ? g_strv_length (lines) : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = wd_text_block (lines[newest_first ? n_lines - 1 - i : i]);

      g_string_append_printf (text, "%s%s", i == 0 ? "" : newest_first ? "\n\n" : "\n", line);
    }
  wd_text_block_set_text (block, text->str);
  gtk_widget_set_visible (title, n_lines > 0);
  gtk_widget_set_visible (GTK_WIDGET (block), n_lines > 0);
}

static void
update_fields (WdQueueView *self, const WdQueueJob *job, WdTime now)
{
  g_autofree char *made = wd_text_count (job->attempts_made);
  g_autofree char *allowed = wd_text_count (job->attempts);
  g_autofree char *attempts = g_strdup_printf (_("%s of %s"), made, allowed);
  g_autofree char *priority = job->priority == 0
                                ? g_strdup (_("none"))
                                : g_strdup_printf ("%" G_GINT64_FORMAT, job->priority);
  g_autofree char *lock = NULL;

  wd_field_list_set (self->fields, _("State"), translate_state (job->state), WD_FIELD_PLAIN);
  set_visible_text (self, _("Queue"), job->queue, WD_FIELD_PLAIN);
  set_visible_text (self, _("Id in the queue"), job->id, WD_FIELD_IDENTITY);
  set_visible_text (self, _("Name"), job->name, WD_FIELD_PLAIN);
  wd_field_list_set (self->fields, _("Attempts made"), attempts, WD_FIELD_PLAIN);
  set_visible_text (self, _("Progress"), job->progress, WD_FIELD_PLAIN);
  wd_field_list_set (self->fields, _("Priority in the queue"), priority, WD_FIELD_PLAIN);
  set_time (self, _("Queued"), job->timestamp, now);
  set_time (self, _("Due"), job->due, now);
  set_time (self, _("Last attempt began"), job->processed_on, now);
  set_time (self, _("Finished"), job->finished_on, now);
  set_visible_text (self, _("Reason"), job->failed_reason, WD_FIELD_PLAIN);
  lock = job->lock_ms >= 0 ? g_strdup (_("held by its worker")) : g_strdup (_("none"));
  wd_field_list_set (self->fields, _("Lock"), lock, WD_FIELD_PLAIN);
}

/**
 * wd_queue_view_update:
 * @self: a view
 * @detail: the job
 * @now: the present
 */
void
wd_queue_view_update (WdQueueView *self, WdJobDetail *detail, WdTime now)
{
  const WdQueueJob *job = detail->queue_job;

  g_return_if_fail (WD_IS_QUEUE_VIEW (self));

  if (job != NULL)
    update_fields (self, job, now);
  else if (detail->queue_error != NULL)
    {
      g_autofree char *text = wd_text_block (detail->queue_error);

      gtk_label_set_text (self->absence, text);
    }
  else
    gtk_label_set_text (self->absence, _("The queue does not hold this job: workers remove jobs "
                                         "they completed, and jobs taken from the database never "
                                         "were in it."));
  gtk_widget_set_visible (GTK_WIDGET (self->absence), job == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), job != NULL);
  set_lines (self->logs_title, self->logs, job != NULL ? job->logs : NULL, FALSE);
  set_lines (self->stacks_title, self->stacks, job != NULL ? job->stacktrace : NULL, TRUE);
}
