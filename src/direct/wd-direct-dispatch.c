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
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-replay.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-lost-jobs.h"
#include "direct/wd-siblings.h"
#include "postgres/wd-pg-dispatch.h"

/* Wallets of one transaction: few enough to hold their locks for milliseconds. */
#define SLICE 500

/* One transaction's wallets. FALSE: none of them was written, and nothing more should be tried. */
static gboolean
dispatch_slice (WdLane *lane, WdDirectPipe *pipe, const WdPgDispatch *order,
                const WdBullmqSite *site, const char *const *wallets, gsize n,
                WdActionResult *result, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_outbox_entry_unref);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  guint first;

  wd_fault_point ("dispatch:begin");
  if (postgres == NULL
      || !wd_pg_dispatch (postgres, order, wallets, n, result, jobs, entries, conflicts,
                          wd_deadline_in (WD_WRITE_MS), cancellable, error))
    return FALSE;
  first = result->refused->len - conflicts->len;
  if (site != NULL)
    {
      wd_lost_jobs_name (lane, conflicts, result, first, cancellable);
      if (entries->len > 0 && pipe != NULL)
        wd_direct_pipe_send (pipe, order->identity, jobs, entries, result);
      else if (entries->len > 0)
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

/* What a failure half way leaves: the done ones stand, the others are refused with the reason,
 * those behind the first @n_begun as not begun; what was refused before has one of its own. */
static void
finish_early (WdActionResult *result, const char *const *wallets, gsize n, gsize n_begun,
              GError **error)
{
  g_autoptr (GHashTable) refused = g_hash_table_new (g_str_hash, g_str_equal);

  if (!wd_direct_must_tell_each (result, *error, n > n_begun))
    return;
  for (guint i = 0; i < result->refused->len; i++)
    g_hash_table_add (refused, ((WdRefusal *) result->refused->pdata[i])->subject);
  for (gsize i = 0; i < n; i++)
    if (g_hash_table_contains (refused, wallets[i]))
      continue;
    else if (i < n_begun)
      wd_action_result_refuse_error (result, wallets[i], *error);
    else
      wd_action_result_refuse_untried (result, wallets[i], *error);
  g_clear_error (error);
}

/* What all slices have in common, but for the Redis of each. */
typedef struct {
  WdPgDispatch order;
  WdBullmqSite *site;   /* (owned) (nullable) */
  char *options;        /* (owned) */
  GHashTable *seen;     /* (owned) */
  WdDirectPipe *pipe;   /* (unowned) (nullable): delivers, of a bulk run */
} Plan;

static void
clear_plan (Plan *plan)
{
  g_clear_pointer (&plan->site, wd_bullmq_site_free);
  g_clear_pointer (&plan->options, g_free);
  g_clear_pointer (&plan->seen, g_hash_table_unref);
}

/* FALSE: nothing may be written. */
static gboolean
make_plan (WdLane *lane, const WdDispatchRequest *request, Plan *plan, GCancellable *cancellable,
           GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  const WdQueueMapping *mapping;
  gboolean uses_queue;

  if (!wd_dispatch_request_validate (request, error)
      || !wd_lane_check_writable (lane, cancellable, error)
      || !wd_direct_agree_delivery (lane, &uses_queue, cancellable, error))
    return FALSE;
  mapping = wd_profile_get_mapping (profile, request->job_type);
  if (uses_queue && !wd_direct_check_layout (lane, mapping->queue, cancellable, error))
    return FALSE;
  plan->options = wd_delivery_make_options (mapping, request->priority, FALSE, FALSE);
  plan->seen = g_hash_table_new (g_str_hash, g_str_equal);
  plan->order = (WdPgDispatch) { .request = request, .mapping = mapping,
                                 .prefix = profile->prefix, .options = plan->options,
                                 .uses_queue = uses_queue, .seen = plan->seen,
                                 .look = uses_queue && !request->force ? wd_siblings_look : NULL,
                                 .look_data = lane };
  return TRUE;
}

static gboolean
run_slice (WdLane *lane, Plan *plan, const char *const *wallets, gsize n, WdActionResult *result,
           GCancellable *cancellable, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error)
         && (!plan->order.uses_queue
             || renew_site (lane, &plan->site, &plan->order, cancellable, error))
         && dispatch_slice (lane, plan->pipe, &plan->order, plan->site, wallets, n, result,
                            cancellable, error);
}

static WdActionResult *
dispatch (WdLane *lane, const WdDispatchRequest *request, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  Plan plan = { 0 };
  gsize n_wallets;
  GError *local = NULL;

  if (!make_plan (lane, request, &plan, cancellable, error))
    return NULL;
  n_wallets = g_strv_length (request->wallets);
  for (gsize from = 0; from < n_wallets; from += SLICE)
    {
      const char *const *slice = (const char *const *) request->wallets + from;
      gsize n = MIN (SLICE, n_wallets - from);

      if (!run_slice (lane, &plan, slice, n, result, cancellable, &local))
        {
          finish_early (result, slice, n_wallets - from, n, &local);
          break;
        }
    }
  wd_direct_describe (result, plan.order.uses_queue);
  clear_plan (&plan);
  if (local == NULL)
    return g_steal_pointer (&result);
  g_propagate_error (error, local);
  return NULL;
}

/* Whether it says nothing of any one wallet. */
static gboolean
is_about_a_server (const GError *error)
{
  return wd_error_may_pass (error) && !g_error_matches (error, WD_ERROR, WD_ERROR_BUSY);
}

/* What is kept under a key is told, whatever becomes of the others, unless those are each to be
 * tried by themselves. */
static WdActionResult *
dispatch_under_keys (WdLane *lane, const WdDispatchRequest *request, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (WdActionResult) kept = wd_action_result_create ();
  g_autoptr (WdDispatchRequest) left = wd_direct_replay_many (lane, request, kept, cancellable,
                                                              error);
  g_autoptr (WdActionResult) result = NULL;
  g_autoptr (GError) local = NULL;

  if (left == NULL)
    return NULL;
  if (*left->wallets != NULL)
    result = dispatch (lane, left, cancellable, &local);
  if (result != NULL)
    wd_direct_look_again_many (lane, left, result, cancellable);
  else if (local != NULL && (kept->done->len + kept->refused->len == 0
                             || !is_about_a_server (local)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  else
    result = wd_action_result_create ();
  for (char **wallet = left->wallets; local != NULL && *wallet != NULL; wallet++)
    wd_action_result_refuse_error (result, *wallet, local);
  wd_action_result_take_all (result, kept);
  wd_direct_describe (result, result->by_queue || *left->wallets == NULL || local != NULL);
  return g_steal_pointer (&result);
}

/**
 * wd_direct_dispatch:
 * @lane: the lane of writes
 * @request: what to queue
 * @cancellable: (nullable): stops between two slices; what was written is delivered
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * What was done under the request's key before is not done again, but said again. Worker.
 *
 * Returns: (transfer full): what was queued and what was refused
 */
WdActionResult *
wd_direct_dispatch (WdLane *lane, const WdDispatchRequest *request, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WdActionResult) result = NULL;

  if (request->origins != NULL)
    return dispatch_under_keys (lane, request, cancellable, error);
  if (!wd_direct_replay (lane, request->origin, &result, cancellable, error))
    return NULL;
  if (result == NULL)
    result = dispatch (lane, request, cancellable, error);
  return result != NULL ? wd_direct_look_again (lane, request->origin, result, cancellable) : NULL;
}

/**
 * wd_direct_dispatch_frozen:
 * @lane: a lane of its own
 * @pipe: delivers
 * @runner: who runs a bulk run that dispatches
 * @items: (element-type WdBulkItem): which wallets, as they were
 * @cancellable: (nullable): stops before it is begun
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME; %WD_ERROR_BUSY where somebody has
 *   taken the run over
 *
 * Those that changed are refused; those that get a job are marked as done in the transaction that
 * promises it. Worker.
 *
 * Returns: (transfer full): what was queued and what was refused; the pipe's until it has delivered
 */
WdActionResult *
wd_direct_dispatch_frozen (WdLane *lane, WdDirectPipe *pipe, const WdPgBulkRunner *runner,
                           GPtrArray *items, GCancellable *cancellable, GError **error)
{
  const WdBulkRequest *asked = runner->run->request;
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autoptr (WdDispatchRequest) request = wd_dispatch_request_new (asked->job_type);
  g_autoptr (GHashTable) frozen = g_hash_table_new (g_str_hash, g_str_equal);
  Plan plan = { 0 };
  gboolean ok;

  request->user_id = g_strdup (asked->user_id);
  request->priority = asked->priority;
  request->force = asked->force;
  request->wallets = g_new0 (char *, items->len + 1);
  for (guint i = 0; i < items->len; i++)
    {
      WdBulkItem *item = items->pdata[i];

      request->wallets[i] = g_strdup (item->wallet_address);
      g_hash_table_insert (frozen, item->wallet_address, item);
    }
  if (!make_plan (lane, request, &plan, cancellable, error))
    return NULL;
  plan.pipe = pipe;
  plan.order.runner = runner;
  plan.order.items = frozen;
  ok = run_slice (lane, &plan, (const char *const *) request->wallets, items->len, result,
                  cancellable, error);
  clear_plan (&plan);
  return ok ? g_steal_pointer (&result) : NULL;
}

/**
 * wd_direct_dispatch_flagged:
 * @lane: the lane of writes
 * @turn: for which flag; whether the turn could be had is noted there
 * @wallets: (array zero-terminated=1): addresses, each once: few enough for one transaction
 * @cancellable: (nullable): stops before it is begun
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Those for which no job is due any more are refused; that a flag was served is written in the
 * transaction that promises its job. Worker.
 *
 * Returns: (transfer full): what was queued and what was refused
 */
WdActionResult *
wd_direct_dispatch_flagged (WdLane *lane, WdPgFlagTurn *turn, const char *const *wallets,
                            GCancellable *cancellable, GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autoptr (WdDispatchRequest) request
      = wd_dispatch_request_new (wd_flag_job_type (turn->flag));
  Plan plan = { 0 };
  gboolean ok;

  request->trigger = g_strdup ("system");
  request->wallets = g_strdupv ((char **) wallets);
  if (!make_plan (lane, request, &plan, cancellable, error))
    return NULL;
  plan.order.turn = turn;
  ok = run_slice (lane, &plan, wallets, g_strv_length ((char **) wallets), result, cancellable,
                  error);
  clear_plan (&plan);
  return ok ? g_steal_pointer (&result) : NULL;
}
