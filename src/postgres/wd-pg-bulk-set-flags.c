/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The flags of a slice of wallets in one transaction: a statement locks the rows in the order every
 * writer of ours takes them, a second changes those of wallets that are as they were frozen, says
 * so in the audit trail, row by row as a single change does, and marks their items. A wallet that
 * was as wanted at the preview and still is counts as done and leaves no trace. The place of a row
 * is one in its own table: those of a site may have parts. */

#include "postgres/wd-pg-bulk-set-flags.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-flags.h"
#include "model/wd-result.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-bulk-wallets.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-flags.h"
#include "postgres/wd-pg-write.h"

#define SQL_LOCK                                                                           \
  "SELECT FROM public.user_wallets AS w WHERE w.address = ANY ($1::text[]) "               \
  "ORDER BY w.address, w.ctid FOR NO KEY UPDATE"

/* %1$s: what must not have changed; %2$s: both flags, as JSON; %3$s: whether a row differs from
 * what is wanted; %4$s: what is set; %5$s: whether a row is as wanted. */
#define SQL_CHANGE                                                                         \
  "WITH asked AS (SELECT * FROM unnest ($1::bigint[], $2::text[], $3::text[]) "            \
  "AS u (n, address, flags)), "                                                            \
  "now AS (SELECT a.n, a.address, a.flags AS frozen, %1$s AS flags FROM asked AS a "       \
  "LEFT JOIN public.user_wallets AS w ON w.address = a.address GROUP BY 1, 2, 3), "        \
  "old AS (SELECT w.tableoid AS part, w.ctid AS place, t.n, %2$s AS state FROM now AS t "  \
  "JOIN public.user_wallets AS w ON w.address = t.address "                                \
  "WHERE t.flags = t.frozen AND (%3$s)), "                                                 \
  "new AS (UPDATE public.user_wallets AS w SET %4$s FROM old WHERE w.ctid = old.place "    \
  "AND w.tableoid = old.part RETURNING old.part, old.place, old.n, w.address, "            \
  "old.state AS before, %2$s AS after, %5$s AS kept), "                                    \
  "trail AS (" WD_PG_AUDIT_INSERT "SELECT $5::text, $6::text, $7::text, '"                 \
  WD_AUDIT_SET_FLAGS "', 'wallet', address, before, after FROM new), "                     \
  "stuck AS (SELECT n FROM old WHERE (part, place::text) NOT IN "                          \
  "(SELECT part, place::text FROM new WHERE kept)), "                                      \
  "marked AS (UPDATE worker_dashboard.bulk_item AS i SET result = 'done' "                 \
  "FROM (SELECT n FROM now WHERE flags = frozen AND n NOT IN (SELECT n FROM stuck)) AS t, " \
  WD_PG_BULK_PLACES ("$4") " RETURNING i.n), "                                             \
  "counted AS (UPDATE worker_dashboard.bulk_run AS r SET done = r.done + "                 \
  "(SELECT count (*) FROM marked) WHERE r.id = $4::uuid) "                                 \
  "SELECT t.address, t.flags IS NULL, t.flags IS DISTINCT FROM t.frozen FROM now AS t "    \
  "WHERE t.n NOT IN (SELECT n FROM marked) ORDER BY t.n"

static gboolean
require (const WdPgColumns *columns, const WdBulkRequest *request, GError **error)
{
  return wd_pg_columns_require (columns, WD_PG_USER_WALLETS, error)
         && (request->needs_gas == WD_TRISTATE_UNSET
             || wd_pg_flags_require (columns, WD_FLAG_NEEDS_GAS, error))
         && (request->needs_consolidation == WD_TRISTATE_UNSET
             || wd_pg_flags_require (columns, WD_FLAG_NEEDS_CONSOLIDATION, error));
}

/* Booleans only: nothing of the request goes into the text but what the enumeration says. */
static char *
make_sql (const WdPgColumns *columns, const WdBulkRequest *request)
{
  const WdTristate wanted[] = { request->needs_gas, request->needs_consolidation };
  g_autofree char *flags = wd_pg_bulk_flags_sql (columns, request);
  g_autofree char *state = wd_pg_flags_describe (columns);
  g_autoptr (GString) differs = g_string_new (NULL);
  g_autoptr (GString) set = g_string_new (NULL);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag <= WD_FLAG_NEEDS_CONSOLIDATION; flag++)
    if (wanted[flag] != WD_TRISTATE_UNSET)
      {
        const char *value = wanted[flag] == WD_TRISTATE_TRUE ? "TRUE" : "FALSE";
        const char *name = wd_flag_column (flag);
        gboolean first = set->len == 0;

        g_string_append_printf (differs, "%sw.%s IS NOT %s", first ? "" : " OR ", name, value);
        g_string_append_printf (set, "%s%s = %s", first ? "" : ", ", name, value);
        g_string_append_printf (kept, "%sw.%s IS %s", first ? "" : " AND ", name, value);
      }
  if (wd_pg_columns_find (columns, WD_PG_USER_WALLETS, "updated_at") != NULL)
    g_string_append (set, ", updated_at = now()");
  return g_strdup_printf (SQL_CHANGE, flags, state, differs->str, set->str, kept->str);
}

static void
make_params (WdPgConnection *self, const WdPgBulkRunner *runner, GPtrArray *items,
             WdPgParams *lock, WdPgParams *change)
{
  g_autofree gint64 *places = g_new (gint64, items->len);
  g_autofree const char **addresses = g_new (const char *, items->len);
  g_autofree const char **flags = g_new (const char *, items->len);

  for (guint i = 0; i < items->len; i++)
    {
      const WdBulkItem *item = items->pdata[i];

      places[i] = item->n;
      addresses[i] = item->wallet_address;
      flags[i] = item->flags;
    }
  wd_pg_params_text_array (lock, addresses, items->len);
  wd_pg_params_int_array (change, places, items->len);
  wd_pg_params_text_array (change, addresses, items->len);
  wd_pg_params_text_array (change, flags, items->len);
  wd_pg_params_text (change, runner->run_id);
  wd_pg_audit_add_actor (change, self);
}

static void
read_refusals (WdPgResult *left, GPtrArray *refusals)
{
  for (guint row = 0; row < wd_pg_result_get_rows (left); row++)
    {
      const char *address = wd_pg_result_text (left, row, 0);
      GError *reason;

      if (wd_pg_result_bool (left, row, 1))
        reason = g_error_new_literal (WD_ERROR, WD_ERROR_NOT_FOUND, _("Wallet not found"));
      else if (wd_pg_result_bool (left, row, 2))
        reason = g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                      _("Somebody changed it since the preview: it was left as it "
                                        "is now"));
      else
        reason = g_error_new_literal (WD_ERROR, WD_ERROR_PERMISSION,
                                      _("Not changed: row security hides it from this role, or a "
                                        "trigger keeps it as it is"));
      g_ptr_array_add (refusals, wd_refusal_new (address, reason));
    }
}

/**
 * wd_pg_bulk_set_flags:
 * @self: a connection to a migrated database
 * @runner: who runs a bulk run that sets flags
 * @items: (element-type WdBulkItem): which wallets, as they were
 * @refusals: (element-type WdRefusal): gets those that were not set, and why
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME; %WD_ERROR_BUSY where somebody has
 *   taken the run over or a wallet is locked for long
 *
 * The others are marked as done in the transaction that sets them. Worker.
 */
gboolean
wd_pg_bulk_set_flags (WdPgConnection *self, const WdPgBulkRunner *runner, GPtrArray *items,
                      GPtrArray *refusals, gint64 deadline, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) lock = wd_pg_params_new ();
  g_autoptr (WdPgParams) change = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *xid = NULL;

  if (columns == NULL || !require (columns, runner->run->request, error)
      || !wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  sql = make_sql (columns, runner->run->request);
  make_params (self, runner, items, lock, change);
  results = wd_pg_bulk_hold (self, runner,
                             (WdPgStatement[]) { { SQL_LOCK, lock }, { sql, change } }, 2, deadline,
                             cancellable, error);
  if (results == NULL)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  if (!wd_pg_write_commit (self, xid, deadline, error))
    return FALSE;
  read_refusals (results->pdata[1], refusals);
  return TRUE;
}
