/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One transaction locks the wallet, changes it and says so in the audit trail. Setting flags twice
 * is setting them once, so a COMMIT whose answer never came is settled by looking at the wallet. */

#include "postgres/wd-pg-wallets.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-flags.h"
#include "postgres/wd-pg-request-key.h"
#include "postgres/wd-pg-wallet-row.h"

#define LOCK_TIMEOUT_MS 2000

typedef struct {
  const char *address;
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  const WdOrigin *origin;
} Change;

/**
 * wd_pg_flags_require:
 * @columns: what the database has
 * @flag: a flag that is to be set
 * @error: %WD_ERROR_NOT_MIGRATED
 *
 * Returns: whether wallets have it
 */
gboolean
wd_pg_flags_require (const WdPgColumns *columns, WdFlag flag, GError **error)
{
  const char *name = wd_flag_column (flag);

  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, name) != NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
               _("Nothing was written: the table public.user_wallets has no column %s. The "
                 "migrations add it."), name);
  return FALSE;
}

/**
 * wd_pg_flags_describe:
 * @columns: what the database has
 *
 * Returns: (transfer full): both flags, as the audit trail has them, of `user_wallets` as `w`
 */
char *
wd_pg_flags_describe (const WdPgColumns *columns)
{
  g_autoptr (GString) sql = g_string_new ("jsonb_build_object(");
  gboolean any = FALSE;

  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag <= WD_FLAG_NEEDS_CONSOLIDATION; flag++)
    if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, wd_flag_column (flag)) != NULL)
      {
        g_string_append_printf (sql, "%s'%s', w.%s", any ? ", " : "", wd_flag_column (flag),
                                wd_flag_column (flag));
        any = TRUE;
      }
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Reads what the wallet is, with a lock that workers who write other columns do not notice. */
static WdPgResult *
lock_wallet (WdPgConnection *connection, const WdPgColumns *columns, const Change *change,
             gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autofree char *before = wd_pg_flags_describe (columns);
  g_autofree char *sql = NULL;
  g_autoptr (WdPgResult) result = NULL;

  sql = g_strdup_printf ("SELECT %s FROM public.user_wallets AS w WHERE w.address = $%u"
                         " ORDER BY w.ctid FOR NO KEY UPDATE", before,
                         wd_pg_params_text (params, change->address));
  result = wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
  if (result != NULL && wd_pg_result_get_rows (result) == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no wallet “%s”"),
                   change->address);
      return NULL;
    }
  return g_steal_pointer (&result);
}

static char *
update_sql (const WdPgColumns *columns, const Change *change, WdPgParams *params)
{
  g_autofree char *select = wd_pg_columns_wallet_select (columns);
  g_autofree char *after = wd_pg_flags_describe (columns);
  g_autoptr (GString) set = g_string_new (NULL);

  if (change->needs_gas != WD_TRISTATE_UNSET)
    g_string_append_printf (set, "needs_gas = $%u",
                            wd_pg_params_bool (params, change->needs_gas == WD_TRISTATE_TRUE));
  if (change->needs_consolidation != WD_TRISTATE_UNSET)
    g_string_append_printf (set, "%sneeds_consolidation = $%u", set->len > 0 ? ", " : "",
                            wd_pg_params_bool (params,
                                               change->needs_consolidation == WD_TRISTATE_TRUE));
  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "updated_at") != NULL)
    g_string_append (set, ", updated_at = now()");
  return g_strdup_printf ("UPDATE public.user_wallets AS w SET %s WHERE w.address = $%u"
                          " RETURNING %s, %s", set->str,
                          wd_pg_params_text (params, change->address), select, after);
}

static WdWallet *
change_wallet (WdPgConnection *connection, const WdPgColumns *columns, const Change *change,
               gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) before = NULL;
  g_autoptr (WdPgResult) after = NULL;
  g_autofree char *sql = NULL;

  before = lock_wallet (connection, columns, change, deadline, cancellable, error);
  if (before == NULL)
    return NULL;
  sql = update_sql (columns, change, params);
  after = wd_pg_connection_query (connection, sql, params, deadline, cancellable, error);
  if (after == NULL)
    return NULL;
  if (wd_pg_result_get_rows (after) == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_PERMISSION,
                   _("Wallet “%s” was not changed: row security hides it from this role, or a "
                     "trigger keeps it as it is"), change->address);
      return NULL;
    }
  if (!wd_pg_audit_write (connection,
                          &(WdPgAuditRow) { WD_AUDIT_SET_FLAGS, "wallet", change->address,
                                            wd_pg_result_text (before, 0, 0),
                                            wd_pg_result_text (after, 0, WD_PG_WALLET_N_COLUMNS) },
                          deadline, cancellable, error)
      || (change->origin != NULL && change->origin->key != NULL
          && !wd_pg_request_key_write_wallet (connection, change->origin, change->address, deadline,
                                              cancellable, error)))
    return NULL;
  return wd_pg_wallet_from_row (after, 0);
}

static gboolean
is_as_wanted (WdTristate wanted, WdTristate flag)
{
  return wanted == WD_TRISTATE_UNSET || wanted == flag;
}

/* After a COMMIT without an answer: the wallet, where it now is as wanted. */
static WdWallet *
look_again (WdPgConnection *connection, const WdPgColumns *columns, const Change *change,
            gint64 deadline, GCancellable *cancellable)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autofree char *select = wd_pg_columns_wallet_select (columns);
  g_autofree char *sql = NULL;
  g_autoptr (WdPgResult) result = NULL;
  g_autoptr (WdWallet) wallet = NULL;

  sql = g_strdup_printf ("SELECT %s FROM public.user_wallets AS w WHERE w.address = $%u LIMIT 1",
                         select, wd_pg_params_text (params, change->address));
  result = wd_pg_connection_query (connection, sql, params, deadline, cancellable, NULL);
  if (result == NULL || wd_pg_result_get_rows (result) == 0)
    return NULL;
  wallet = wd_pg_wallet_from_row (result, 0);
  if (!is_as_wanted (change->needs_gas, wallet->needs_gas)
      || !is_as_wanted (change->needs_consolidation, wallet->needs_consolidation))
    return NULL;
  return g_steal_pointer (&wallet);
}

static gpointer
set_flags (WdPgConnection *connection, const WdPgColumns *columns, gpointer data, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  const Change *change = data;
  g_autoptr (WdWallet) wallet = NULL;
  WdPgOutcome outcome;

  if (!wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error)
      || !wd_pg_columns_require_schema (columns, error)
      || (change->needs_gas != WD_TRISTATE_UNSET
          && !wd_pg_flags_require (columns, WD_FLAG_NEEDS_GAS, error))
      || (change->needs_consolidation != WD_TRISTATE_UNSET
          && !wd_pg_flags_require (columns, WD_FLAG_NEEDS_CONSOLIDATION, error))
      || !wd_pg_connection_begin (connection, FALSE, LOCK_TIMEOUT_MS, deadline, cancellable, error))
    return NULL;

  wallet = change_wallet (connection, columns, change, deadline, cancellable, error);
  if (wallet == NULL)
    {
      wd_pg_connection_rollback (connection);
      return NULL;
    }
  if (wd_pg_connection_commit (connection, &outcome, deadline, cancellable, error))
    return g_steal_pointer (&wallet);
  if (outcome != WD_PG_UNKNOWN)
    return NULL;

  g_clear_pointer (&wallet, wd_wallet_unref);
  wallet = look_again (connection, columns, change, deadline, cancellable);
  if (wallet != NULL)
    {
      g_clear_error (error);
      return g_steal_pointer (&wallet);
    }
  g_prefix_error (error, _("Whether the flags of “%s” were set is not known; setting them once "
                           "more does no harm. "), change->address);
  return NULL;
}

/**
 * wd_pg_wallets_set_flags:
 * @connection: a connection without an open transaction
 * @address: the wallet's address
 * @needs_gas: what to set, or unset to leave it
 * @needs_consolidation: likewise
 * @origin: (nullable): on whose behalf
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): heeded until the change is being committed
 * @error: %WD_ERROR_NOT_FOUND, %WD_ERROR_INVALID_ARGUMENT when there is nothing to set,
 *   %WD_ERROR_NOT_MIGRATED, %WD_ERROR_BUSY when the wallet is locked for long,
 *   %WD_ERROR_UNKNOWN_OUTCOME; else as for wd_pg_connection_query()
 *
 * Worker thread. Where several rows share the address all of them are set.
 *
 * Returns: (transfer full): the wallet as it is now
 */
WdWallet *
wd_pg_wallets_set_flags (WdPgConnection *connection, const char *address, WdTristate needs_gas,
                         WdTristate needs_consolidation, const WdOrigin *origin, gint64 deadline,
                         GCancellable *cancellable, GError **error)
{
  Change change = { address, needs_gas, needs_consolidation, origin };

  g_return_val_if_fail (connection != NULL && address != NULL, NULL);

  if (needs_gas == WD_TRISTATE_UNSET && needs_consolidation == WD_TRISTATE_UNSET)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Name at least one flag to set: needs_gas, needs_consolidation"));
      return NULL;
    }
  return wd_pg_columns_apply (connection, set_flags, &change, deadline, cancellable, error);
}
