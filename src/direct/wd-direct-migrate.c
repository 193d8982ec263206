/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-migrate.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "model/wd-migration-step.h"
#include "postgres/wd-pg-cost.h"
#include "postgres/wd-pg-migrator.h"

/**
 * wd_direct_migrate:
 * @lane: the lane of writes
 * @dry_run: only look
 * @names: (nullable) (array zero-terminated=1): which to apply; %NULL for all that are required
 * @progress: (nullable): told of each statement, in this thread
 * @progress_data: for @progress
 * @cancellable: (nullable): stops before the next statement
 * @error: %WD_ERROR_REFUSED for an edited migration or a transaction pooler, or PostgreSQL's
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdMigrationStep): every migration in order, with whether
 *   it is applied now, and what the optional ones would cost
 */
GPtrArray *
wd_direct_migrate (WdLane *lane, gboolean dry_run, const char *const *names,
                   WdMigrationProgress progress, gpointer progress_data, GCancellable *cancellable,
                   GError **error)
{
  WdPgConnection *postgres;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  if (!dry_run && !wd_profile_check_writable (wd_lane_get_profile (lane), error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || (!dry_run
          && !wd_pg_migrator_apply (postgres, names, progress, progress_data, NULL, cancellable,
                                    error)))
    return NULL;
  plan = wd_pg_migrator_plan (postgres, wd_deadline_in (WD_READ_MS), cancellable, error);
  if (plan == NULL)
    return NULL;
  steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_migration_step_free);
  for (guint i = 0; i < plan->len; i++)
    {
      const WdMigration *migration = plan->pdata[i];
      WdMigrationStep *step = wd_migration_step_new (migration->name, migration->sql,
                                                     migration->state != WD_MIGRATION_PENDING);

      step->optional = migration->optional;
      step->note = g_strdup (migration->note);
      g_ptr_array_add (steps, step);
    }
  if (!wd_pg_cost_estimate (postgres, steps, wd_deadline_in (WD_READ_MS), cancellable, error))
    return NULL;
  return g_steal_pointer (&steps);
}
