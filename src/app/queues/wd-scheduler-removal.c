/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A scheduler that is removed, from looking it up to what came of it: what is asked about is as it
 * was a moment ago, and what was changed since is left. */

#include "app/queues/wd-scheduler-removal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "model/wd-words.h"

/* A longer key is not typed, but a word that stands for the scheduler. */
#define TYPED_MAX 24

typedef struct {
  GtkWindow *parent;         /* (owned) */
  WdBackend *backend;        /* (owned) */
  WdQueuePlan *plan;         /* (owned) (nullable): what is asked about */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->parent);
  g_object_unref (removal->backend);
  g_clear_pointer (&removal->plan, wd_queue_plan_unref);
  g_free (removal);
}

/* @removed: whether it is gone all the same */
static void
tell_failure (Removal *removal, gboolean removed, const GError *error)
{
  g_autofree char *text = wd_format_visible (error->message, 1024);
  const char *heading = _("The scheduler was not removed");

  if (removed)
    heading = _("The scheduler was removed, but not all is done");
  else if (g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    heading = _("Whether the scheduler was removed is not known");
  wd_confirm_tell (removal->parent, heading, text);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdOutboxReport) report = wd_backend_run_queue_finish (WD_BACKEND (source), result,
                                                                   &error);

  /* Who has left the page still has to know what went wrong. */
  if (report != NULL && report->left->len > 0)
    tell_failure (removal, report->done->len > 0,
                  ((const WdRefusal *) report->left->pdata[0])->error);
  else if (report == NULL && !wd_error_is_cancelled (error))
    tell_failure (removal, FALSE, error);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);

  if (!wd_confirm_finish (result, NULL))
    g_task_return_boolean (task, FALSE);
  else if (!g_task_return_error_if_cancelled (task))
    /* To its end, though the dialog be closed meanwhile. */
    wd_backend_run_queue_async (removal->backend, removal->plan, NULL, NULL, NULL, removed_cb,
                                g_object_ref (task));
}

/* What becomes of its next job, and of the row of that. */
static char *
describe_job (const WdQueuePlan *plan)
{
  const WdScheduler *scheduler = plan->scheduler;
  const WdQueueItem *item = plan->items->len > 0 ? plan->items->pdata[0] : NULL;
  g_autofree char *clock = NULL, *wallet = NULL, *status = NULL;

  if (item == NULL)
    return g_strdup (scheduler->state == WD_SCHEDULER_WAITING
                         || scheduler->state == WD_SCHEDULER_ACTIVE
                       ? _("Its next job waits for a worker already, or runs: it stays, and is the "
                           "last one.")
                       : _("It has no next job."));
  clock = wd_text_time (scheduler->next);
  if (item->job_log_id == NULL)
    return g_strdup_printf (_("Its next job, due %s, is taken out of the queue. It has no row."),
                            clock);
  status = wd_job_status_in_text (item->row_status);
  wallet = wd_format_visible (item->wallet_address != NULL ? item->wallet_address : "—", 128);
  return g_strdup_printf (_("Its next job, due %s, is taken out of the queue. Its row (%s, wallet "
                            "%s) says failed, “removed from the queue by an admin”."),
                          clock, status, wallet);
}

static char *
word_to_type (const WdScheduler *scheduler)
{
  gsize length = strlen (scheduler->key);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (scheduler->key[i]))
      return wd_scheduler_get_word (scheduler);
  return length > 0 && length <= TYPED_MAX ? g_strdup (scheduler->key)
                                           : wd_scheduler_get_word (scheduler);
}

static void
ask (GTask *task)
{
  Removal *removal = g_task_get_task_data (task);
  const WdScheduler *scheduler = removal->plan->scheduler;
  g_autofree char *key = wd_format_visible (scheduler->key, 64);
  g_autofree char *heading = g_strdup_printf (_("Remove the Scheduler “%s”?"), key);
  g_autofree char *schedule = wd_scheduler_describe_schedule (scheduler);
  g_autofree char *name = wd_format_visible (scheduler->name != NULL ? scheduler->name : "—", 64);
  g_autofree char *job = describe_job (removal->plan);
  /* TRANSLATORS: the name of jobs, when they are made, and what becomes of the next one */
  g_autofree char *body = g_strdup_printf (_("It makes jobs named “%s”: %s. %s Only a program can "
                                             "make the scheduler again."), name, schedule, job);
  g_autofree char *typed = word_to_type (scheduler);
  WdConfirmSpec spec = { heading, body, _("_Remove Scheduler"), TRUE, typed };

  wd_confirm_async (removal->parent, &spec, g_task_get_cancellable (task), confirmed_cb,
                    g_object_ref (task));
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  removal->plan = wd_backend_plan_queue_finish (WD_BACKEND (source), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (removal->plan != NULL)
    {
      ask (task);
      return;
    }
  tell_failure (removal, FALSE, error);
  /* One that is gone is to be seen. */
  g_task_return_boolean (task, TRUE);
}

/**
 * wd_scheduler_remove_async:
 * @parent: whose question it is
 * @workspace: of the connection
 * @queue: its queue
 * @scheduler: its key
 * @cancellable: (nullable): takes the question back
 * @callback: called when it is over
 * @data: for @callback
 *
 * Asks first, and tells what went wrong.
 */
void
wd_scheduler_remove_async (GtkWindow *parent, WdWorkspace *workspace, const char *queue,
                           const char *scheduler, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, data);
  g_autoptr (WdQueueOrder) order = wd_queue_order_new ();
  Removal *removal = g_new0 (Removal, 1);

  g_task_set_source_tag (task, wd_scheduler_remove_async);
  removal->parent = g_object_ref (parent);
  removal->backend = g_object_ref (wd_workspace_get_backend (workspace));
  g_task_set_task_data (task, removal, removal_free);
  order->queue = g_strdup (queue);
  order->action = WD_QUEUE_UNSCHEDULE;
  order->scheduler = g_strdup (scheduler);
  wd_backend_plan_queue_async (removal->backend, order, cancellable, planned_cb,
                               g_object_ref (task));
}

/**
 * wd_scheduler_remove_finish:
 * @result: of the removal
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether anything may have changed
 */
gboolean
wd_scheduler_remove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
