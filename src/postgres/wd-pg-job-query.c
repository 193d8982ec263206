/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-job-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-error-group.h"
#include "postgres/wd-pg-filter-sql.h"

/* What each order sorts by first; times are as good as unique, others go on with created_at. */
static const struct {
  WdSort sort;
  const char *column;
  gboolean is_time;
} orders[] = {
  { WD_SORT_CREATED, "created_at", TRUE },
  { WD_SORT_UPDATED, "updated_at", TRUE },
  { WD_SORT_STARTED, "started_at", TRUE },
  { WD_SORT_COMPLETED, "completed_at", TRUE },
  { WD_SORT_STATUS, "status", FALSE },
  { WD_SORT_TYPE, "job_type", FALSE },
  { WD_SORT_WALLET, "wallet_address", FALSE },
  { WD_SORT_TRIGGER, "triggered_by", FALSE },
  { WD_SORT_RETRIES, "retry_count", FALSE },
  { WD_SORT_UNDER_WAY, NULL, FALSE },
};

/* What runs is greatest, then what waits, then what ended. */
#define UNDER_WAY "CASE WHEN j.status IN ('active', 'processing') THEN 2" \
                  " WHEN j.status IN ('pending', 'retrying') THEN 1 ELSE 0 END"

/* @expression, or NULL where the table has no such column. */
static const char *
if_there (const WdPgColumns *columns, const char *name, const char *expression)
{
  return wd_pg_columns_find (columns, WD_PG_JOB_LOGS, name) != NULL ? expression : NULL;
}

static void
add_key (WdPgListQuery *self, const WdPgColumns *columns, const char *name)
{
  const WdPgColumn *known = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, name);
  g_autofree char *expression = NULL;

  if (g_strcmp0 (name, "started_at") == 0)
    expression = wd_pg_columns_job_started (columns);
  else if (known != NULL)
    expression = g_strconcat ("j.", name, NULL);
  else
    return;
  wd_pg_list_query_add_key (self, expression, known == NULL || !known->not_null);
}

/* The usual order is never refused: without an index it takes its time, within the deadline. */
static gboolean
is_any_size (const WdPgColumns *columns, gsize i)
{
  const char *column = orders[i].column != NULL ? orders[i].column : "";
  g_autofree char *order = orders[i].is_time ? g_strdup (column)
                                             : g_strdup_printf ("%s,created_at", column);
  gboolean by_two_names = orders[i].sort == WD_SORT_STARTED
                          && wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "processed_at") != NULL;

  return orders[i].sort == WD_SORT_CREATED
         || (!by_two_names && wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, order));
}

static gboolean
add_keys (WdPgListQuery *self, const WdPgColumns *columns, const WdPageRequest *request,
          GError **error)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (orders) && orders[i].sort != request->sort; i++)
    continue;
  if (i == G_N_ELEMENTS (orders))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Jobs cannot be sorted by a column of wallets"));
      return FALSE;
    }

  self->ascending = request->ascending;
  if (orders[i].sort == WD_SORT_UNDER_WAY)
    wd_pg_list_query_add_key (self, UNDER_WAY, FALSE);
  else
    add_key (self, columns, orders[i].column);
  if (!orders[i].is_time)
    add_key (self, columns, "created_at");
  add_key (self, columns, "id");
  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    if (is_any_size (columns, k))
      self->sorts |= 1u << orders[k].sort;
  self->any_size = (self->sorts & 1u << request->sort) != 0;
  return TRUE;
}

/* Only what a UUID is written with can be found in one; a third of the work else. */
static gboolean
may_be_in_uuid (const char *text)
{
  return text != NULL && text[strspn (text, "0123456789abcdefABCDEF-")] == '\0';
}

static void
add_search (WdPgListQuery *self, const WdPgColumns *columns, const char *text, gboolean in_errors)
{
  g_autoptr (GStrvBuilder) searched = g_strv_builder_new ();
  g_auto (GStrv) expressions = NULL;

  if (may_be_in_uuid (text))
    g_strv_builder_add (searched, "j.id::text");
  g_strv_builder_add (searched, "j.job_id");
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "wallet_address") != NULL)
    g_strv_builder_add (searched, "j.wallet_address");
  if (in_errors && wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "error_message") != NULL)
    g_strv_builder_add (searched, "j.error_message");
  expressions = g_strv_builder_end (searched);
  wd_pg_list_query_where_like (self, (const char *const *) expressions, text);
}

/* A whole UUID goes by the indexes of both columns; less of one has to be looked for. */
static void
add_id_prefix (WdPgListQuery *self, const char *text)
{
  const char *ids[] = { "j.job_id", NULL, NULL };

  if (text == NULL || *text == '\0')
    return;
  if (g_uuid_string_is_valid (text))
    {
      guint id = wd_pg_params_text (self->params, text);

      wd_pg_list_query_where (self, "(j.id = $%u OR j.job_id = $%u)", id,
                              wd_pg_params_text (self->params, text));
      return;
    }
  if (may_be_in_uuid (text))
    ids[1] = "j.id::text";
  wd_pg_list_query_where_prefix (self, ids, text);
}

static void
add_error_group (WdPgListQuery *self, const WdPgColumns *columns, const char *group)
{
  const char *message = "coalesce(j.error_message::text, '')";
  g_autofree char *expression = NULL, *pattern = NULL;
  guint like;

  if (group == NULL)
    return;
  if (if_there (columns, "error_message", message) == NULL)
    message = "''::text";
  expression = wd_pg_error_group_expression (message);
  pattern = wd_pg_error_group_pattern (group);
  like = wd_pg_params_text (self->params, pattern);
  wd_pg_list_query_where (self, "(%s LIKE $%u AND %s = $%u)", message, like, expression,
                          wd_pg_params_text (self->params, group));
}

static void
add_time (WdPgListQuery *self, const WdPgColumns *columns, const char *column,
          const char *comparison, WdTime time)
{
  if (time == WD_TIME_NONE)
    return;
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, column) != NULL)
    wd_pg_list_query_where (self, "j.%s %s $%u", column, comparison,
                            wd_pg_params_time (self->params, time));
  else
    wd_pg_list_query_where (self, "FALSE");
}

/* The index by the time of completion begins with the type: where any type will do, the counts
 * know which there are. */
static void
add_completed (WdPgListQuery *self, const WdPgColumns *columns, const WdJobFilter *filter)
{
  const WdPgColumn *type = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "job_type");

  if (filter->completed_from == WD_TIME_NONE && filter->completed_to == WD_TIME_NONE)
    return;
  if ((filter->types == NULL || *filter->types == NULL) && columns->counts && type != NULL
      && type->not_null)
    wd_pg_list_query_where (self, "j.job_type = ANY (ARRAY (SELECT DISTINCT job_type"
                                  " FROM worker_dashboard.job_totals))");
  add_time (self, columns, "completed_at", ">=", filter->completed_from);
  add_time (self, columns, "completed_at", "<=", filter->completed_to);
}

static void
add_retries (WdPgListQuery *self, const WdPgColumns *columns, const char *comparison, int count)
{
  if (count < 0)
    return;
  if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "retry_count") != NULL)
    wd_pg_list_query_where (self, "j.retry_count %s $%u", comparison,
                            wd_pg_params_int (self->params, count));
  else
    wd_pg_list_query_where (self, "FALSE");
}

/* What a filter keeps out. */
static void
add_negations (WdPgListQuery *self, const WdPgColumns *columns, const WdJobFilter *filter)
{
  g_auto (GStrv) statuses = wd_pg_job_query_statuses (filter->not_statuses);

  wd_pg_filter_none (self, "j.status", statuses);
  wd_pg_filter_none (self, "j.job_type", filter->not_types);
  wd_pg_filter_none (self, if_there (columns, "triggered_by", "j.triggered_by"),
                     filter->not_triggers);
  wd_pg_filter_lacks (self, if_there (columns, "error_message", "j.error_message"),
                      filter->not_error);
}

static void
add_equal (WdPgListQuery *self, const char *expression, char *value)
{
  char *values[] = { value, NULL };

  wd_pg_list_query_where_any (self, expression, values);
}

/* An index has just these rows if it begins with all the columns that are compared, and goes on
 * with the time, which may be bounded. */
static gboolean
has_one_index (const WdPgColumns *columns, const WdJobFilter *filter, char **statuses, WdSort sort)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (WdJobFilter) rest = wd_job_filter_copy (filter);
  char **words[] = { statuses, filter->types };
  static const char *const names[] = { "status", "job_type" };

  g_clear_pointer (&rest->statuses, g_strfreev);
  g_clear_pointer (&rest->types, g_strfreev);
  g_clear_pointer (&rest->wallet, g_free);
  rest->from = rest->to = WD_TIME_NONE;
  if (sort != WD_SORT_CREATED || !wd_job_filter_is_empty (rest))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i] == NULL || words[i][0] == NULL)
        continue;
      if (words[i][1] != NULL)
        return FALSE;
      g_string_append_printf (order, "%s,", names[i]);
    }
  if (filter->wallet != NULL)
    g_string_append (order, "wallet_address,");
  g_string_append (order, "created_at,id");
  return wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, order->str);
}

/* Whether rows have to be read to find those that match. */
static gboolean
is_search (const WdJobFilter *filter)
{
  const char *texts[] = { filter->search, filter->words, filter->error, filter->not_error };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      return TRUE;
  return filter->error_group != NULL || (filter->data != NULL && filter->data->len > 0)
         || (filter->id_prefix != NULL && *filter->id_prefix != '\0'
             && !g_uuid_string_is_valid (filter->id_prefix));
}

/* Whether the index of three letters in a row finds one of the texts. */
static gboolean
has_trigrams (const WdPgColumns *columns, const WdJobFilter *filter)
{
  return columns->job_trigrams
         && (wd_pg_filter_has_trigram (filter->search) || wd_pg_filter_has_trigram (filter->words)
             || wd_pg_filter_has_trigram (filter->error)
             || wd_pg_filter_has_trigram (filter->id_prefix));
}

/* The first conditions of a search: those that an index in the order of the list begins with, as
 * many as one index has, and the time that it goes on with. */
static void
add_scope (WdPgListQuery *self, const WdPgColumns *columns, const WdJobFilter *filter,
           char **statuses)
{
  char *wallets[] = { filter->wallet, NULL };
  const struct {
    const char *names[2];
    char **words[2];
  } scopes[] = {
    { { "wallet_address" }, { wallets } },
    { { "status", "job_type" }, { statuses, filter->types } },
    { { "status" }, { statuses } },
    { { "job_type" }, { filter->types } },
    { { NULL }, { NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (GString) order = g_string_new (NULL);
      gboolean fits = TRUE;

      for (guint k = 0; k < G_N_ELEMENTS (scopes[i].names) && scopes[i].names[k] != NULL; k++)
        {
          char **words = scopes[i].words[k];

          fits = fits && words != NULL && words[0] != NULL && words[1] == NULL;
          g_string_append_printf (order, "%s,", scopes[i].names[k]);
        }
      g_string_append (order, "created_at,id");
      if (!fits || !wd_pg_columns_has_order (columns, WD_PG_JOB_LOGS, order->str))
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (scopes[i].names) && scopes[i].names[k] != NULL; k++)
        {
          g_autofree char *column = g_strconcat ("j.", scopes[i].names[k], NULL);

          wd_pg_list_query_where_any (self, column, scopes[i].words[k]);
        }
      add_time (self, columns, "created_at", ">=", filter->from);
      add_time (self, columns, "created_at", "<=", filter->to);
      wd_pg_list_query_end_scope (self);
      return;
    }
}

/**
 * wd_pg_job_query_statuses:
 * @statuses: (nullable): words of a filter
 *
 * Returns: (transfer full) (nullable): the words to look for: `active` goes by two names
 */
char **
wd_pg_job_query_statuses (char **statuses)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  if (statuses == NULL)
    return NULL;
  for (gsize i = 0; statuses[i] != NULL; i++)
    {
      g_strv_builder_add (words, statuses[i]);
      if (g_str_equal (statuses[i], "active")
          && !g_strv_contains ((const char *const *) statuses, "processing"))
        g_strv_builder_add (words, "processing");
    }
  return g_strv_builder_end (words);
}

/**
 * wd_pg_job_query_new:
 * @columns: what the database has
 * @filter: which jobs
 * @request: in which order; its cursor and limit are not looked at
 * @error: %WD_ERROR_INVALID_ARGUMENT, %WD_ERROR_NOT_MIGRATED without the table, or
 *   %WD_ERROR_NOT_SUPPORTED for data that is not JSON
 *
 * Returns: (transfer full): the list as SQL
 */
WdPgListQuery *
wd_pg_job_query_new (const WdPgColumns *columns, const WdJobFilter *filter,
                     const WdPageRequest *request, GError **error)
{
  g_autoptr (WdPgListQuery) self = wd_pg_list_query_new ("public.job_logs AS j");
  g_auto (GStrv) statuses = NULL;

  g_return_val_if_fail (columns != NULL && filter != NULL && request != NULL, NULL);

  if (!wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error)
      || !wd_job_filter_validate (filter, error)
      || !add_keys (self, columns, request, error))
    return NULL;

  statuses = wd_pg_job_query_statuses (filter->statuses);
  self->one_index = has_one_index (columns, filter, statuses, request->sort);
  self->select = wd_pg_columns_job_select (columns, request->with_data);
  self->searches = is_search (filter);
  self->trigrams = has_trigrams (columns, filter);
  if (self->searches && request->known == NULL && request->sort == WD_SORT_CREATED)
    add_scope (self, columns, filter, statuses);
  else if (self->searches && request->known == NULL && self->any_size)
    wd_pg_list_query_end_scope (self);
  wd_pg_filter_known (self, "j.id", wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "id"),
                      request->known);
  wd_pg_list_query_where_any (self, "j.status", statuses);
  wd_pg_list_query_where_any (self, "j.job_type", filter->types);
  wd_pg_list_query_where_any (self, if_there (columns, "triggered_by", "j.triggered_by"),
                              filter->triggers);
  add_equal (self, if_there (columns, "wallet_address", "j.wallet_address"), filter->wallet);
  add_equal (self, if_there (columns, "user_id", "j.user_id"), filter->user);
  add_time (self, columns, "created_at", ">=", filter->from);
  add_time (self, columns, "created_at", "<=", filter->to);
  add_completed (self, columns, filter);
  add_retries (self, columns, ">=", filter->retries_from);
  add_retries (self, columns, "<=", filter->retries_to);
  add_negations (self, columns, filter);
  wd_pg_filter_contains (self, if_there (columns, "error_message", "j.error_message"),
                         filter->error);
  add_search (self, columns, filter->search, FALSE);
  add_search (self, columns, filter->words, TRUE);
  add_id_prefix (self, filter->id_prefix);
  add_error_group (self, columns, filter->error_group);
  if (!wd_pg_filter_data (self, wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "data"),
                          columns->data_trigrams, filter->data, error))
    return NULL;
  return g_steal_pointer (&self);
}
