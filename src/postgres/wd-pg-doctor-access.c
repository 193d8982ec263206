/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-doctor-private.h"

#include <glib/gi18n-lib.h>

/* What the role lacks, as the statements that would give it. Tables that do not exist are the
 * schema's matter. $1: whether it also writes. */
static const char missing_grants_sql[] =
  "WITH wanted (schema, relation, privilege, writes) AS (VALUES"
  " ('public', 'job_logs', 'SELECT', false), ('public', 'job_logs', 'INSERT', true),"
  " ('public', 'job_logs', 'UPDATE', true), ('public', 'user_wallets', 'SELECT', false),"
  " ('public', 'user_wallets', 'UPDATE', true),"
  " ('worker_dashboard', 'migration', 'SELECT', false),"
  " ('worker_dashboard', 'setting', 'SELECT', false),"
  " ('worker_dashboard', 'setting', 'INSERT', true),"
  " ('worker_dashboard', 'setting', 'UPDATE', true),"
  " ('worker_dashboard', 'outbox', 'SELECT', false),"
  " ('worker_dashboard', 'outbox', 'INSERT', true),"
  " ('worker_dashboard', 'outbox', 'UPDATE', true),"
  " ('worker_dashboard', 'outbox', 'DELETE', true),"
  " ('worker_dashboard', 'audit', 'SELECT', false),"
  " ('worker_dashboard', 'audit', 'INSERT', true),"
  " ('worker_dashboard', 'job_totals', 'SELECT', false),"
  " ('worker_dashboard', 'jobs_created', 'SELECT', false),"
  " ('worker_dashboard', 'jobs_finished', 'SELECT', false),"
  " ('worker_dashboard', 'duration_count', 'SELECT', false),"
  " ('worker_dashboard', 'job_delta', 'SELECT', false),"
  " ('worker_dashboard', 'wallet_totals', 'SELECT', false),"
  " ('worker_dashboard', 'changes', 'SELECT', false),"
  " ('worker_dashboard', 'missed', 'SELECT', false)"
  "), lacking AS ("
  " SELECT format('GRANT %s ON %I.%I TO %I;', string_agg(w.privilege, ', '"
  "  ORDER BY w.writes, w.privilege), w.schema,"
  "  w.relation, current_user) AS remedy, w.schema AS place, w.relation AS subject"
  " FROM wanted AS w JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema"
  " JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.relation"
  " WHERE ($1 OR NOT w.writes)"
  " AND NOT pg_catalog.has_table_privilege(c.oid, w.privilege)"
  /* An update needs the columns that are set, and no more. */
  " AND NOT (w.relation = 'user_wallets' AND w.privilege = 'UPDATE' AND (SELECT"
  "  bool_and(pg_catalog.has_column_privilege(c.oid, a.attnum, 'UPDATE'))"
  "  FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND NOT a.attisdropped"
  "  AND a.attname IN ('needs_gas', 'needs_consolidation', 'updated_at')))"
  " GROUP BY w.schema, w.relation"
  " UNION ALL SELECT format('GRANT USAGE ON SCHEMA %I TO %I;', n.nspname, current_user),"
  "  n.nspname, '' FROM pg_catalog.pg_namespace AS n"
  " WHERE n.nspname IN ('public', 'worker_dashboard')"
  " AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
  " UNION ALL SELECT format('GRANT EXECUTE ON FUNCTION %s TO %I;', p.oid::regprocedure,"
  "  current_user), n.nspname, p.proname FROM pg_catalog.pg_proc AS p"
  " JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace"
  " WHERE $1 AND n.nspname = 'worker_dashboard' AND p.proname = 'fold_counts'"
  " AND NOT pg_catalog.has_function_privilege(p.oid, 'EXECUTE')"
  ") SELECT string_agg(remedy, ' ' ORDER BY place, subject), current_user FROM lacking";

/* What somebody makes there is found by whoever has the schema in his search_path. */
static void
check_public (WdPgDoctor *self)
{
  static const char remedy[] = "REVOKE CREATE ON SCHEMA public FROM PUBLIC;";
  g_autoptr (WdPgResult) open = NULL;

  open = wd_pg_doctor_ask (self, "postgres-grants",
                           "SELECT FROM pg_catalog.pg_namespace AS n, LATERAL"
                           " pg_catalog.aclexplode(n.nspacl) AS a WHERE n.nspname = 'public'"
                           " AND a.grantee = 0 AND a.privilege_type = 'CREATE'", NULL);
  if (open != NULL && wd_pg_result_get_rows (open) > 0)
    wd_pg_doctor_add_remedy (self, "postgres-grants", WD_CHECK_WARNING, remedy,
                             _("Every role may make functions in the schema “public”, which others "
                               "may then run unawares. As its owner: %s"), remedy);
}

void
wd_pg_doctor_check_grants (WdPgDoctor *self)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  check_public (self);
  wd_pg_params_bool (params, !self->profile->read_only);
  result = wd_pg_doctor_ask (self, "postgres-grants", missing_grants_sql, params);
  if (result == NULL)
    return;
  if (wd_pg_result_is_null (result, 0, 0))
    wd_pg_doctor_add (self, "postgres-grants", WD_CHECK_OK,
                      _("The role “%s” has every right it needs"),
                      wd_pg_result_text (result, 0, 1));
  else
    wd_pg_doctor_add_remedy (self, "postgres-grants", WD_CHECK_ERROR,
                             wd_pg_result_text (result, 0, 0),
                             _("The role “%s” lacks rights. As the owner: %s"),
                             wd_pg_result_text (result, 0, 1), wd_pg_result_text (result, 0, 0));
}

/* A table under row security may show less than it holds, without an error. */
static void
check_table (WdPgDoctor *self, const char *relation, gint64 about, gboolean sees_none,
             const char *role)
{
  g_autofree char *remedy = g_strdup_printf ("ALTER ROLE %s BYPASSRLS;", role);

  if (about > 0 && sees_none)
    wd_pg_doctor_add_remedy (self, "postgres-row-security", WD_CHECK_ERROR, remedy,
                             _("Row security hides every row of public.%s (about %ld) from the "
                               "role “%s”: connect as the table's owner, or as a superuser run %s"),
                             relation, (glong) about, role, remedy);
  else
    wd_pg_doctor_add_remedy (self, "postgres-row-security", WD_CHECK_WARNING, remedy,
                             _("Row security may hide rows of public.%s from the role “%s”, which "
                               "neither owns the table nor bypasses it: connect as its owner, or "
                               "as a superuser run %s"), relation, role, remedy);
}

void
wd_pg_doctor_check_row_security (WdPgDoctor *self)
{
  static const char *const names[] = { "job_logs", "user_wallets" };
  g_autoptr (WdPgResult) result = NULL;

  result = wd_pg_doctor_ask (
    self, "postgres-row-security",
    "SELECT c.relname, greatest(c.reltuples::bigint,"
    " (pg_catalog.pg_relation_size(c.oid) > 0)::integer), quote_ident(current_user)"
    " FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'public' AND c.relname IN ('job_logs', 'user_wallets')"
    " AND c.relkind IN ('r', 'p') AND pg_catalog.row_security_active(c.oid) ORDER BY c.relname",
    NULL);
  if (result == NULL)
    return;
  if (wd_pg_result_get_rows (result) == 0)
    wd_pg_doctor_add (self, "postgres-row-security", WD_CHECK_OK,
                      _("Row security hides nothing from this role"));
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT NOT EXISTS (SELECT FROM public.%s)",
                                                names[i]);
        g_autoptr (WdPgResult) none = NULL;

        if (!g_str_equal (wd_pg_result_text (result, row, 0), names[i]))
          continue;
        none = wd_pg_doctor_ask (self, "postgres-row-security", sql, NULL);
        if (none != NULL)
          check_table (self, names[i], wd_pg_result_int (result, row, 1),
                       wd_pg_result_bool (none, 0, 0), wd_pg_result_text (result, row, 2));
      }
}
