/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-doctor.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-doctor.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-direct-tls.h"
#include "model/wd-check.h"
#include "postgres/wd-pg-doctor.h"

/* A recount reads the whole table. */
#define RECOUNT_MS (30 * 60 * 1000)

static gboolean
fail (GPtrArray *checks, const char *name, GError **problem, GError **error)
{
  if (wd_error_is_cancelled (*problem))
    {
      g_propagate_error (error, g_steal_pointer (problem));
      return FALSE;
    }
  g_ptr_array_add (checks, wd_check_new (name, WD_CHECK_ERROR, "%s", (*problem)->message));
  return TRUE;
}

static void
add (GPtrArray *checks, WdCheck *check)
{
  if (check != NULL)
    g_ptr_array_add (checks, check);
}

static gboolean
check_postgres (WdLane *lane, gboolean recount, GPtrArray *checks, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) problem = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &problem);
  gint64 deadline = wd_deadline_in (recount ? RECOUNT_MS : WD_WRITE_MS);

  add (checks, wd_direct_check_tls_to_postgres (wd_lane_get_profile (lane)));
  if (postgres == NULL)
    return fail (checks, "postgres-connection", &problem, error);
  g_ptr_array_add (checks, wd_check_new ("postgres-connection", WD_CHECK_OK, _("Connected")));
  if (!wd_pg_doctor (postgres, wd_lane_get_profile (lane), recount, checks, deadline, cancellable,
                     &problem))
    return fail (checks, "postgres", &problem, error);
  return TRUE;
}

static gboolean
check_redis (WdLane *lane, GPtrArray *checks, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (GError) problem = NULL;
  WdRedisConnection *redis;
  g_autoptr (GPtrArray) queues = NULL;

  if (!wd_lane_has_redis (lane))
    {
      g_ptr_array_add (checks,
                       wd_check_new ("redis-connection", WD_CHECK_UNKNOWN,
                                     _("No Redis is configured: right only where the workers "
                                       "poll the database")));
      return TRUE;
    }
  add (checks, wd_direct_check_tls_to_redis (profile));
  redis = wd_lane_get_redis (lane, cancellable, &problem);
  if (redis == NULL)
    return fail (checks, "redis-connection", &problem, error);
  g_ptr_array_add (checks, wd_check_new ("redis-connection", WD_CHECK_OK, _("Connected")));
  queues = wd_direct_list_queues (lane, cancellable, &problem);
  if (queues == NULL
      || !wd_bullmq_doctor (redis, profile->prefix, profile->read_only, queues, checks,
                            wd_deadline_in (WD_WRITE_MS), cancellable, &problem))
    return fail (checks, "redis", &problem, error);
  return TRUE;
}

/**
 * wd_direct_run_doctor:
 * @lane: the lane that watches
 * @recount: also count everything anew and mend the counts table
 * @cancellable: (nullable): a cancellable
 * @error: only a cancellation; what fails is a finding
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdCheck): every finding, each with what to do
 */
GPtrArray *
wd_direct_run_doctor (WdLane *lane, gboolean recount, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_check_free);

  if (!check_postgres (lane, recount, checks, cancellable, error)
      || !check_redis (lane, checks, cancellable, error))
    return NULL;
  return g_steal_pointer (&checks);
}
