/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Carries out an order about a queue, a slice of its jobs at a time. The audit trail says first
 * what is about to be done. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-edit.h"
#include "direct/wd-direct-queue-order.h"
#include "direct/wd-direct-take-out.h"
#include "model/wd-words.h"
#include "postgres/wd-pg-audit.h"

#define SLICE 500

typedef struct {
  WdLane *lane;
  const WdQueuePlan *plan;
  WdBullmqQueue queue;
  WdBullmqSite *site;          /* (owned) */
  WdRedisConnection *redis;
  WdPgConnection *postgres;
  WdOutboxReport *report;      /* (owned) */
  GCancellable *cancellable;
  gboolean *told;              /* (owned): of each job whether the report says what became of it */
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->site, wd_bullmq_site_free);
  g_clear_pointer (&self->report, wd_outbox_report_unref);
  g_free (self->told);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static const WdQueueItem *
item_at (Run *self, guint i)
{
  return self->plan->items->pdata[i];
}

/* Of a job whose row says something else, the queue alone knows how it ended: retried after that is
 * forgotten, it would run again. */
static gboolean
may_forget (Run *self, guint i)
{
  const WdQueueOrder *order = self->plan->order;
  const char *row_status = item_at (self, i)->row_status;
  WdJobStatus status;

  if (order->action != WD_QUEUE_CLEAN || row_status == NULL)
    return TRUE;
  status = wd_job_status_from_string (row_status);
  return status == WD_JOB_STATUS_COMPLETED
         || (order->failed
             && (status == WD_JOB_STATUS_FAILED || status == WD_JOB_STATUS_CANCELLED));
}

static void
leave_remembered (Run *self, guint i)
{
  const WdQueueItem *item = item_at (self, i);

  self->told[i] = TRUE;
  g_ptr_array_add (self->report->left, wd_refusal_new (item->id, g_error_new (
                     WD_ERROR, WD_ERROR_REFUSED,
                     _("Its row says “%s”, so only the queue knows how it ended: forgotten, it "
                       "could run again. Set its row right first."),
                     wd_job_status_label (item->row_status))));
}

/* The end of the jobs from @first on that go together: of one state. */
static guint
end_of_slice (Run *self, guint first)
{
  guint end = first + 1;

  while (end < self->plan->items->len && end - first < SLICE
         && strcmp (item_at (self, end)->state, item_at (self, first)->state) == 0
         && may_forget (self, end))
    end++;
  return end;
}

/* Leaves those of a slice whose id another job bears by now. Returns: (transfer full)
 * (element-type guint): the places of the others */
static GArray *
leave_others (Run *self, guint first, guint end, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gint64 *made_ms = g_new (gint64, end - first);

  if (!wd_direct_read_births (self->redis, &self->queue,
                              (WdQueueItem *const *) self->plan->items->pdata + first, end - first,
                              made_ms, self->cancellable, error))
    return NULL;
  for (guint i = first; i < end; i++)
    {
      const WdQueueItem *item = item_at (self, i);

      if (item->made_ms == 0 || made_ms[i - first] == 0 || item->made_ms == made_ms[i - first])
        {
          g_array_append_val (places, i);
          continue;
        }
      self->told[i] = TRUE;
      g_ptr_array_add (self->report->left, wd_refusal_new (item->id, g_error_new_literal (
                         WD_ERROR, WD_ERROR_REFUSED,
                         _("Its queue was emptied meanwhile: another job bears its id now"))));
    }
  return g_steal_pointer (&places);
}

/* What the queue did with the jobs at @places, to the report; the rows of those that it let go to
 * @rows. */
static void
take_results (Run *self, GArray *places, GPtrArray *results, GPtrArray *rows)
{
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      const WdQueueItem *item = item_at (self, place);
      const WdBullmqResult *result = results->pdata[i];

      if (result == NULL)
        continue;
      self->told[place] = TRUE;
      if (!wd_bullmq_outcome_is_done (result->outcome))
        {
          g_ptr_array_add (self->report->left,
                           wd_refusal_new (item->id, g_error_new (WD_ERROR, WD_ERROR_REFUSED, "%s",
                                                                  result->message)));
          continue;
        }
      if (result->message != NULL)
        g_message ("%s: %s", item->id, result->message);
      g_ptr_array_add (self->report->done, g_strdup (item->id));
      if (item->job_log_id != NULL)
        g_ptr_array_add (rows, item->job_log_id);
    }
}

/* Cancelled half way, nobody would know which of them left the queue, and no row would say so: what
 * was begun is waited for. */
static gboolean
edit (Run *self, guint first, guint end, GPtrArray *rows, GError **error)
{
  g_autofree const char **ids = g_new0 (const char *, end - first + 1);
  g_autoptr (GArray) places = leave_others (self, first, end, error);
  g_autoptr (GPtrArray) results = NULL;
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  gboolean ok;

  if (places == NULL || places->len == 0)
    return places != NULL;
  for (guint i = 0; i < places->len; i++)
    ids[i] = item_at (self, g_array_index (places, guint, i))->id;
  if (self->plan->order->action == WD_QUEUE_PROMOTE)
    ok = wd_bullmq_promote (self->redis, &self->queue, self->site, ids, deadline, NULL, &results,
                            error);
  else
    ok = wd_bullmq_evict (self->redis, &self->queue, self->site, item_at (self, first)->state, ids,
                          deadline, NULL, &results, error);
  take_results (self, places, results, rows);
  return ok;
}

/* The rows of the slice, of jobs with one. Returns: (transfer container) */
static GPtrArray *
rows_of (Run *self, guint first, guint end)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = first; i < end; i++)
    if (item_at (self, i)->job_log_id != NULL)
      g_ptr_array_add (rows, item_at (self, i)->job_log_id);
  g_ptr_array_add (rows, NULL);
  return rows;
}

/* Jobs that left the queue and whose rows, in @rows, may not say so, are not done. */
static void
take_back (Run *self, guint first, guint end, GPtrArray *rows, const GError *reason)
{
  guint place;

  for (guint i = first; i < end; i++)
    {
      const WdQueueItem *item = item_at (self, i);

      if (item->job_log_id == NULL || !g_ptr_array_find (rows, item->job_log_id, NULL)
          || !g_ptr_array_find_with_equal_func (self->report->done, item->id, g_str_equal, &place))
        continue;
      g_ptr_array_remove_index (self->report->done, place);
      g_ptr_array_add (self->report->left, wd_refusal_new (item->id, g_error_copy (reason)));
    }
}

/* The jobs from @first on, before @end. */
typedef struct {
  Run *run;
  guint first;
  guint end;
} Slice;

static gboolean
edit_slice (GPtrArray *gone, gpointer data, GError **error)
{
  Slice *slice = data;

  return edit (slice->run, slice->first, slice->end, gone, error);
}

static gboolean
drain (Run *self, guint first, guint end, GError **error)
{
  g_autoptr (GPtrArray) rows = rows_of (self, first, end);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GError) unmarked = NULL;
  Slice slice = { self, first, end };
  gboolean ok = wd_direct_take_out (self->postgres, self->queue.name,
                                    (const char *const *) rows->pdata, edit_slice, &slice,
                                    self->cancellable, gone, &unmarked, error);

  if (unmarked != NULL)
    take_back (self, first, end, gone, unmarked);
  return ok;
}

static gboolean
run_slice (Run *self, guint first, guint end, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (self->plan->order->action == WD_QUEUE_DRAIN)
    return drain (self, first, end, error);
  return edit (self, first, end, rows, error);
}

/* Says in the audit trail what is about to be done. */
static gboolean
announce (Run *self, GError **error)
{
  static const char *const actions[] = {
    [WD_QUEUE_PROMOTE] = WD_AUDIT_PROMOTE,
    [WD_QUEUE_CLEAN] = WD_AUDIT_CLEAN,
    [WD_QUEUE_DRAIN] = WD_AUDIT_DRAIN,
  };
  const WdQueueOrder *order = self->plan->order;
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();
  g_autofree char *after = NULL;
  WdPgAuditRow row;

  wd_json_writer_begin_object (json);
  wd_json_writer_int_member (json, "jobs", self->plan->items->len);
  if (order->action == WD_QUEUE_CLEAN)
    {
      wd_json_writer_string_member (json, "state", order->failed ? "failed" : "completed");
      wd_json_writer_int_member (json, "older_than_seconds", order->older_than / G_USEC_PER_SEC);
    }
  wd_json_writer_end_object (json);
  after = wd_json_writer_finish (g_steal_pointer (&json));
  row = (WdPgAuditRow) { actions[order->action], "queue", order->queue, NULL, after };
  return wd_pg_audit_write_alone (self->postgres, &row, wd_deadline_in (WD_WRITE_MS),
                                  self->cancellable, error);
}

/* Those from @first on of which nothing was said are left. What is not known of those before @end,
 * which were begun, is known of the others. */
static void
leave_rest (Run *self, guint first, guint end, const GError *reason)
{
  for (guint i = first; i < self->plan->items->len; i++)
    {
      const char *id = item_at (self, i)->id;

      if (!self->told[i])
        g_ptr_array_add (self->report->left,
                         i < end ? wd_refusal_new_copy (id, reason)
                                 : wd_refusal_new_untried (id, reason));
    }
}

/**
 * wd_direct_run_queue:
 * @lane: the lane of writes
 * @plan: whose jobs to promote, or to take out
 * @func: (nullable): told how far it is
 * @func_data: for @func
 * @cancellable: (nullable): stops between two slices
 * @error: nothing was done
 *
 * Jobs in another state than they were in are left, and so are those that cannot be taken out.
 * After a failure half way the rest is left with its reason. Worker.
 *
 * Returns: (transfer full): ids of jobs of the queue, or the key of the scheduler: what was done,
 *   and what was left and why
 */
WdOutboxReport *
wd_direct_run_queue (WdLane *lane, const WdQueuePlan *plan, WdQueueOrderFunc func,
                     gpointer func_data, GCancellable *cancellable, GError **error)
{
  g_auto (Run) self = { lane, plan, { wd_lane_get_profile (lane)->prefix, plan->order->queue },
                        .cancellable = cancellable };
  gint64 total = plan->items->len;

  if (plan->order->action == WD_QUEUE_UNSCHEDULE)
    return wd_direct_unschedule (lane, plan, cancellable, error);
  if (!wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  self.redis = wd_lane_get_redis (lane, cancellable, error);
  self.site = self.redis != NULL ? wd_lane_read_site (lane, TRUE, cancellable, error) : NULL;
  self.postgres = self.site != NULL ? wd_lane_get_postgres (lane, cancellable, error) : NULL;
  if (self.postgres == NULL || !announce (&self, error))
    return NULL;
  wd_fault_point ("queue-order:audited");
  self.report = wd_outbox_report_create ();
  self.told = g_new0 (gboolean, plan->items->len);
  for (guint at = 0; at < plan->items->len;)
    {
      guint end = end_of_slice (&self, at);
      g_autoptr (GError) trouble = NULL;

      if (!may_forget (&self, at))
        {
          leave_remembered (&self, at++);
          continue;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, &trouble)
          || !run_slice (&self, at, end, &trouble))
        {
          leave_rest (&self, at, end, trouble);
          break;
        }
      at = end;
      if (func != NULL)
        func (self.report->done->len, self.report->left->len, total, func_data);
    }
  return g_steal_pointer (&self.report);
}
