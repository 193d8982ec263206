/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Dispatch, exactly once.
 *
 *   1. One PostgreSQL transaction writes the row (pending) and the promise (outbox).
 *   2. One script call adds the job and its receipt, or finds the receipt and does nothing.
 *   3. The promise is deleted. Nothing writes the row after step 2: a worker may already have.
 *
 * Whatever dies in between, the promise stays and wd-direct-recovery.c takes it from there. The
 * process may die at every wd_fault_point() below; the tests let it. */

#include "direct/wd-direct-dispatch.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-lost-jobs.h"
#include "postgres/wd-pg-dispatch.h"

/* Wallets of one transaction: few enough to hold their locks for milliseconds. */
#define SLICE 500

/* One transaction's wallets. FALSE: none of them was written, and nothing more should be tried. */
static gboolean
dispatch_slice (WdLane *lane, const WdPgDispatch *order, const WdBullmqSite *site,
                const char *const *wallets, gsize n, WdActionResult *result,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  guint first;

  if (postgres == NULL
      || !wd_pg_dispatch (postgres, order, wallets, n, result, jobs, entries, conflicts,
                          wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return FALSE;
  first = result->refused->len - conflicts->len;
  if (site != NULL)
    {
      wd_lost_jobs_name (lane, conflicts, result, first, cancellable);
      if (entries->len > 0)
        wd_direct_deliver (lane, site, jobs, entries, result);
    }
  else
    for (guint i = 0; i < jobs->len; i++)
      wd_action_result_add_job (result, wd_job_ref (jobs->pdata[i]), TRUE);
  return TRUE;
}

/* Before each transaction it is asked again which Redis answers: one that went away meanwhile
 * leaves the rest unwritten, not undelivered. */
static gboolean
renew_site (WdLane *lane, WdBullmqSite **site, WdPgDispatch *order, GCancellable *cancellable,
            GError **error)
{
  g_clear_pointer (site, wd_bullmq_site_free);
  *site = wd_lane_read_site (lane, TRUE, cancellable, error);
  if (*site == NULL)
    return FALSE;
  order->identity = wd_bullmq_site_get_identity (*site);
  return TRUE;
}

/* What a failure half way leaves: the done ones stand, the others are refused with the reason. */
static gboolean
finish_early (WdActionResult *result, const char *const *wallets, gsize n, GError **error)
{
  if (result->done->len == 0)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    wd_action_result_refuse_error (result, wallets[i], *error);
  g_clear_error (error);
  return TRUE;
}

/**
 * wd_direct_dispatch:
 * @lane: the lane of writes
 * @request: what to queue
 * @cancellable: (nullable): stops between two slices; what was written is delivered
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 *
 * Returns: (transfer full): what was queued and what was refused
 */
WdActionResult *
wd_direct_dispatch (WdLane *lane, const WdDispatchRequest *request, GCancellable *cancellable,
                    GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autoptr (WdBullmqSite) site = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *options = NULL;
  const WdQueueMapping *mapping;
  gsize n_wallets;
  gboolean uses_queue;
  WdPgDispatch order;

  if (!wd_dispatch_request_validate (request, error)
      || !wd_lane_check_writable (lane, cancellable, error)
      || !wd_direct_agree_delivery (lane, &uses_queue, cancellable, error))
    return NULL;
  mapping = wd_profile_get_mapping (profile, request->job_type);
  if (uses_queue && !wd_direct_check_layout (lane, mapping->queue, cancellable, error))
    return NULL;
  options = wd_delivery_make_options (mapping, request->priority, FALSE, FALSE);
  order = (WdPgDispatch) { .request = request, .mapping = mapping, .prefix = profile->prefix,
                           .options = options, .uses_queue = uses_queue,
                           .seen = seen };
  n_wallets = g_strv_length (request->wallets);
  for (gsize from = 0; from < n_wallets; from += SLICE)
    {
      const char *const *slice = (const char *const *) request->wallets + from;
      GError *local = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, &local)
          || (uses_queue && !renew_site (lane, &site, &order, cancellable, &local))
          || !dispatch_slice (lane, &order, site, slice, MIN (SLICE, n_wallets - from), result,
                              cancellable, &local))
        {
          if (finish_early (result, slice, n_wallets - from, &local))
            break;
          g_propagate_error (error, local);
          return NULL;
        }
    }
  wd_direct_describe (result, uses_queue);
  return g_steal_pointer (&result);
}
