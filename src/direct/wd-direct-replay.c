/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done under a key is said again instead of being done again. The key is written in the
 * transaction of what is done (wd-pg-request-key.c); here it is looked for before, and once more
 * after a refusal: another program may have done it in between, and is what was in the way. */

#include "direct/wd-direct-replay.h"

#include <string.h>

#include "base/wd-time.h"
#include "direct/wd-direct-write.h"
#include "model/wd-request.h"
#include "postgres/wd-pg-request-key.h"
#include "postgres/wd-pg-wallets.h"

static gboolean
has_key (const WdOrigin *origin)
{
  return origin != NULL && origin->key != NULL;
}

/* Returns: (transfer full) (nullable) (element-type WdPgKept): what was done under those keys */
static GPtrArray *
find_jobs (WdLane *lane, const WdOrigin *const *origins, gsize n, GCancellable *cancellable,
           GError **error)
{
  WdPgConnection *postgres;

  if (!wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  return postgres != NULL
           ? wd_pg_request_key_find_jobs (postgres, origins, n, wd_deadline_in (WD_READ_MS),
                                          cancellable, error)
           : NULL;
}

/* @subject is what was asked. */
static void
add_kept (WdActionResult *result, const char *subject, const WdPgKept *kept)
{
  if (kept->refusal != NULL)
    wd_action_result_refuse_error (result, subject, kept->refusal);
  else
    wd_action_result_add_job (result, wd_job_ref (kept->job), kept->delivered);
}

/**
 * wd_direct_replay:
 * @lane: the lane of writes
 * @origin: (nullable): on whose behalf
 * @result: (out) (transfer full) (nullable): what was done under its key; %NULL for nothing
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where the key was used for something else
 *
 * Nothing is asked of Redis. Worker.
 */
gboolean
wd_direct_replay (WdLane *lane, const WdOrigin *origin, WdActionResult **result,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  const WdPgKept *kept;

  *result = NULL;
  if (!has_key (origin))
    return TRUE;
  found = find_jobs (lane, &origin, 1, cancellable, error);
  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    return TRUE;
  kept = found->pdata[0];
  if (kept->is_other)
    {
      g_propagate_error (error, g_error_copy (kept->refusal));
      return FALSE;
    }
  *result = wd_action_result_create ();
  add_kept (*result, kept->job->id, kept);
  wd_direct_describe (*result, TRUE);
  return TRUE;
}

/* Where among the wallets of @request what is kept belongs; behind them for nowhere. */
static guint
find_place (const WdDispatchRequest *request, const WdPgKept *kept)
{
  guint i = 0;

  while (i < request->origins->len
         && g_strcmp0 (((WdOrigin *) request->origins->pdata[i])->key, kept->key) != 0)
    i++;
  return i;
}

/* Returns: (transfer full) (nullable): what is kept, by its place among the wallets of @request
 *   that @wanted has, all of them for %NULL; %NULL with an error */
static GHashTable *
find_by_place (WdLane *lane, const WdDispatchRequest *request, GHashTable *wanted,
               GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) by_place = g_hash_table_new_full (NULL, NULL, NULL,
                                                           (GDestroyNotify) wd_pg_kept_free);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < request->origins->len; i++)
    if (has_key (request->origins->pdata[i])
        && (wanted == NULL || g_hash_table_contains (wanted, request->wallets[i])))
      g_ptr_array_add (asked, request->origins->pdata[i]);
  if (asked->len == 0)
    return g_steal_pointer (&by_place);
  found = find_jobs (lane, (const WdOrigin *const *) asked->pdata, asked->len, cancellable, error);
  if (found == NULL)
    return NULL;
  g_ptr_array_set_free_func (found, NULL);
  for (guint i = 0; i < found->len; i++)
    g_hash_table_insert (by_place, GUINT_TO_POINTER (find_place (request, found->pdata[i])),
                         found->pdata[i]);
  return g_steal_pointer (&by_place);
}

/**
 * wd_direct_replay_many:
 * @lane: the lane of writes
 * @request: with a key for some of its wallets
 * @result: gets what was done under them, and which were used for something else
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Nothing is asked of Redis. Worker.
 *
 * Returns: (transfer full): what is left to be done
 */
WdDispatchRequest *
wd_direct_replay_many (WdLane *lane, const WdDispatchRequest *request, WdActionResult *result,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) kept = find_by_place (lane, request, NULL, cancellable, error);
  g_autoptr (GStrvBuilder) wallets = g_strv_builder_new ();
  WdDispatchRequest *left;

  if (kept == NULL)
    return NULL;
  left = wd_dispatch_request_copy (request);
  g_clear_pointer (&left->origins, g_ptr_array_unref);
  left->origins = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_origin_unref);
  for (guint i = 0; i < request->origins->len; i++)
    {
      const WdPgKept *one = g_hash_table_lookup (kept, GUINT_TO_POINTER (i));

      if (one != NULL)
        {
          add_kept (result, request->wallets[i], one);
          continue;
        }
      g_strv_builder_add (wallets, request->wallets[i]);
      g_ptr_array_add (left->origins, wd_origin_ref (request->origins->pdata[i]));
    }
  g_strfreev (left->wallets);
  left->wallets = g_strv_builder_end (wallets);
  return left;
}

/**
 * wd_direct_look_again_many:
 * @lane: the lane of writes
 * @request: with a key for some of its wallets
 * @result: what came of it: where one was refused, and now something is found under its key, that
 * @cancellable: (nullable): a cancellable
 *
 * Worker.
 */
void
wd_direct_look_again_many (WdLane *lane, const WdDispatchRequest *request, WdActionResult *result,
                           GCancellable *cancellable)
{
  g_autoptr (GHashTable) refused = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) kept = NULL;

  for (guint i = 0; i < result->refused->len; i++)
    g_hash_table_add (refused, ((WdRefusal *) result->refused->pdata[i])->subject);
  if (g_hash_table_size (refused) == 0)
    return;
  kept = find_by_place (lane, request, refused, cancellable, NULL);
  for (guint i = 0; kept != NULL && i < request->origins->len; i++)
    {
      const WdPgKept *one = g_hash_table_lookup (kept, GUINT_TO_POINTER (i));

      if (one == NULL || one->is_other)
        continue;
      for (guint k = result->refused->len; k > 0; k--)
        if (strcmp (((WdRefusal *) result->refused->pdata[k - 1])->subject,
                    request->wallets[i]) == 0)
          g_ptr_array_remove_index (result->refused, k - 1);
      add_kept (result, request->wallets[i], one);
    }
}

/**
 * wd_direct_replay_bulk:
 * @lane: a lane
 * @origin: (nullable): on whose behalf
 * @run_id: (out) (transfer full) (nullable): the bulk run that was frozen under its key; %NULL for
 *   none
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where the key was used for something else
 *
 * Worker.
 */
gboolean
wd_direct_replay_bulk (WdLane *lane, const WdOrigin *origin, char **run_id,
                       GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres;

  *run_id = NULL;
  if (!has_key (origin))
    return TRUE;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  return postgres != NULL
         && wd_pg_request_key_find_bulk (postgres, origin, run_id, wd_deadline_in (WD_READ_MS),
                                         cancellable, error);
}

/**
 * wd_direct_look_again:
 * @lane: the lane of writes
 * @origin: (nullable): on whose behalf
 * @result: what came of it
 * @cancellable: (nullable): a cancellable
 *
 * Worker.
 *
 * Returns: (transfer full): @result, unless nothing was done by it and now something is found under
 *   the key
 */
WdActionResult *
wd_direct_look_again (WdLane *lane, const WdOrigin *origin, WdActionResult *result,
                      GCancellable *cancellable)
{
  g_autoptr (WdActionResult) kept = NULL;

  if (has_key (origin) && result->done->len == 0
      && wd_direct_replay (lane, origin, &kept, cancellable, NULL) && kept != NULL)
    return g_steal_pointer (&kept);
  return wd_action_result_ref (result);
}

/**
 * wd_direct_set_flags:
 * @lane: the lane of writes
 * @address: of a wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 * @origin: (nullable): on whose behalf
 * @cancellable: (nullable): a cancellable, until the transaction is committed
 * @error: as of wd_pg_wallets_set_flags(); %WD_ERROR_REFUSED where the key was used for something
 *   else
 *
 * Worker.
 *
 * Returns: (transfer full): the wallet as it is now, or was when this was done under its key
 */
WdWallet *
wd_direct_set_flags (WdLane *lane, const char *address, WdTristate needs_gas,
                     WdTristate needs_consolidation, const WdOrigin *origin,
                     GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres;
  WdWallet *wallet = NULL;

  if (!wd_wallet_address_validate (address, error)
      || !wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL)
    return NULL;
  if (has_key (origin)
      && !wd_pg_request_key_find_wallet (postgres, origin, &wallet, wd_deadline_in (WD_READ_MS),
                                         cancellable, error))
    return NULL;
  if (wallet != NULL)
    return wallet;
  return wd_pg_wallets_set_flags (postgres, address, needs_gas, needs_consolidation, origin,
                                  wd_deadline_in (WD_WRITE_MS), cancellable, error);
}
