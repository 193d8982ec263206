/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-queues.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-discover.h"
#include "bullmq/wd-bullmq-pause.h"
#include "bullmq/wd-bullmq-schedulers.h"
#include "model/wd-audit-action.h"

static gboolean
has_queue (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/**
 * wd_direct_name_queues:
 * @lane: the lane that asks
 * @redis: its connection
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Walks over all keys. Worker.
 *
 * Returns: (transfer full) (element-type utf8): the queues of the profile in its order, then
 *   whatever else is there
 */
GPtrArray *
wd_direct_name_queues (WdLane *lane, WdRedisConnection *redis, GCancellable *cancellable,
                       GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = wd_bullmq_discover (redis, profile->prefix,
                                                    wd_deadline_in (WD_WRITE_MS), cancellable,
                                                    error);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (found == NULL)
    return NULL;
  for (gsize i = 0; i < n_types; i++)
    {
      const char *name = wd_profile_get_mapping (profile, types[i].name)->queue;

      if (!has_queue (names, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  for (guint i = 0; i < found->len; i++)
    {
      const WdBullmqQueue *queue = found->pdata[i];

      if (!has_queue (names, queue->name))
        g_ptr_array_add (names, g_strdup (queue->name));
    }
  return g_steal_pointer (&names);
}

/**
 * wd_direct_list_queues:
 * @lane: the lane that watches
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdQueueCounts): every queue found or named in the
 *   profile. Worker.
 */
GPtrArray *
wd_direct_list_queues (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autofree WdBullmqQueue *queues = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (redis == NULL)
    return NULL;
  names = wd_direct_name_queues (lane, redis, cancellable, error);
  if (names == NULL)
    return NULL;
  queues = g_new (WdBullmqQueue, names->len);
  for (guint i = 0; i < names->len; i++)
    queues[i] = (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix, names->pdata[i] };
  return wd_bullmq_counts (redis, queues, names->len, wd_deadline_in (WD_QUEUE_MS), cancellable,
                           error);
}

/**
 * wd_direct_list_schedulers:
 * @lane: the lane that asks
 * @queue: its name
 * @cursor: (nullable): of an earlier page, to continue there
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND for a queue that is not there, or the store's
 *
 * Worker.
 *
 * Returns: (transfer full): what makes jobs again and again in the queue
 */
WdSchedulerPage *
wd_direct_list_schedulers (WdLane *lane, const char *queue, const char *cursor, guint limit,
                           GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = { wd_lane_get_profile (lane)->prefix, (char *) queue };
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (WdSchedulerPage) page = NULL;
  g_autoptr (WdQueueCounts) counts = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (redis == NULL)
    return NULL;
  page = wd_bullmq_schedulers (redis, &key, cursor, limit, wd_deadline_in (WD_READ_MS), cancellable,
                               error);
  if (page == NULL)
    return NULL;
  /* Whether there is such a queue takes a walk over all keys. */
  if (page->total == 0)
    counts = wd_direct_find_queue (lane, redis, queue, cancellable, error);
  else
    all = wd_bullmq_counts (redis, &key, 1, wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  if (all != NULL)
    counts = wd_queue_counts_ref (all->pdata[0]);
  if (counts == NULL)
    return NULL;
  page->workers = counts->workers;
  page->paused = counts->paused;
  page->layout = g_strdup (counts->layout);
  return g_steal_pointer (&page);
}

static WdPgAuditRow
audit_row (const char *queue, const char *action, const char *before, const char *after)
{
  return (WdPgAuditRow) { action, "queue", queue, before, after };
}

/* What the trail says of a queue: whether it is, or is to be, paused. */
static char *
describe_paused (gboolean paused, const char *note)
{
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  wd_json_writer_boolean_member (json, "paused", paused);
  if (note != NULL)
    wd_json_writer_string_member (json, "note", note);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (g_steal_pointer (&json));
}

/**
 * wd_direct_find_queue:
 * @lane: the lane that asks
 * @redis: its connection
 * @queue: its name
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND where it is neither in Redis nor in the profile, or the store's
 *
 * Worker.
 *
 * Returns: (transfer full): what it holds now
 */
WdQueueCounts *
wd_direct_find_queue (WdLane *lane, WdRedisConnection *redis, const char *queue,
                      GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = { wd_lane_get_profile (lane)->prefix, (char *) queue };
  g_autoptr (GPtrArray) names = wd_direct_name_queues (lane, redis, cancellable, error);
  g_autoptr (GPtrArray) counts = NULL;

  if (names == NULL)
    return NULL;
  if (!has_queue (names, queue))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no queue “%s”"), queue);
      return NULL;
    }
  counts = wd_bullmq_counts (redis, &key, 1, wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  return counts != NULL ? wd_queue_counts_ref (counts->pdata[0]) : NULL;
}

/**
 * wd_direct_audit_failure:
 * @lane: the lane of writes
 * @row: what to write: that it was not done
 * @failure: what came of it
 *
 * Says in the audit trail that what it announced did not happen, or, where the answer was lost,
 * that this is not known. Worker.
 */
void
wd_direct_audit_failure (WdLane *lane, const WdPgAuditRow *row, const GError *failure)
{
  g_autoptr (GError) error = NULL;
  WdPgAuditRow told = *row;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, NULL, &error);

  if (g_error_matches (failure, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    told.action = wd_audit_action_in_doubt (row->action);
  if (postgres == NULL
      || !wd_pg_audit_write_alone (postgres, &told, wd_deadline_in (WD_WRITE_MS), NULL, &error))
    g_message ("The audit trail does not say that “%s” failed: %s", row->target_id, error->message);
}

/**
 * wd_direct_set_queue_paused:
 * @lane: the lane of writes
 * @queue: its name
 * @paused: pause, else resume
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_READ_ONLY, %WD_ERROR_NOT_MIGRATED, %WD_ERROR_NOT_FOUND, %WD_ERROR_LAYOUT or
 *   either store's
 *
 * The audit trail, which is in the other store, says so first, and again where it then failed.
 * Worker.
 */
gboolean
wd_direct_set_queue_paused (WdLane *lane, const char *queue, gboolean paused,
                            GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = { wd_lane_get_profile (lane)->prefix, (char *) queue };
  g_autofree char *warning = NULL, *before = NULL, *after = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (WdQueueCounts) counts = NULL;
  WdPgConnection *postgres;
  WdRedisConnection *redis;
  WdPgAuditRow row;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return FALSE;
  redis = wd_lane_get_redis (lane, cancellable, error);
  counts = redis != NULL ? wd_direct_find_queue (lane, redis, queue, cancellable, error) : NULL;
  if (counts == NULL)
    return FALSE;
  before = describe_paused (counts->paused, NULL);
  after = describe_paused (paused, NULL);
  row = audit_row (queue, paused ? WD_AUDIT_PAUSE : WD_AUDIT_RESUME, before, after);
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_audit_write_alone (postgres, &row, wd_deadline_in (WD_WRITE_MS), cancellable,
                                   error))
    return FALSE;
  wd_fault_point ("pause:audited");
  /* Cancelled half way, nobody would know whether it is: that is waited for. */
  if (!wd_bullmq_set_paused (redis, &key, paused, wd_deadline_in (WD_WRITE_MS), NULL,
                             &warning, &local))
    {
      g_free (after);
      after = describe_paused (paused, local->message);
      row = audit_row (queue, paused ? WD_AUDIT_NOT_PAUSED : WD_AUDIT_NOT_RESUMED, before, after);
      wd_direct_audit_failure (lane, &row, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (warning != NULL)
    g_message ("%s: %s", queue, warning);
  return TRUE;
}
