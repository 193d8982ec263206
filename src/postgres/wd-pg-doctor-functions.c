/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Functions of the site's own that run within our statements, by triggers, row security, defaults,
 * checks and indexes of the two tables. They look names up as our transactions do, in pg_catalog
 * alone, unless they have a search_path of their own. Only the catalog and the functions' text are
 * looked at, so what is found is a guess: the names that follow certain words without a schema, as
 * far as one of the schemas that a session has by itself holds such a thing. */

#include "postgres/wd-pg-doctor-private.h"

#include <glib/gi18n-lib.h>

/* What calls functions, and whether only a write does. 4 and 16 of a trigger: on insert, on update.
 * The tables themselves: generated columns of older servers. */
#define CALLERS                                                                                  \
  "own AS (SELECT c.oid FROM pg_catalog.pg_class AS c"                                           \
  "  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"                                \
  "  WHERE n.nspname = 'public' AND c.relname IN ('job_logs', 'user_wallets')"                   \
  "), caller (kind, id, writes) AS ("                                                            \
  " SELECT 'pg_trigger'::regclass, g.oid, true FROM own"                                         \
  "  JOIN pg_catalog.pg_trigger AS g ON g.tgrelid = own.oid"                                     \
  "  WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') AND g.tgtype & 20 <> 0"              \
  " UNION ALL SELECT 'pg_policy'::regclass, p.oid, false FROM own"                               \
  "  JOIN pg_catalog.pg_policy AS p ON p.polrelid = own.oid"                                     \
  "  WHERE pg_catalog.row_security_active(own.oid)"                                              \
  " UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, true FROM own"                               \
  "  JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = own.oid"                                     \
  " UNION ALL SELECT 'pg_constraint'::regclass, k.oid, true FROM own"                            \
  "  JOIN pg_catalog.pg_constraint AS k ON k.conrelid = own.oid AND k.contype = 'c'"             \
  " UNION ALL SELECT 'pg_class'::regclass, i.indexrelid, true FROM own"                          \
  "  JOIN pg_catalog.pg_index AS i ON i.indrelid = own.oid"                                      \
  " UNION ALL SELECT 'pg_class'::regclass, own.oid, true FROM own)"

/* With their text, without its comments. Those of an extension, or with a search_path of their own,
 * are well. Text that was taken apart when the function was made (BEGIN ATOMIC) is empty. */
#define FUNCTIONS                                                                                \
  "called AS (SELECT DISTINCT p.oid, regexp_replace(regexp_replace(left(p.prosrc, 100000),"      \
  "  '/\\*.*?\\*/', ' ', 'g'), '--[^\\n]*', ' ', 'g') AS body"                                   \
  " FROM caller AS c JOIN pg_catalog.pg_depend AS d ON d.classid = c.kind AND d.objid = c.id"    \
  "  AND d.refclassid = 'pg_proc'::regclass"                                                     \
  " JOIN pg_catalog.pg_proc AS p ON p.oid = d.refobjid"                                          \
  " JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace"                                 \
  " JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang AND l.lanname IN ('sql', 'plpgsql')"   \
  " WHERE ($1 OR NOT c.writes) AND n.nspname NOT IN ('pg_catalog', 'worker_dashboard')"          \
  "  AND p.prosrc <> '' AND p.prosrc !~* 'search_path'"                                          \
  "  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s (setting)"                             \
  "   WHERE s.setting LIKE 'search\\_path=%')"                                                   \
  "  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS e"                                      \
  "   WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')"            \
  " LIMIT 100)"

/* A whole word that no point follows. */
#define WORD "\"?(\\w+)\\M(?!\"?\\s*\\.)"
/* No point, and no half of a word, is before the next one. */
#define ALONE "(?<![.\"\\w])"

#define NAMES                                                                                    \
  "named AS (SELECT DISTINCT f.oid, n.kind, v.name FROM called AS f, LATERAL ("                  \
  " SELECT 'relation' AS kind, m[1] AS name FROM regexp_matches(f.body,"                         \
  "  '\\m(?:from|join|into|update|only|table|using)\\s+" WORD "', 'gi') AS m"                    \
  " UNION ALL SELECT 'relation', m[1] FROM regexp_matches(f.body,"                               \
  "  '\\m(?:nextval|currval|setval)\\s*\\(\\s*''" WORD "', 'gi') AS m"                           \
  " UNION ALL SELECT 'relation', m[1] FROM regexp_matches(f.body,"                               \
  "  '" ALONE "(\\w+)(?:\\.\\w+)?%(?:row)?type\\M', 'gi') AS m"                                  \
  " UNION ALL SELECT 'function', m[1] FROM regexp_matches(f.body,"                               \
  "  '" ALONE "(\\w+)\\s*\\(', 'g') AS m"                                                        \
  " UNION ALL SELECT 'type', m[1] FROM regexp_matches(f.body, '::\\s*" WORD "', 'g') AS m"       \
  ") AS n, LATERAL (VALUES (n.name), (lower(n.name))) AS v (name))"

/* Where a session finds things when nobody says otherwise, and where they are. */
#define HOMES                                                                                    \
  "home AS (SELECT n.oid, n.nspname, min(h.place) AS place FROM (SELECT 99 AS place,"             \
  "  'public' AS name UNION ALL SELECT s.place, btrim(s.name, ' \"')"                            \
  "  FROM pg_catalog.pg_settings AS g, unnest(string_to_array(g.reset_val, ','))"                \
  "  WITH ORDINALITY AS s (name, place) WHERE g.name = 'search_path') AS h"                      \
  " JOIN pg_catalog.pg_namespace AS n ON n.nspname = h.name"                                     \
  " WHERE n.nspname <> 'pg_catalog' GROUP BY n.oid, n.nspname"                                   \
  "), thing AS (SELECT 'relation' AS kind, relname::text AS name, relnamespace AS space"         \
  "  FROM pg_catalog.pg_class"                                                                   \
  " UNION ALL SELECT 'function', proname::text, pronamespace FROM pg_catalog.pg_proc"            \
  " UNION ALL SELECT 'type', typname::text, typnamespace FROM pg_catalog.pg_type)"

/* $1: whether it also writes. The statements that mend those that need it, and the others' names.
 * What pg_catalog has as well is found there. */
static const char functions_sql[] =
  "WITH " CALLERS ", " FUNCTIONS ", " NAMES ", " HOMES ", needed AS ("
  " SELECT DISTINCT n.oid, h.nspname, h.place FROM named AS n"
  " JOIN thing AS t ON t.kind = n.kind AND t.name = n.name"
  " JOIN home AS h ON h.oid = t.space"
  " WHERE NOT EXISTS (SELECT FROM thing AS own WHERE own.kind = n.kind AND own.name = n.name"
  "  AND own.space = 'pg_catalog'::regnamespace)"
  "), remedy AS (SELECT format('ALTER FUNCTION %s SET search_path = %s;', oid::regprocedure,"
  "  string_agg(quote_ident(nspname), ', ' ORDER BY place)) AS text FROM needed GROUP BY oid"
  "), rest AS (SELECT oid::regprocedure::text AS text FROM called"
  "  WHERE oid NOT IN (SELECT oid FROM needed)"
  ") SELECT (SELECT string_agg(text, ' ' ORDER BY text) FROM remedy),"
  " (SELECT string_agg(text, ', ' ORDER BY text) FROM rest)";

void
wd_pg_doctor_check_functions (WdPgDoctor *self)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_bool (params, !self->profile->read_only);
  result = wd_pg_doctor_ask (self, "postgres-functions", functions_sql, params);
  if (result == NULL)
    return;
  if (!wd_pg_result_is_null (result, 0, 0))
    wd_pg_doctor_add_remedy (self, "postgres-functions", WD_CHECK_WARNING,
                             wd_pg_result_text (result, 0, 0),
                             _("Functions of yours that the two tables run by triggers, policies "
                               "or defaults name something without its schema. They may fail in "
                               "this program’s transactions, which look in pg_catalog alone. As "
                               "their owner: %s"), wd_pg_result_text (result, 0, 0));
  else if (!wd_pg_result_is_null (result, 0, 1))
    wd_pg_doctor_add (self, "postgres-functions", WD_CHECK_OK,
                      _("These functions of yours have no search_path of their own and seem to "
                        "need none: %s"), wd_pg_result_text (result, 0, 1));
  else
    wd_pg_doctor_add (self, "postgres-functions", WD_CHECK_OK,
                      _("No function of yours runs without a search_path of its own"));
}
