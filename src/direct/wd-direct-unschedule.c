/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Removes a scheduler with its next job, and sets the row of that, where it has one. The audit
 * trail says first what is about to be done, with all that is needed to make the scheduler again.
 *
 * A scheduler that runs every second has another next job each second. As long as neither has a row
 * and what defines the scheduler is as it was confirmed, that is no other order. */

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-unschedule.h"
#include "direct/wd-direct-queue-order.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-take-out.h"
#include "model/wd-audit-action.h"

#define TRIES 20

typedef struct {
  WdLane *lane;
  WdQueuePlan *plan;           /* (owned): as it is known now */
  WdBullmqQueue queue;
  WdBullmqSite *site;          /* (owned) */
  WdRedisConnection *redis;
  WdPgConnection *postgres;
  gboolean moved;              /* the last try failed because it ran meanwhile */
  gboolean removed;            /* it is out of the queue, whatever a row says */
  GCancellable *cancellable;
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->plan, wd_queue_plan_unref);
  g_clear_pointer (&self->site, wd_bullmq_site_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
write_number (WdJsonWriter *json, const char *name, gint64 number)
{
  if (number > 0)
    wd_json_writer_int_member (json, name, number);
}

static void
write_text (WdJsonWriter *json, const char *name, const char *text)
{
  if (text != NULL)
    wd_json_writer_string_member (json, name, text);
}

static void
write_time (WdJsonWriter *json, const char *name, WdTime time)
{
  g_autofree char *text = wd_time_is_finite (time) ? wd_time_to_rfc3339 (time) : NULL;

  write_text (json, name, text);
}

/* Returns: (transfer full): JSON text of all that makes it */
static char *
describe (const WdScheduler *scheduler)
{
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  wd_json_writer_string_member (json, "scheduler", scheduler->key);
  write_text (json, "name", scheduler->name);
  write_text (json, "pattern", scheduler->pattern);
  write_number (json, "every", scheduler->every);
  write_text (json, "tz", scheduler->tz);
  write_number (json, "limit", scheduler->limit);
  write_number (json, "iterations", scheduler->iterations);
  write_time (json, "start", scheduler->start);
  write_time (json, "end", scheduler->end);
  write_text (json, "data", scheduler->data);
  write_text (json, "opts", scheduler->options);
  write_time (json, "next", scheduler->next);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (g_steal_pointer (&json));
}

/* Returns: (transfer full): JSON text of what is done, or was not */
static char *
describe_outcome (const WdQueuePlan *plan, const char *note)
{
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  if (note == NULL)
    wd_json_writer_int_member (json, "jobs", plan->items->len);
  write_text (json, "note", note);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (g_steal_pointer (&json));
}

/* Says in the audit trail what is about to be done. */
static gboolean
announce (Run *self, GError **error)
{
  g_autofree char *before = describe (self->plan->scheduler);
  g_autofree char *after = describe_outcome (self->plan, NULL);
  WdPgAuditRow row = { WD_AUDIT_UNSCHEDULE, "queue", self->queue.name, before, after };

  return wd_pg_audit_write_alone (self->postgres, &row, wd_deadline_in (WD_WRITE_MS),
                                  self->cancellable, error);
}

static void
audit_failure (Run *self, const GError *failure)
{
  g_autofree char *before = describe (self->plan->scheduler);
  g_autofree char *after = describe_outcome (self->plan, failure->message);
  WdPgAuditRow row = { WD_AUDIT_NOT_REMOVED, "queue", self->queue.name, before, after };

  wd_direct_audit_failure (self->lane, &row, failure);
}

/* Cancelled half way, nobody would know whether it is out: that is waited for. */
static gboolean
take_out (GPtrArray *gone, gpointer data, GError **error)
{
  Run *self = data;
  g_autofree char *warning = NULL;

  if (!wd_bullmq_unschedule (self->redis, &self->queue, self->site, self->plan->scheduler,
                             wd_deadline_in (WD_WRITE_MS), NULL, &self->moved, &warning, error))
    return FALSE;
  if (warning != NULL)
    g_message ("%s: %s", self->plan->scheduler->key, warning);
  self->removed = TRUE;
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      const WdQueueItem *item = self->plan->items->pdata[i];

      if (item->job_log_id != NULL)
        g_ptr_array_add (gone, item->job_log_id);
    }
  return TRUE;
}

static gboolean
try_once (Run *self, GError **error)
{
  const WdQueueItem *item = self->plan->items->len > 0 ? self->plan->items->pdata[0] : NULL;
  const char *rows[] = { item != NULL ? item->job_log_id : NULL, NULL };
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GError) unmarked = NULL;

  self->moved = FALSE;
  if (wd_direct_take_out (self->postgres, self->queue.name, rows, take_out, self,
                          self->cancellable, gone, &unmarked, error))
    return TRUE;
  if (!self->removed)
    return FALSE;
  g_clear_error (error);
  /* Where no row is to say so, nothing is left to be done. */
  if (rows[0] == NULL || unmarked == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&unmarked));
  return FALSE;
}

/* Looks again after it ran. Returns: whether it is what was confirmed */
static gboolean
look_again (Run *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdQueuePlan) plan = NULL;

  if (!self->moved || wd_queue_plan_get_n_rows (self->plan) > 0)
    return FALSE;
  plan = wd_direct_plan_queue (self->lane, self->plan->order, self->cancellable, &error);
  if (plan == NULL || wd_queue_plan_get_n_rows (plan) > 0
      || !g_str_equal (plan->scheduler->digest, self->plan->scheduler->digest))
    return FALSE;
  wd_queue_plan_unref (self->plan);
  self->plan = g_steal_pointer (&plan);
  return TRUE;
}

/**
 * wd_direct_unschedule:
 * @lane: the lane of writes
 * @plan: of a scheduler
 * @cancellable: (nullable): a cancellable, before it is done
 * @error: nothing was done
 *
 * Left is a scheduler that was changed since, or whose next job is another one and has a row.
 * Worker.
 *
 * Returns: (transfer full): its key: done, or left and why; both where it is gone and the row of
 *   its next job may not say so
 */
WdOutboxReport *
wd_direct_unschedule (WdLane *lane, const WdQueuePlan *plan, GCancellable *cancellable,
                      GError **error)
{
  const char *key = plan->scheduler->key;
  g_auto (Run) self = { lane, wd_queue_plan_ref ((WdQueuePlan *) plan),
                        { wd_lane_get_profile (lane)->prefix, plan->order->queue },
                        .cancellable = cancellable };
  g_autoptr (WdOutboxReport) report = wd_outbox_report_create ();
  g_autoptr (GError) trouble = NULL;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  self.redis = wd_lane_get_redis (lane, cancellable, error);
  self.site = self.redis != NULL ? wd_lane_read_site (lane, TRUE, cancellable, error) : NULL;
  self.postgres = self.site != NULL ? wd_lane_get_postgres (lane, cancellable, error) : NULL;
  if (self.postgres == NULL || !announce (&self, error))
    return NULL;
  wd_fault_point ("queue-order:audited");
  for (guint i = 0; i < TRIES; i++)
    {
      g_clear_error (&trouble);
      if (try_once (&self, &trouble) || !look_again (&self))
        break;
    }
  if (self.removed)
    g_ptr_array_add (report->done, g_strdup (key));
  else
    audit_failure (&self, trouble);
  if (trouble != NULL)
    g_ptr_array_add (report->left, wd_refusal_new (key, g_steal_pointer (&trouble)));
  return g_steal_pointer (&report);
}
