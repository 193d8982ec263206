/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets in trouble, as SQL. Nobody can look at every wallet's jobs each time, so each kind begins
 * with few candidates that an index gives: the failed jobs of late, the wallets with a flag, the
 * deposits of late. What is listed, counted and said of one wallet comes from the same statements,
 * so they cannot disagree. */

#include "postgres/wd-pg-wallet-trouble.h"

#include "postgres/wd-pg-error-group.h"
#include "postgres/wd-pg-wallet-query.h"

/* How many jobs of late are looked at, of each type. */
#define FAILED_JOBS  "5000"
#define DEPOSIT_JOBS "10000"

static gboolean
has (const WdPgColumns *columns, WdPgTable table, const char *name)
{
  return wd_pg_columns_find (columns, table, name) != NULL;
}

static gboolean
has_jobs (const WdPgColumns *columns)
{
  return has (columns, WD_PG_JOB_LOGS, "wallet_address")
         && has (columns, WD_PG_JOB_LOGS, "created_at")
         && has (columns, WD_PG_JOB_LOGS, "id");
}

static guint
add_seconds (WdPgParams *params, gint64 seconds)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " seconds", seconds);

  return wd_pg_params_text (params, text);
}

/* The newest failed jobs, of each type for itself: one that fails all the time must not hide the
 * others. Each type is found from the one before; without the index for that a type cannot be told
 * from the others but by reading them all. */
static const char *
newest_failed (const WdPgColumns *columns)
{
  if (!wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, "status,job_type,created_at,id"))
    return "SELECT j.wallet_address, j.job_type FROM public.job_logs AS j"
           " WHERE j.status = 'failed' ORDER BY j.created_at DESC, j.id DESC LIMIT " FAILED_JOBS;
  return "WITH RECURSIVE kind AS ("
         "(SELECT j.job_type FROM public.job_logs AS j WHERE j.status = 'failed'"
         " ORDER BY j.job_type LIMIT 1)"
         " UNION ALL SELECT (SELECT j.job_type FROM public.job_logs AS j"
         " WHERE j.status = 'failed' AND j.job_type > k.job_type ORDER BY j.job_type LIMIT 1)"
         " FROM kind AS k WHERE k.job_type IS NOT NULL"
         ") SELECT l.wallet_address, l.job_type FROM kind AS k CROSS JOIN LATERAL ("
         "SELECT j.wallet_address, j.job_type FROM public.job_logs AS j"
         " WHERE j.status = 'failed' AND j.job_type = k.job_type"
         " ORDER BY j.created_at DESC, j.id DESC LIMIT " FAILED_JOBS ") AS l";
}

/* A wallet in whose last so many jobs of a type, as they were made, nothing else happened. */
static char *
failures_rows (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *group = wd_pg_error_group_expression ("l.message");
  const char *message = has (columns, WD_PG_JOB_LOGS, "error_message")
                          ? "coalesce(j.error_message::text, '')" : "''::text";
  const char *ended = has (columns, WD_PG_JOB_LOGS, "completed_at")
                        ? "coalesce(j.completed_at, j.created_at)" : "j.created_at";
  guint n;

  if (!has_jobs (columns))
    return NULL;
  n = wd_pg_params_int (params, columns->limits.failures);
  return g_strdup_printf (
    "SELECT r.address, min(r.since) AS since FROM ("
    "SELECT f.address, min(f.at) AS since FROM ("
    "SELECT c.address, c.job_type, l.status, l.at,"
    " CASE WHEN l.status = 'failed' THEN %s END AS name FROM ("
    "SELECT n.wallet_address AS address, n.job_type FROM (%s) AS n"
    " WHERE n.wallet_address IS NOT NULL GROUP BY 1, 2 HAVING count(*) >= $%u::bigint) AS c"
    " CROSS JOIN LATERAL (SELECT j.status::text AS status, %s AS message, %s AS at"
    " FROM public.job_logs AS j WHERE j.wallet_address = c.address AND j.job_type = c.job_type"
    " AND j.status IN ('completed', 'failed') ORDER BY j.created_at DESC, j.id DESC"
    " LIMIT $%u::bigint) AS l"
    ") AS f GROUP BY f.address, f.job_type HAVING count(*) = $%u::bigint"
    " AND bool_and(f.status = 'failed') AND count(DISTINCT f.name) = 1"
    ") AS r GROUP BY r.address",
    group, newest_failed (columns), n, message, ended, n, n);
}

/* Since when a flag is set: it changed then, or it was set with its wallet, or it was there when
 * this began to be kept and the wallet has not been touched since. */
static char *
flag_since (const WdPgColumns *columns)
{
  const char *made = has (columns, WD_PG_USER_WALLETS, "created_at") ? "w.created_at" : "NULL";
  const char *touched = has (columns, WD_PG_USER_WALLETS, "updated_at") ? "w.updated_at" : "NULL";

  if (!columns->flag_times)
    return g_strdup_printf ("coalesce(%s, %s)::timestamptz", touched, made);
  return g_strdup_printf (
    "greatest(%s, coalesce(f.since, least((SELECT m.since FROM worker_dashboard.wallet_flag AS m"
    " WHERE m.address = '' AND m.flag = ''), %s)))::timestamptz", made, touched);
}

/* A job that nobody has taken for as long as a flag may be set serves it as little as none, unless
 * it was told to wait again since. Whoever polls the rows sees it here alone. */
static char *
waits_lately (const WdPgColumns *columns, guint age)
{
  if (!has (columns, WD_PG_JOB_LOGS, "updated_at"))
    return g_strdup ("FALSE");
  return g_strdup_printf ("j.updated_at > now() - $%u::interval", age);
}

static char *
one_flag_rows (const WdPgColumns *columns, const char *flag, const char *job_type, guint age)
{
  g_autofree char *since = flag_since (columns);
  g_autofree char *waits = waits_lately (columns, age);
  g_autofree char *kept = NULL;

  if (!has (columns, WD_PG_USER_WALLETS, flag))
    return NULL;
  kept = columns->flag_times
           ? g_strdup_printf (" LEFT JOIN worker_dashboard.wallet_flag AS f"
                              " ON f.address = w.address AND f.flag = '%s'", flag)
           : g_strdup ("");
  return g_strdup_printf (
    "SELECT w.address, %s AS since FROM public.user_wallets AS w%s"
    " WHERE w.%s AND %s < now() - $%u::interval"
    " AND NOT EXISTS (SELECT FROM public.job_logs AS j WHERE j.wallet_address = w.address"
    " AND j.job_type = '%s' AND j.status IN ('pending', 'active', 'processing', 'retrying')"
    " AND (j.status <> 'pending' OR %s))"
    " AND NOT EXISTS (SELECT FROM public.job_logs AS j WHERE j.wallet_address = w.address"
    " AND j.job_type = '%s' AND j.created_at > now() - $%u::interval)",
    since, kept, flag, since, age, job_type, waits, job_type, age);
}

static char *
flag_rows (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *gas = NULL, *consolidation = NULL;
  guint age;

  if (!has_jobs (columns) || (!has (columns, WD_PG_USER_WALLETS, "needs_gas")
                              && !has (columns, WD_PG_USER_WALLETS, "needs_consolidation")))
    return NULL;
  age = add_seconds (params, columns->limits.flag);
  gas = one_flag_rows (columns, "needs_gas", "gas-topup", age);
  consolidation = one_flag_rows (columns, "needs_consolidation", "consolidation", age);
  if (gas == NULL || consolidation == NULL)
    return g_strdup (gas != NULL ? gas : consolidation);
  return g_strdup_printf ("SELECT b.address, min(b.since) AS since FROM (%s UNION ALL %s) AS b"
                          " GROUP BY b.address", gas, consolidation);
}

/* Of a wallet that never was, since it is there. */
static char *
sync_since (const WdPgColumns *columns)
{
  const char *made = has (columns, WD_PG_USER_WALLETS, "created_at") ? "w.created_at" : "NULL";

  if (has (columns, WD_PG_USER_WALLETS, "last_sync_at"))
    return g_strdup_printf ("coalesce(w.last_sync_at, %s)", made);
  if (has (columns, WD_PG_USER_WALLETS, "last_sync"))
    return g_strdup_printf ("coalesce(w.last_sync, %s)", made);
  return NULL;
}

static char *
sync_condition (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *since = sync_since (columns);

  if (since == NULL)
    return NULL;
  return g_strdup_printf ("%s < now() - $%u::interval", since,
                          add_seconds (params, columns->limits.sync));
}

static char *
sync_rows (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *since = sync_since (columns);
  g_autofree char *condition = sync_condition (columns, params);

  if (condition == NULL)
    return NULL;
  return g_strdup_printf ("SELECT w.address, %s AS since FROM public.user_wallets AS w WHERE %s",
                          since, condition);
}

/* OFFSET 0 keeps the planner from reading both tables whole to join them: a look at an index for
 * each of the few candidates costs a tenth of that. */
static char *
deposit_rows (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *balance = wd_pg_wallet_query_balance (columns);
  g_autofree char *waits = NULL;
  guint age;

  if (!has_jobs (columns))
    return NULL;
  age = add_seconds (params, columns->limits.deposit);
  waits = g_strdup_printf (
    "(%s OR %s > 0)",
    has (columns, WD_PG_USER_WALLETS, "needs_consolidation") ? "w.needs_consolidation" : "FALSE",
    balance != NULL ? balance : "0");
  return g_strdup_printf (
    "SELECT d.address, d.since FROM ("
    "SELECT n.address, max(n.created_at) AS since FROM ("
    "SELECT j.wallet_address AS address, j.created_at FROM public.job_logs AS j"
    " WHERE j.status = 'completed' AND j.job_type = 'deposit-detection'"
    " AND j.created_at < now() - $%u::interval"
    " ORDER BY j.created_at DESC, j.id DESC LIMIT " DEPOSIT_JOBS ") AS n"
    " WHERE n.address IS NOT NULL GROUP BY n.address) AS d"
    " WHERE NOT EXISTS (SELECT FROM public.job_logs AS j WHERE j.wallet_address = d.address"
    " AND j.job_type = 'consolidation' AND j.created_at > d.since"
    " AND j.status NOT IN ('failed', 'cancelled') OFFSET 0)"
    " AND EXISTS (SELECT FROM public.user_wallets AS w WHERE w.address = d.address AND %s"
    " OFFSET 0)",
    age, waits);
}

/* A flag that was cleared since, and set again, was not served yet. */
static char *
uncleared_rows (const WdPgColumns *columns)
{
  if (!columns->flag_times || !columns->flags_served
      || !has (columns, WD_PG_USER_WALLETS, "needs_gas")
      || !has (columns, WD_PG_USER_WALLETS, "needs_consolidation"))
    return NULL;
  return g_strdup (
    "SELECT s.address, min(s.stopped_at) AS since FROM worker_dashboard.flag_served AS s"
    " WHERE s.stopped_at IS NOT NULL"
    " AND EXISTS (SELECT FROM public.user_wallets AS w WHERE w.address = s.address"
    " AND CASE s.flag WHEN 'needs_gas' THEN w.needs_gas ELSE w.needs_consolidation END)"
    " AND NOT EXISTS (SELECT FROM worker_dashboard.wallet_flag AS f WHERE f.address = s.address"
    " AND f.flag = s.flag AND f.since > s.stopped_at) GROUP BY s.address");
}

/**
 * wd_pg_wallet_trouble_rows:
 * @columns: what the database has
 * @kind: which trouble
 * @params: values are added to them
 *
 * Returns: (transfer full) (nullable): SQL of the wallets that have it, `address` and `since`, each
 *   once; %NULL where the tables do not tell
 */
char *
wd_pg_wallet_trouble_rows (const WdPgColumns *columns, WdWalletTrouble kind, WdPgParams *params)
{
  switch (kind)
    {
    case WD_WALLET_TROUBLE_FAILURES:
      return failures_rows (columns, params);
    case WD_WALLET_TROUBLE_FLAG:
      return flag_rows (columns, params);
    case WD_WALLET_TROUBLE_SYNC:
      return sync_rows (columns, params);
    case WD_WALLET_TROUBLE_DEPOSIT:
      return deposit_rows (columns, params);
    case WD_WALLET_TROUBLE_UNCLEARED:
      return uncleared_rows (columns);
    case WD_N_WALLET_TROUBLES:
      break;
    }
  g_return_val_if_reached (NULL);
}

/* All kinds in one, each row with which it is. */
static char *
all_rows (const WdPgColumns *columns, const char *further, WdPgParams *params)
{
  GString *sql = g_string_new (NULL);

  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    {
      g_autofree char *rows = wd_pg_wallet_trouble_rows (columns, kind, params);

      if (rows != NULL)
        g_string_append_printf (sql, "%s(SELECT %d AS kind, k.address, k.since FROM (%s) AS k%s)",
                                sql->len > 0 ? " UNION ALL " : "", kind, rows, further);
    }
  if (sql->len == 0)
    g_string_append (sql, "SELECT 0 AS kind, NULL::text AS address, NULL::timestamptz AS since"
                          " WHERE FALSE");
  return g_string_free (sql, FALSE);
}

/**
 * wd_pg_wallet_trouble_condition:
 * @columns: what the database has
 * @word: one of wd_wallet_trouble_words(); no other word is a trouble
 * @params: values are added to them
 *
 * Returns: (transfer full): SQL of whether a row of `user_wallets AS w` is in that trouble
 */
char *
wd_pg_wallet_trouble_condition (const WdPgColumns *columns, const char *word, WdPgParams *params)
{
  g_autofree char *rows = NULL;

  if (g_strcmp0 (word, WD_WALLET_TROUBLE_ANY) == 0)
    rows = all_rows (columns, "", params);
  else if (g_strcmp0 (word, wd_wallet_trouble_word (WD_WALLET_TROUBLE_SYNC)) == 0)
    {
      char *condition = sync_condition (columns, params);

      return condition != NULL ? condition : g_strdup ("FALSE");
    }
  for (int kind = 0; rows == NULL && kind < WD_N_WALLET_TROUBLES; kind++)
    if (g_strcmp0 (word, wd_wallet_trouble_word (kind)) == 0)
      rows = wd_pg_wallet_trouble_rows (columns, kind, params);
  if (rows == NULL)
    return g_strdup ("FALSE");
  return g_strdup_printf ("w.address IN (SELECT t.address FROM (%s) AS t)", rows);
}

/**
 * wd_pg_wallet_trouble_count:
 * @columns: what the database has
 * @params: values are added to them
 *
 * Returns: (transfer full): SQL of how many wallets are in each trouble, and in any (-1), and since
 *   when the first of them: `kind`, `n`, `since`. More than %WD_WALLET_TROUBLE_MOST are not
 *   counted
 */
char *
wd_pg_wallet_trouble_count (const WdPgColumns *columns, WdPgParams *params)
{
  g_autofree char *most = g_strdup_printf (" LIMIT %d", WD_WALLET_TROUBLE_MOST + 1);
  g_autofree char *rows = all_rows (columns, most, params);

  return g_strdup_printf ("WITH t AS MATERIALIZED (%s) SELECT kind, count(*), min(since) FROM t"
                          " GROUP BY kind UNION ALL SELECT -1, count(DISTINCT address), min(since)"
                          " FROM t", rows);
}

/**
 * wd_pg_wallet_trouble_of:
 * @columns: what the database has
 * @address: of a wallet
 * @params: values are added to them
 *
 * Returns: (transfer full): SQL of the troubles it is in: `kind`, `since`
 */
char *
wd_pg_wallet_trouble_of (const WdPgColumns *columns, const char *address, WdPgParams *params)
{
  guint place = wd_pg_params_text (params, address);
  g_autofree char *only = g_strdup_printf (" WHERE k.address = $%u::text", place);
  g_autofree char *rows = all_rows (columns, only, params);

  /* Tables that tell of no trouble leave nothing to compare the address with. */
  return g_strdup_printf ("SELECT kind, since FROM (%s) AS t WHERE $%u::text IS NOT NULL"
                          " ORDER BY kind", rows, place);
}
