/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets with a flag, and what was made of it.
 *
 * They are looked at without a lock, a page at a time, by the index of those that have the flag. A
 * job is made only after a second look at the same facts: in its transaction, which has the turn
 * (no other service is at it) and the wallets' rows (nobody is changing a flag). */

#include "postgres/wd-pg-flagged.h"

#include "base/wd-fault.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

/* Any number that nobody else uses: it stands for the right to make jobs for flags. */
#define SQL_TURN "SELECT pg_catalog.pg_try_advisory_xact_lock (7383111826402723)"

#define SQL_PAGE                                                                          \
  "SELECT DISTINCT u.address::text AS address FROM public.user_wallets AS u "             \
  "WHERE u.%s AND u.address > $4::text ORDER BY 1 LIMIT $5::bigint"

#define SQL_NAMED "SELECT unnest ($4::text[]) AS address"

/* Of some wallets ('c'): $1 is the flag, $2 the type of its jobs, $3 how far back other jobs
 * matter. An address may be that of several rows. LIMIT 1 and OFFSET 0 keep the planner from
 * reading whole tables to join them. The jobs are looked for as only the index by wallet serves:
 * one by type would bring those of all wallets. */
#define SQL_FACTS                                                                         \
  "SELECT c.address, w.is_set, w.needs_gas, f.since, s.since, s.served_at, s.ended_at, "  \
  "s.job_log_id::text, "                                                                  \
  "CASE WHEN s.day = (now() AT TIME ZONE 'UTC')::date THEN s.n ELSE 0 END, s.stopped_at, " \
  "EXISTS (SELECT FROM public.job_logs AS j WHERE j.job_type = $2::text "                 \
  "AND j.wallet_address = c.address AND j." WD_PG_JOB_UNDER_WAY " OFFSET 0), "            \
  "l.made, l.ended, clock_timestamp() FROM (%s) AS c "                                    \
  "CROSS JOIN LATERAL (SELECT bool_or (u.%s) AS is_set, bool_or (u.needs_gas) "           \
  "OR EXISTS (SELECT FROM public.job_logs AS j WHERE j.job_type = 'gas-topup' "           \
  "AND j.wallet_address = c.address AND j." WD_PG_JOB_UNDER_WAY " OFFSET 0) AS needs_gas " \
  "FROM public.user_wallets AS u WHERE u.address = c.address) AS w "                      \
  "LEFT JOIN LATERAL (SELECT * FROM worker_dashboard.wallet_flag AS t "                   \
  "WHERE t.address = c.address AND t.flag = $1::text LIMIT 1) AS f ON TRUE "              \
  "LEFT JOIN LATERAL (SELECT * FROM worker_dashboard.flag_served AS t "                   \
  "WHERE t.address = c.address AND t.flag = $1::text LIMIT 1) AS s ON TRUE "              \
  "CROSS JOIN LATERAL (SELECT max (j.created_at) AS made, max (j.completed_at) AS ended " \
  "FROM public.job_logs AS j WHERE j.wallet_address = c.address "                         \
  "AND (j.wallet_address, j.created_at) >= (c.address, now() - $3::interval) "            \
  "AND j.job_type IS NOT DISTINCT FROM $2::text) AS l ORDER BY c.address"

#define SQL_ROOM                                                                          \
  "SELECT count(*) FROM (SELECT FROM worker_dashboard.flag_served AS s "                  \
  "WHERE s.flag = $1::text AND s.served_at > statement_timestamp() - interval '1 minute' " \
  "LIMIT $2::bigint) AS r"

#define SQL_SERVED                                                                        \
  "INSERT INTO worker_dashboard.flag_served AS s "                                        \
  "(address, flag, job_log_id, since, served_at, day, n) "                                \
  "SELECT t.address, $1::text, t.job::uuid, "                                             \
  "(SELECT f.since FROM worker_dashboard.wallet_flag AS f "                               \
  "WHERE f.address = t.address AND f.flag = $1::text), clock_timestamp(), "               \
  "(now() AT TIME ZONE 'UTC')::date, 1 FROM unnest ($2::text[], $3::text[]) AS t (address, job) " \
  "ON CONFLICT (address, flag) DO UPDATE SET job_log_id = excluded.job_log_id, "          \
  "since = excluded.since, served_at = excluded.served_at, ended_at = NULL, "             \
  "n = CASE WHEN s.day = excluded.day THEN s.n + 1 ELSE 1 END, day = excluded.day, "      \
  "stopped_at = NULL"

#define SQL_NOTE                                                                          \
  "UPDATE worker_dashboard.flag_served AS s SET %s = clock_timestamp() "                  \
  "FROM unnest ($2::text[], $3::text[]) AS t (address, job) "                             \
  "WHERE s.flag = $1::text AND s.address = t.address AND s.job_log_id = t.job::uuid"

/* Jobs that run for longer are under way, and those that ended long ago do not matter. */
#define LONGEST_RUN_SECONDS (24 * 3600)

static WdPgParams *
facts_params (const WdPgFlagTurn *turn)
{
  gint64 seconds = turn->policy->cool_down / G_USEC_PER_SEC + LONGEST_RUN_SECONDS;
  g_autofree char *span = g_strdup_printf ("%" G_GINT64_FORMAT " seconds", seconds);
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, wd_flag_column (turn->flag));
  wd_pg_params_text (params, wd_flag_job_type (turn->flag));
  wd_pg_params_text (params, span);
  return params;
}

static char *
facts_sql (const WdPgFlagTurn *turn, const char *wallets)
{
  return g_strdup_printf (SQL_FACTS, wallets, wd_flag_column (turn->flag));
}

static WdPgParams *
room_params (const WdPgFlagTurn *turn)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, wd_flag_column (turn->flag));
  wd_pg_params_int (params, turn->policy->per_minute);
  return params;
}

static guint
read_room (const WdPgFlagTurn *turn, WdPgResult *result)
{
  gint64 n = wd_pg_result_int (result, 0, 0);

  return turn->policy->per_minute - (guint) MIN (n, (gint64) turn->policy->per_minute);
}

static GPtrArray *
read_facts (WdPgResult *rows)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_flag_facts_free);

  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdFlagFacts *facts = wd_flag_facts_new (wd_pg_result_text (rows, i, 0));

      facts->is_set = wd_pg_result_bool (rows, i, 1);
      facts->needs_gas = wd_pg_result_bool (rows, i, 2);
      facts->since = wd_pg_result_time (rows, i, 3);
      facts->served_since = wd_pg_result_time (rows, i, 4);
      facts->served_at = wd_pg_result_time (rows, i, 5);
      facts->ended_at = wd_pg_result_time (rows, i, 6);
      facts->served_job = g_strdup (wd_pg_result_text (rows, i, 7));
      facts->n_today = (guint) wd_pg_result_int (rows, i, 8);
      facts->stopped_at = wd_pg_result_time (rows, i, 9);
      facts->under_way = wd_pg_result_bool (rows, i, 10);
      facts->last_made = wd_pg_result_time (rows, i, 11);
      facts->last_ended = wd_pg_result_time (rows, i, 12);
      facts->now = wd_pg_result_time (rows, i, 13);
      g_ptr_array_add (all, facts);
    }
  return all;
}

/**
 * wd_pg_flagged_list:
 * @connection: a connection to a migrated database
 * @turn: which flag, and how many jobs there may be
 * @after: (nullable): the last wallet of the page before
 * @limit: wallets at most
 * @room: (out): how many more jobs may be made this minute
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdFlagFacts): wallets with the flag, in the order of
 *   their addresses. Worker.
 */
GPtrArray *
wd_pg_flagged_list (WdPgConnection *connection, const WdPgFlagTurn *turn, const char *after,
                    guint limit, guint *room, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WdPgParams) params = facts_params (turn);
  g_autoptr (WdPgParams) of_room = room_params (turn);
  g_autofree char *page = g_strdup_printf (SQL_PAGE, wd_flag_column (turn->flag));
  g_autofree char *sql = facts_sql (turn, page);
  g_autoptr (GPtrArray) results = NULL;

  wd_pg_params_text (params, after != NULL ? after : "");
  wd_pg_params_int (params, limit);
  results = wd_pg_connection_query_many (connection,
                                         (WdPgStatement[]) { { sql, params },
                                                             { SQL_ROOM, of_room } },
                                         2, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  *room = read_room (turn, results->pdata[1]);
  return read_facts (results->pdata[0]);
}

/* Whoever has it looks rows up by their keys until the transaction ends. */
static gboolean
take_turn (WdPgConnection *connection, WdPgFlagTurn *turn, gint64 deadline,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results
      = wd_pg_connection_query_many (connection,
                                     (WdPgStatement[]) { { SQL_TURN, NULL },
                                                         { WD_PG_WRITE_BY_KEYS, NULL } },
                                     2, deadline, cancellable, error);

  turn->taken = results != NULL && wd_pg_result_bool (results->pdata[0], 0, 0);
  return results != NULL;
}

/**
 * wd_pg_flagged_hold:
 * @connection: a connection inside a transaction that writes
 * @turn: which flag; whether the turn could be had is noted there
 * @lock: locks the wallets
 * @guard: finds their jobs that are under way
 * @addresses: (array length=n_addresses): of those wallets, each once
 * @n_addresses: how many
 * @due: (element-type utf8): a set that gets those whose flag is to be served now
 * @room: (out): for how many of them a job may be made this minute
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdPgResult): the answers to @lock and @guard; empty where
 *   somebody else has the turn
 */
GPtrArray *
wd_pg_flagged_hold (WdPgConnection *connection, WdPgFlagTurn *turn, const WdPgStatement *lock,
                    const WdPgStatement *guard, const char *const *addresses, gsize n_addresses,
                    GHashTable *due, guint *room, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WdPgParams) params = facts_params (turn);
  g_autoptr (WdPgParams) of_room = room_params (turn);
  g_autofree char *sql = facts_sql (turn, SQL_NAMED);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) results = NULL;

  *room = 0;
  wd_fault_point ("flags:before-turn");
  if (!take_turn (connection, turn, deadline, cancellable, error))
    return NULL;
  if (!turn->taken)
    return g_ptr_array_new ();
  wd_pg_params_text_array (params, addresses, n_addresses);
  results = wd_pg_connection_query_many (connection,
                                         (WdPgStatement[]) { *lock, *guard, { sql, params },
                                                             { SQL_ROOM, of_room } },
                                         4, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  facts = read_facts (results->pdata[2]);
  *room = read_room (turn, results->pdata[3]);
  for (guint i = 0; i < facts->len; i++)
    {
      WdFlagFacts *one = facts->pdata[i];

      if (wd_flag_rule (turn->flag, one, turn->policy) == WD_FLAG_DUE)
        g_hash_table_add (due, g_strdup (one->address));
    }
  return g_steal_pointer (&results);
}

static WdPgParams *
pair_params (const WdPgFlagTurn *turn, GPtrArray *addresses, GPtrArray *jobs)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, wd_flag_column (turn->flag));
  wd_pg_params_text_array (params, (const char *const *) addresses->pdata, addresses->len);
  wd_pg_params_text_array (params, (const char *const *) jobs->pdata, jobs->len);
  return params;
}

/**
 * wd_pg_flagged_served:
 * @turn: which flag
 * @addresses: (element-type utf8): of wallets
 * @jobs: (element-type utf8): beside them: the UUIDs of their new jobs
 *
 * Returns: a statement for the transaction that makes them; its params are the caller's to free
 */
WdPgStatement
wd_pg_flagged_served (const WdPgFlagTurn *turn, GPtrArray *addresses, GPtrArray *jobs)
{
  return (WdPgStatement) { SQL_SERVED, pair_params (turn, addresses, jobs) };
}

/**
 * wd_pg_flagged_note:
 * @connection: a connection to a migrated database
 * @turn: which flag; whether the turn could be had is noted there
 * @ended: flags whose job has ended
 * @stopped: flags for which no more jobs are made
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: in #WD_ERROR
 *
 * Notes that it is so since now. What it tells of a job that is not the last any more is left out.
 * Worker.
 */
gboolean
wd_pg_flagged_note (WdPgConnection *connection, WdPgFlagTurn *turn, const WdPgFlagNote *ended,
                    const WdPgFlagNote *stopped, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WdPgParams) of_ended = pair_params (turn, ended->addresses, ended->jobs);
  g_autoptr (WdPgParams) of_stopped = pair_params (turn, stopped->addresses, stopped->jobs);
  g_autofree char *ended_sql = g_strdup_printf (SQL_NOTE " AND s.ended_at IS NULL", "ended_at");
  g_autofree char *stopped_sql = g_strdup_printf (SQL_NOTE, "stopped_at");
  g_autofree char *xid = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (!wd_pg_write_begin (connection, &xid, deadline, cancellable, error))
    return FALSE;
  if (!take_turn (connection, turn, deadline, cancellable, error))
    {
      wd_pg_write_abort (connection, error);
      return FALSE;
    }
  if (!turn->taken)
    {
      wd_pg_connection_rollback (connection);
      return TRUE;
    }
  results = wd_pg_connection_query_many (connection,
                                         (WdPgStatement[]) { { ended_sql, of_ended },
                                                             { stopped_sql, of_stopped } },
                                         2, deadline, cancellable, error);
  if (results == NULL)
    {
      wd_pg_write_abort (connection, error);
      return FALSE;
    }
  return wd_pg_write_commit (connection, xid, deadline, error);
}
