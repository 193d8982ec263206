/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From where on something is wrong, as it is read and set in its lanes. */

#include "base/wd-time.h"
#include "direct/wd-direct-calls.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-health-limits.h"

/**
 * wd_direct_call_load_health_limits:
 * @task: returned with a #WdHealthLimits
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): not used
 * @cancellable: (nullable): the task's
 *
 * As they are now, not as they were a minute ago.
 */
void
wd_direct_call_load_health_limits (GTask *task, gpointer lane, gpointer data,
                                   GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  g_autoptr (WdPgColumns) columns
      = postgres != NULL ? wd_pg_columns_read (postgres, wd_deadline_in (WD_READ_MS), cancellable,
                                               &error) : NULL;

  if (columns != NULL)
    g_task_return_pointer (task, g_memdup2 (&columns->limits, sizeof columns->limits), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * wd_direct_call_set_health_limits:
 * @task: returned with whether it was done
 * @lane: (type WdLane): whose worker this is
 * @data: (type WdDirectCall): uses `health_limits`, before and after
 * @cancellable: (nullable): the task's
 */
void
wd_direct_call_set_health_limits (GTask *task, gpointer lane, gpointer data,
                                  GCancellable *cancellable)
{
  WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres = NULL;

  if (wd_lane_check_writable (lane, cancellable, &error))
    postgres = wd_lane_get_postgres (lane, cancellable, &error);
  if (postgres != NULL
      && wd_pg_health_limits_set (postgres, &call->health_limits[0], &call->health_limits[1],
                                  wd_deadline_in (WD_WRITE_MS), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
