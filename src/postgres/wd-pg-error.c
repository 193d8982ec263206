/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-format.h"

#define MESSAGE_MAX 1000

/* The first entry whose text begins the SQLSTATE decides. */
static const struct {
  const char *prefix;
  WdError code;
} codes[] = {
  { "08", WD_ERROR_NO_CONNECTION },    { "22", WD_ERROR_INVALID_ARGUMENT },
  { "23505", WD_ERROR_DUPLICATE },     { "25006", WD_ERROR_READ_ONLY },
  { "25P03", WD_ERROR_NO_CONNECTION }, { "28", WD_ERROR_AUTHENTICATION },
  { "3D000", WD_ERROR_NO_CONNECTION }, { "3F000", WD_ERROR_NOT_MIGRATED },
  { "40", WD_ERROR_BUSY },             { "42501", WD_ERROR_PERMISSION },
  { "42P01", WD_ERROR_NOT_MIGRATED },  { "53300", WD_ERROR_NO_CONNECTION },
  { "55P03", WD_ERROR_BUSY },          { "57014", WD_ERROR_TIMED_OUT },
  { "57P", WD_ERROR_NO_CONNECTION },   { "0A000", WD_ERROR_NOT_SUPPORTED },
};

/**
 * wd_pg_error_code:
 * @sqlstate: (nullable): five characters
 * @message: (nullable): the server's words
 *
 * Returns: what it means above this folder
 */
WdError
wd_pg_error_code (const char *sqlstate, const char *message)
{
  if (sqlstate == NULL)
    return WD_ERROR_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (sqlstate, codes[i].prefix))
      return codes[i].code;

  /* An undefined function or column is our missing schema only when it is one of ours. */
  if (g_str_has_prefix (sqlstate, "42") && message != NULL
      && strstr (message, "worker_dashboard.") != NULL)
    return WD_ERROR_NOT_MIGRATED;
  return WD_ERROR_FAILED;
}

/* Each line is a sentence, but often without the point; libpq tries several hosts, or one in
 * several ways, and says of each how that went. */
static char *
join_lines (const char *message)
{
  g_auto (GStrv) lines = g_strsplit (message, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0' || (i > 0 && g_strv_contains ((const char *const[]) { lines[i - 1], NULL },
                                                      line)))
        continue;
      if (text->len > 0)
        g_string_append (text, strchr (".:;,?!", text->str[text->len - 1]) != NULL ? " " : ". ");
      g_string_append (text, line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_error (GError **error, WdError code, const char *where, const char *message)
{
  g_autofree char *line = join_lines (message);
  g_autofree char *visible = wd_format_visible (line, MESSAGE_MAX);

  if (code == WD_ERROR_NOT_MIGRATED)
    g_set_error (error, WD_ERROR, code,
                 _("PostgreSQL %s: %s. The database lacks tables of ours: apply the migrations."),
                 where, visible);
  else if (code == WD_ERROR_BUSY)
    g_set_error (error, WD_ERROR, code,
                 _("PostgreSQL %s: %s. Somebody else is changing the same rows: try again."), where,
                 visible);
  else
    g_set_error (error, WD_ERROR, code, _("PostgreSQL %s: %s"), where, visible);
}

/* Nothing is missing that we could make. */
static void
set_foreign_name (GError **error, const char *where, const char *message, const char *context)
{
  g_autofree char *text = wd_format_visible (message, MESSAGE_MAX);
  g_autofree char *place = wd_format_visible (context, MESSAGE_MAX);

  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               _("PostgreSQL %s: %s, in %s. This function of yours names something without its "
                 "schema: ALTER FUNCTION … SET search_path = public mends it."),
               where, text, place);
}

/* A trigger or a policy of the site's own runs with our search_path, and may count on another one.
 * Where it failed is said in the server's language: a function in PL/pgSQL comes with its arguments
 * in brackets, of one in SQL only the language's name is the same everywhere. */
static gboolean
is_foreign_name (const char *sqlstate, const char *context)
{
  static const char *const undefined[] = { "42P01", "42883", "42704", "3F000", NULL };

  return sqlstate != NULL && context != NULL
         && (strchr (context, '(') != NULL || strstr (context, "SQL") != NULL)
         && g_strv_contains (undefined, sqlstate)
         && strstr (context, "worker_dashboard.") == NULL;
}

static void
append_field (GString *text, const PGresult *result, int field)
{
  const char *value = PQresultErrorField (result, field);

  if (value != NULL)
    g_string_append_printf (text, " (%s)", value);
}

/**
 * wd_pg_error_from_result:
 * @result: a result that is an error
 * @where: the connection, without credentials
 * @error: set
 */
void
wd_pg_error_from_result (const PGresult *result, const char *where, GError **error)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *primary = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  GString *text;

  /* Without fields it is libpq that speaks, of a connection that broke. */
  if (primary == NULL)
    {
      set_error (error, WD_ERROR_NO_CONNECTION, where, PQresultErrorMessage (result));
      return;
    }
  text = g_string_new (primary);
  append_field (text, result, PG_DIAG_MESSAGE_DETAIL);
  append_field (text, result, PG_DIAG_MESSAGE_HINT);
  if (is_foreign_name (sqlstate, PQresultErrorField (result, PG_DIAG_CONTEXT)))
    set_foreign_name (error, where, text->str, PQresultErrorField (result, PG_DIAG_CONTEXT));
  else
    set_error (error, wd_pg_error_code (sqlstate, primary), where, text->str);
  g_string_free (text, TRUE);
}

/**
 * wd_pg_error_from_connection:
 * @connection: a connection that broke or was not made, asked for verbose errors
 * @where: the connection, without credentials
 * @error: set
 *
 * libpq keeps no SQLSTATE for a connection that failed; its verbose text holds it, between the
 * severity and the message, in any language.
 */
void
wd_pg_error_from_connection (PGconn *connection, const char *where, GError **error)
{
  g_autoptr (GRegex) state = g_regex_new (":  ([0-9A-Z]{5}): ", 0, 0, NULL);
  g_autoptr (GRegex) location = g_regex_new ("\n[^\n:]*:  [^\n]*, [A-Za-z0-9_]+\\.c:[0-9]+", 0, 0,
                                             NULL);
  g_autofree char *message = g_utf8_make_valid (PQerrorMessage (connection), -1);
  g_autofree char *without_location = g_regex_replace_literal (location, message, -1, 0, "", 0,
                                                               NULL);
  g_autofree char *plain = g_regex_replace_literal (state, without_location, -1, 0, ": ", 0, NULL);
  g_autofree char *sqlstate = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  WdError code = WD_ERROR_NO_CONNECTION;

  if (g_regex_match (state, message, 0, &match))
    {
      sqlstate = g_match_info_fetch (match, 1);
      code = wd_pg_error_code (sqlstate, NULL);
    }
  else if (PQconnectionNeedsPassword (connection))
    code = WD_ERROR_AUTHENTICATION;
  set_error (error, code == WD_ERROR_FAILED ? WD_ERROR_NO_CONNECTION : code, where, plain);
}
