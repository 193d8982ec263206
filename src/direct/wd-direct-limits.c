/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-limits.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-limits.h"
#include "direct/wd-direct-queues.h"

/* Returns: (transfer full): JSON text for the audit trail; what is not limited is null */
static char *
describe (const WdQueueLimits *limits, const char *note)
{
  const struct {
    const char *name;
    gint64 value;
  } members[] = {
    { "concurrency", limits->concurrency },
    { "rate_max", limits->rate_max },
    { "rate_ms", limits->rate_ms },
  };
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      wd_json_writer_name (json, members[i].name);
      if (members[i].value == 0)
        wd_json_writer_null (json);
      else
        wd_json_writer_int (json, members[i].value);
    }
  if (note != NULL)
    wd_json_writer_string_member (json, "note", note);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (g_steal_pointer (&json));
}

/* What the queue does not heed, or may not be told. */
static gboolean
check_queue (const WdQueueCounts *counts, const WdQueueLimits *before, const WdQueueLimits *after,
             GError **error)
{
  if (counts->layout != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_LAYOUT,
                 _("The limits of “%s” were left as they are: %s"), counts->queue, counts->layout);
  else if (!wd_queue_limits_equal (&counts->limits, before))
    g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                 _("The limits of “%s” are others by now; look again"), counts->queue);
  else if (after->rate_max > 0 && counts->ignores_rate)
    g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                 _("The limits of “%s” were left as they are: %s"), counts->queue,
                 counts->rate_doubt);
  else
    return TRUE;
  return FALSE;
}

/**
 * wd_direct_set_limits:
 * @lane: the lane of writes
 * @queue: its name
 * @before: as they were read
 * @after: as they shall be
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_INVALID_ARGUMENT, %WD_ERROR_READ_ONLY, %WD_ERROR_NOT_MIGRATED,
 *   %WD_ERROR_NOT_FOUND, %WD_ERROR_LAYOUT, %WD_ERROR_REFUSED or either store's
 *
 * The audit trail, which is in the other store, says so first, and again where it then failed.
 * Worker.
 */
gboolean
wd_direct_set_limits (WdLane *lane, const char *queue, const WdQueueLimits *before,
                      const WdQueueLimits *after, GCancellable *cancellable, GError **error)
{
  WdBullmqQueue key = { wd_lane_get_profile (lane)->prefix, (char *) queue };
  g_autofree char *was = describe (before, NULL), *is = describe (after, NULL), *warning = NULL;
  WdPgAuditRow row = { WD_AUDIT_LIMIT, "queue", queue, was, is };
  g_autoptr (WdQueueCounts) counts = NULL;
  g_autoptr (GError) local = NULL;
  WdPgConnection *postgres;
  WdRedisConnection *redis;

  if (!wd_queue_limits_check (after, error) || !wd_lane_check_writable (lane, cancellable, error))
    return FALSE;
  redis = wd_lane_get_redis (lane, cancellable, error);
  counts = redis != NULL ? wd_direct_find_queue (lane, redis, queue, cancellable, error) : NULL;
  if (counts == NULL || !check_queue (counts, before, after, error))
    return FALSE;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_audit_write_alone (postgres, &row, wd_deadline_in (WD_WRITE_MS), cancellable,
                                   error))
    return FALSE;
  wd_fault_point ("limit:audited");
  /* Cancelled half way, nobody would know what holds: that is waited for. */
  if (!wd_bullmq_set_limits (redis, &key, before, after, wd_deadline_in (WD_WRITE_MS), NULL,
                             &warning, &local))
    {
      g_free (is);
      is = describe (after, local->message);
      row = (WdPgAuditRow) { WD_AUDIT_NOT_LIMITED, "queue", queue, was, is };
      wd_direct_audit_failure (lane, &row, local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (warning != NULL)
    g_message ("%s: %s", queue, warning);
  return TRUE;
}
