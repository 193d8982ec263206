/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Totals that the counts answer exactly, at any size of the tables. Counts by the time of creation
 * are kept by the quarter hour and by the day (UTC); a range whose ends lie on quarter hours is the
 * days inside it, and the quarters before the first and after the last of them. */

#include "postgres/wd-pg-count-query.h"

#include "postgres/wd-pg-job-query.h"

#define QUARTER (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)
#define DAY     (96 * QUARTER)

static void
add_words (GString *where, WdPgParams *params, const char *column, char **words)
{
  if (words == NULL || *words == NULL)
    return;
  g_string_append_printf (where, "%s%s = ANY ($%u::text[])", where->len > 0 ? " AND " : "", column,
                          wd_pg_params_text_array (params, (const char *const *) words,
                                                   g_strv_length (words)));
}

static gint64
floor_to (WdTime time, gint64 step)
{
  gint64 rest = time % step;

  return time - (rest < 0 ? rest + step : rest);
}

static void
add_steps (GString *steps, WdPgParams *params, int span, WdTime from, WdTime to)
{
  g_string_append_printf (steps, "%s(span = %d", steps->len > 0 ? " OR " : "", span);
  if (from != WD_TIME_NONE)
    g_string_append_printf (steps, " AND since >= $%u", wd_pg_params_time (params, from));
  if (to != WD_TIME_NONE)
    g_string_append_printf (steps, " AND since < $%u", wd_pg_params_time (params, to));
  g_string_append_c (steps, ')');
}

/* The steps that make up [from, to); @to may be WD_TIME_NONE, which is endless. */
static char *
steps_between (WdPgParams *params, WdTime from, WdTime to)
{
  GString *steps = g_string_new (NULL);
  WdTime first_day = floor_to (from + DAY - 1, DAY);
  WdTime last_day = to != WD_TIME_NONE ? floor_to (to, DAY) : WD_TIME_NONE;

  if (to != WD_TIME_NONE && first_day >= last_day)
    {
      add_steps (steps, params, 15, from, to);
      return g_string_free (steps, FALSE);
    }
  if (from < first_day)
    add_steps (steps, params, 15, from, first_day);
  add_steps (steps, params, 1440, first_day, last_day);
  if (to > last_day)
    add_steps (steps, params, 15, last_day, to);
  return g_string_free (steps, FALSE);
}

/* Rows without a time are counted together with those at -infinity: a range open to the past
 * could not tell them apart. */
static gboolean
has_countable_range (const WdJobFilter *filter)
{
  if (filter->from == WD_TIME_NONE)
    return filter->to == WD_TIME_NONE;
  if (!wd_time_is_finite (filter->from) || filter->from % QUARTER != 0
      || ABS (filter->from / DAY) > 3000000)
    return FALSE;
  return filter->to == WD_TIME_NONE
         || (wd_time_is_finite (filter->to) && ABS (filter->to / DAY) < 3000000
             && (filter->to + 1) % QUARTER == 0);
}

/* Whether it asks for nothing but what the counts are kept by. */
static gboolean
is_countable (const WdJobFilter *filter)
{
  g_autoptr (WdJobFilter) rest = wd_job_filter_copy (filter);

  g_clear_pointer (&rest->statuses, g_strfreev);
  g_clear_pointer (&rest->types, g_strfreev);
  g_clear_pointer (&rest->triggers, g_strfreev);
  rest->from = rest->to = WD_TIME_NONE;
  return wd_job_filter_is_empty (rest);
}

/**
 * wd_pg_count_query_jobs:
 * @columns: what the database has
 * @filter: which jobs
 * @params: (out) (transfer full) (nullable): the values
 *
 * Returns: (transfer full) (nullable): SQL that gives the exact total from the counts, or %NULL
 *   where they cannot answer
 */
char *
wd_pg_count_query_jobs (const WdPgColumns *columns, const WdJobFilter *filter, WdPgParams **params)
{
  g_autoptr (GString) where = g_string_new (NULL);
  g_autofree char *steps = NULL;
  g_auto (GStrv) statuses = NULL;

  *params = NULL;
  if (!columns->counts || !is_countable (filter) || !has_countable_range (filter))
    return NULL;

  *params = wd_pg_params_new ();
  statuses = wd_pg_job_query_statuses (filter->statuses);
  add_words (where, *params, "status", statuses);
  add_words (where, *params, "job_type", filter->types);
  add_words (where, *params, "triggered_by", filter->triggers);
  if (filter->from != WD_TIME_NONE)
    {
      steps = steps_between (*params, filter->from,
                             filter->to != WD_TIME_NONE ? filter->to + 1 : WD_TIME_NONE);
      g_string_append_printf (where, "%s(%s)", where->len > 0 ? " AND " : "", steps);
    }
  return g_strdup_printf ("SELECT coalesce(sum(n), 0)::bigint FROM worker_dashboard.%s%s%s",
                          steps != NULL ? "jobs_created" : "job_totals",
                          where->len > 0 ? " WHERE " : "", where->str);
}

static void
add_flag (GString *where, const char *name, WdTristate wanted)
{
  if (wanted != WD_TRISTATE_UNSET)
    g_string_append_printf (where, "%s%s%s", where->len > 0 ? " AND " : "",
                            wanted == WD_TRISTATE_TRUE ? "" : "NOT ", name);
}

/**
 * wd_pg_count_query_wallets:
 * @columns: what the database has
 * @filter: which wallets
 * @params: (out) (transfer full) (nullable): the values
 *
 * Returns: (transfer full) (nullable): as wd_pg_count_query_jobs()
 */
char *
wd_pg_count_query_wallets (const WdPgColumns *columns, const WdWalletFilter *filter,
                           WdPgParams **params)
{
  g_autoptr (WdWalletFilter) rest = wd_wallet_filter_copy (filter);
  g_autoptr (GString) where = g_string_new (NULL);

  *params = NULL;
  g_clear_pointer (&rest->networks, g_strfreev);
  rest->needs_gas = rest->needs_consolidation = WD_TRISTATE_UNSET;
  if (!columns->counts || !wd_wallet_filter_is_empty (rest))
    return NULL;

  *params = wd_pg_params_new ();
  add_flag (where, "needs_gas", filter->needs_gas);
  add_flag (where, "needs_consolidation", filter->needs_consolidation);
  add_words (where, *params, "network", filter->networks);
  return g_strdup_printf ("SELECT coalesce(sum(n), 0)::bigint FROM worker_dashboard.wallet_totals"
                          "%s%s", where->len > 0 ? " WHERE " : "", where->str);
}
