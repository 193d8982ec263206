/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Conditions of filters that more than one column may have. None of them fails on what a row
 * holds: text that is no number is null where a number is wanted. */

#include "postgres/wd-pg-filter-sql.h"

#include <glib/gi18n-lib.h>

#include "base/wd-decimal.h"
#include "base/wd-error.h"

/* Longer text may be a number that overflows the server's. */
#define NUMBER "'^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,3})? *$'"
#define MAX_LENGTH 400

/**
 * wd_pg_filter_has_trigram:
 * @text: (nullable): a text to search for
 *
 * Returns: whether an index of three letters or digits in a row is of any help in finding it
 */
gboolean
wd_pg_filter_has_trigram (const char *text)
{
  guint in_a_row = 0;

  for (const char *p = text; p != NULL && *p != '\0' && in_a_row < 3; p = g_utf8_next_char (p))
    in_a_row = g_unichar_isalnum (g_utf8_get_char (p)) ? in_a_row + 1 : 0;
  return in_a_row == 3;
}

/**
 * wd_pg_filter_number:
 * @text: SQL of a text
 *
 * Returns: (transfer full): SQL of the number it is; null where it is none
 */
char *
wd_pg_filter_number (const char *text)
{
  return g_strdup_printf ("CASE WHEN length(%s) <= %d AND %s ~ " NUMBER " THEN (%s)::numeric END",
                          text, MAX_LENGTH, text, text);
}

/**
 * wd_pg_filter_known:
 * @query: a list
 * @expression: a column that tells rows apart
 * @column: (nullable): what is known of it
 * @ids: (array zero-terminated=1) (nullable): the only rows to list; %NULL restricts nothing
 */
void
wd_pg_filter_known (WdPgListQuery *query, const char *expression, const WdPgColumn *column,
                    char **ids)
{
  static const char *const types[] = { "uuid", "int4", "int8", NULL };
  const char *type = column != NULL && g_strv_contains (types, column->type) ? column->type
                                                                             : "text";

  if (ids != NULL)
    wd_pg_list_query_where (query, "%s = ANY ($%u::%s[])", expression,
                            wd_pg_params_text_array (query->params, (const char *const *) ids,
                                                     g_strv_length (ids)), type);
}

/**
 * wd_pg_filter_none:
 * @query: a list
 * @column: (nullable): a column; %NULL for one the table lacks, which has none of the words
 * @words: (array zero-terminated=1) (nullable): none of which it is; null is none
 */
void
wd_pg_filter_none (WdPgListQuery *query, const char *column, char **words)
{
  if (column == NULL || words == NULL || *words == NULL)
    return;
  wd_pg_list_query_where (query, "(%s IS NULL OR %s <> ALL ($%u::text[]))", column, column,
                          wd_pg_params_text_array (query->params, (const char *const *) words,
                                                   g_strv_length (words)));
}

/**
 * wd_pg_filter_contains:
 * @query: a list
 * @column: (nullable): a column; %NULL for one the table lacks, which contains nothing
 * @text: (nullable): what it contains, in any case; %NULL or "" restricts nothing
 */
void
wd_pg_filter_contains (WdPgListQuery *query, const char *column, const char *text)
{
  const char *columns[] = { column, NULL };

  if (column == NULL && text != NULL && *text != '\0')
    wd_pg_list_query_where (query, "FALSE");
  else if (column != NULL)
    wd_pg_list_query_where_like (query, columns, text);
}

/**
 * wd_pg_filter_lacks:
 * @query: a list
 * @column: (nullable): a column; %NULL for one the table lacks, which contains nothing
 * @text: (nullable): what it does not contain, in any case; %NULL or "" restricts nothing
 */
void
wd_pg_filter_lacks (WdPgListQuery *query, const char *column, const char *text)
{
  if (column != NULL && text != NULL && *text != '\0')
    wd_pg_list_query_where (query, "(%s IS NULL OR strpos(lower(%s), lower($%u)) = 0)", column,
                            column, wd_pg_params_text (query->params, text));
}

/* Returns: whether JSON writes @text as it is, so that the text of a document that has it as a
 * value, or in one, has it too */
static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < ' ' || *p == '"' || *p == '\\')
      return FALSE;
  return TRUE;
}

/* What a document's text must have for @test to hold, for the index of all such texts to be of use.
 * A number has many ways to be written. */
static void
add_hint (WdPgListQuery *query, const WdDataTest *test)
{
  if (!wd_pg_filter_has_trigram (test->value) || !is_plain (test->value)
      || (test->op != WD_FILTER_OP_CONTAINS
          && (test->op != WD_FILTER_OP_IS || wd_decimal_is_valid (test->value))))
    return;
  wd_pg_filter_contains (query, "j.data::text", test->value);
  query->trigrams = TRUE;
}

static void
add_test (WdPgListQuery *query, gboolean is_jsonb, const WdDataTest *test)
{
  guint path = wd_pg_params_text_array (query->params, (const char *const *) test->path,
                                        g_strv_length (test->path));
  g_autofree char *text = is_jsonb
                            ? g_strdup_printf ("(j.data #>> $%u::text[])", path)
                            : g_strdup_printf ("(CASE WHEN j.data::text !~ '\\\\u0000'"
                                               " THEN j.data #>> $%u::text[] END)", path);
  g_autofree char *number = wd_pg_filter_number (text);
  guint value;

  if (test->op == WD_FILTER_OP_CONTAINS)
    {
      wd_pg_list_query_where (query, "%s IS NOT NULL", text);
      wd_pg_filter_contains (query, text, test->value);
      return;
    }
  value = wd_pg_params_text (query->params, test->value);
  if (test->op != WD_FILTER_OP_IS)
    wd_pg_list_query_where (query, "%s %s $%u::numeric", number, wd_filter_op_text (test->op),
                            value);
  else if (wd_decimal_is_valid (test->value))
    wd_pg_list_query_where (query, "(%s = $%u::text OR %s = $%u::numeric)", text, value, number,
                            wd_pg_params_text (query->params, test->value));
  else
    wd_pg_list_query_where (query, "%s = $%u::text", text, value);
}

/**
 * wd_pg_filter_data:
 * @query: a list
 * @column: (nullable): the column `j.data`; %NULL where the table lacks it
 * @trigrams: whether there is an index of the data's text
 * @tests: (nullable) (element-type WdDataTest): what its values fulfil
 * @error: %WD_ERROR_INVALID_ARGUMENT for a comparison with what is no number,
 *   %WD_ERROR_NOT_SUPPORTED where the column is not JSON
 *
 * Looking into `json` fails at a NUL, which `jsonb` refuses to keep: such a document has no values.
 */
gboolean
wd_pg_filter_data (WdPgListQuery *query, const WdPgColumn *column, gboolean trigrams,
                   GPtrArray *tests, GError **error)
{
  gboolean is_jsonb = column != NULL && g_str_equal (column->type, "jsonb");

  for (guint i = 0; tests != NULL && i < tests->len; i++)
    {
      const WdDataTest *test = tests->pdata[i];

      if (test->op != WD_FILTER_OP_IS && test->op != WD_FILTER_OP_CONTAINS
          && !wd_decimal_is_valid (test->value))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("Data compares with a number, not with “%s”"), test->value);
          return FALSE;
        }
      if (column == NULL)
        wd_pg_list_query_where (query, "FALSE");
      else if (!is_jsonb && !g_str_equal (column->type, "json"))
        {
          g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                               _("The jobs’ data is not kept as JSON in this database, so no list "
                                 "can be filtered by it"));
          return FALSE;
        }
      else
        {
          if (trigrams && is_jsonb)
            add_hint (query, test);
          add_test (query, is_jsonb, test);
        }
    }
  return TRUE;
}
