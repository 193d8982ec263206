/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work but for doing it. */

#include "direct/wd-direct-bulk.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-bulk-outlook.h"
#include "direct/wd-direct-replay.h"
#include "direct/wd-direct-write.h"
#include "postgres/wd-pg-bulk-freeze.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-bulk.h"

#define FREEZE_MS (120 * 1000)

/* Whether the queue of what is to be dispatched may be written to. That it cannot be asked now is
 * no reason not to look at a preview. */
static gboolean
check_queue (WdLane *lane, const WdBulkRequest *request, GCancellable *cancellable, GError **error)
{
  const WdQueueMapping *mapping;
  g_autoptr (GError) local = NULL;

  if (request->operation != WD_BULK_DISPATCH || !wd_lane_has_redis (lane))
    return TRUE;
  mapping = wd_profile_get_mapping (wd_lane_get_profile (lane), request->job_type);
  if (mapping == NULL || wd_direct_check_layout (lane, mapping->queue, cancellable, &local)
      || !g_error_matches (local, WD_ERROR, WD_ERROR_LAYOUT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A retry's queues are looked into as well: those hold most of what it would refuse. So are those
 * of a dispatch: they may be about to run what has ended, as its row says. */
static gboolean
freeze (WdLane *lane, const char *run_id, const WdBulkRequest *request, GCancellable *cancellable,
        GError **error)
{
  g_autoptr (WdBulkOutlook) outlook = NULL;
  WdPgConnection *postgres;

  if ((request->operation == WD_BULK_RETRY
       || (request->operation == WD_BULK_DISPATCH && !request->force))
      && !wd_bulk_outlook_new (lane, &outlook, cancellable, error))
    return FALSE;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  return postgres != NULL
         && wd_pg_bulk_freeze (postgres, run_id, request,
                               outlook != NULL ? wd_bulk_outlook_look : NULL, outlook,
                               wd_deadline_in (FREEZE_MS), cancellable, error);
}

/**
 * wd_direct_bulk_freeze:
 * @lane: a lane
 * @request: what to do, and to which
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; nothing was written. %WD_ERROR_LAYOUT where none of the jobs could be
 *   dispatched
 *
 * What was frozen under the key of its origin is not frozen again. Worker.
 *
 * Returns: (transfer full): the run, with what it will do
 */
WdBulkRun *
wd_direct_bulk_freeze (WdLane *lane, const WdBulkRequest *request, GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *run_id = NULL;

  if (!wd_bulk_request_validate (request, error)
      || !wd_lane_check_writable (lane, cancellable, error)
      || !wd_direct_replay_bulk (lane, request->origin, &run_id, cancellable, error))
    return NULL;
  if (run_id != NULL)
    return wd_direct_bulk_load (lane, run_id, cancellable, error);
  if (!check_queue (lane, request, cancellable, error))
    return NULL;
  run_id = g_uuid_string_random ();
  return freeze (lane, run_id, request, cancellable, error)
           ? wd_direct_bulk_load (lane, run_id, cancellable, error) : NULL;
}

/**
 * wd_direct_bulk_load:
 * @lane: a lane
 * @run_id: UUID of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run with its report
 */
WdBulkRun *
wd_direct_bulk_load (WdLane *lane, const char *run_id, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  return postgres != NULL ? wd_pg_bulk_load (postgres, run_id, wd_deadline_in (WD_READ_MS),
                                             cancellable, error)
                          : NULL;
}

/**
 * wd_direct_bulk_list:
 * @lane: a lane
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker. Returns: (transfer full) (element-type WdBulkRun): the newest runs
 */
GPtrArray *
wd_direct_bulk_list (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  return postgres != NULL ? wd_pg_bulk_list (postgres, wd_deadline_in (WD_READ_MS), cancellable,
                                             error)
                          : NULL;
}

/**
 * wd_direct_bulk_discard:
 * @lane: a lane
 * @run_id: UUID of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY, %WD_ERROR_REFUSED where it is done, %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker. Returns: (transfer full): the run, that nobody can go on with any more
 */
WdBulkRun *
wd_direct_bulk_discard (WdLane *lane, const char *run_id, GCancellable *cancellable,
                        GError **error)
{
  WdPgConnection *postgres;

  if (!wd_pg_bulk_check_id (run_id, error) || !wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_bulk_discard (postgres, run_id, wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return NULL;
  return wd_direct_bulk_load (lane, run_id, cancellable, error);
}

/**
 * wd_direct_bulk_note_stop:
 * @lane: a lane
 * @run_id: UUID of a run
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Puts into the audit trail that somebody stops it. Worker.
 */
gboolean
wd_direct_bulk_note_stop (WdLane *lane, const char *run_id, GCancellable *cancellable,
                          GError **error)
{
  WdPgConnection *postgres;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return FALSE;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  return postgres != NULL
         && wd_pg_bulk_note_stop (postgres, run_id, wd_deadline_in (WD_WRITE_MS), cancellable,
                                  error);
}
