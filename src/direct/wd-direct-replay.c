/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done under a key is said again instead of being done again. The key is written in the
 * transaction of what is done (wd-pg-request-key.c); here it is looked for before, and once more
 * after a refusal: another program may have done it in between, and is what was in the way. */

#include "direct/wd-direct-replay.h"

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
  g_autoptr (WdActionResult) kept = NULL;
  WdPgConnection *postgres;
  gboolean found = FALSE;

  *result = NULL;
  if (!has_key (origin))
    return TRUE;
  if (!wd_lane_check_writable (lane, cancellable, error))
    return FALSE;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  kept = wd_action_result_create ();
  if (postgres == NULL
      || !wd_pg_request_key_find_job (postgres, origin, kept, &found, wd_deadline_in (WD_READ_MS),
                                      cancellable, error))
    return FALSE;
  if (!found)
    return TRUE;
  wd_direct_describe (kept, TRUE);
  *result = g_steal_pointer (&kept);
  return TRUE;
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
