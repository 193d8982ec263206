/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a filter to the parameters of a list. The endpoint compares one word each, for equality;
 * several words are several requests, whose rows are put together. What it cannot ask for is
 * refused: a parameter that is not known is ignored over there, and everything would come. A
 * service that says so is sent the filter as its line of text instead. */

#include "rest/wd-rest-query.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-filter-text.h"

#define MAX_QUERIES 24

/**
 * wd_rest_query_add:
 * @query: parameters so far
 * @name: of one more
 * @value: (nullable): its value, not encoded; %NULL adds nothing
 */
void
wd_rest_query_add (GString *query, const char *name, const char *value)
{
  g_autofree char *encoded = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (encoded != NULL)
    g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, encoded);
}

/**
 * wd_rest_query_add_number:
 * @query: parameters so far
 * @name: of one more
 * @value: its value
 */
void
wd_rest_query_add_number (GString *query, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  wd_rest_query_add (query, name, text);
}

/**
 * wd_rest_query_add_time:
 * @query: parameters so far
 * @name: of one more
 * @value: its value; %WD_TIME_NONE adds nothing
 */
void
wd_rest_query_add_time (GString *query, const char *name, WdTime value)
{
  g_autofree char *text = wd_time_to_rfc3339 (value);

  wd_rest_query_add (query, name, text);
}

/**
 * wd_rest_query_path:
 * @before: a path with a slash at its end
 * @word: what comes behind it, not encoded
 *
 * Returns: (transfer full): the whole path
 */
char *
wd_rest_query_path (const char *before, const char *word)
{
  g_autofree char *encoded = g_uri_escape_string (word, NULL, FALSE);

  return g_strconcat (before, encoded, NULL);
}

/* Returns: (nullable): the first thing in @filter that cannot be asked for */
static const char *
find_unknown (const WdJobFilter *filter, WdOffers offers)
{
  gboolean searches = (offers & WD_OFFER_SEARCH) != 0;
  const struct {
    gboolean is_set;
    const char *what;
  } unknown[] = {
    { filter->not_statuses != NULL, N_("a status to leave out") },
    { filter->not_types != NULL, N_("a type to leave out") },
    { filter->not_triggers != NULL, N_("a trigger to leave out") },
    { filter->completed_from != WD_TIME_NONE || filter->completed_to != WD_TIME_NONE,
      N_("when they ended") },
    { filter->retries_from >= 0 || filter->retries_to >= 0, N_("the number of retries") },
    { filter->error != NULL || filter->not_error != NULL, N_("their error") },
    { filter->data != NULL && filter->data->len > 0, N_("their data") },
    { !searches && (filter->search != NULL || filter->words != NULL), N_("a part of a text") },
    { filter->id_prefix != NULL, N_("how their id begins") },
    { filter->error_group != NULL, N_("a group of errors") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    if (unknown[i].is_set)
      return _(unknown[i].what);
  return NULL;
}

/**
 * wd_rest_query_is_common:
 * @filter: which jobs
 *
 * Returns: whether every endpoint can look for them
 */
gboolean
wd_rest_query_is_common (const WdJobFilter *filter)
{
  return find_unknown (filter, 0) == NULL;
}

/* All of it but its times. Those that move with the clock stand still. */
static char **
query_line (const WdJobFilter *filter)
{
  g_autoptr (WdJobFilter) others = wd_job_filter_copy (filter);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *line = NULL;

  others->from = others->to = WD_TIME_NONE;
  others->from_ago = others->to_ago = others->completed_from_ago = others->completed_to_ago = 0;
  line = wd_job_filter_to_text (others, utc);
  wd_rest_query_add (query, "filter", line);
  return g_strdupv ((char *[]) { query->str, NULL });
}

/* Each query so far once for each word. */
static GPtrArray *
multiply (GPtrArray *queries, const char *name, char **words)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **word = words; *word != NULL; word++)
    {
      if (!g_hash_table_add (seen, *word))
        continue;
      for (guint i = 0; i < queries->len; i++)
        {
          g_autoptr (GString) query = g_string_new (queries->pdata[i]);

          wd_rest_query_add (query, name, *word);
          g_ptr_array_add (all, g_strdup (query->str));
        }
    }
  g_ptr_array_unref (queries);
  return all;
}

/* Both kinds of tables: `active` is `processing` in the other. */
static char **
dup_statuses (char **statuses)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (char **status = statuses; *status != NULL; status++)
    {
      g_strv_builder_add (words, *status);
      if (g_str_equal (*status, "active"))
        g_strv_builder_add (words, "processing");
    }
  return g_strv_builder_end (words);
}

/**
 * wd_rest_query_jobs:
 * @filter: which jobs
 * @offers: what the server can do beside what all do
 * @error: %WD_ERROR_NOT_SUPPORTED, with what cannot be asked for
 *
 * The times are not among the parameters: they move with the page.
 *
 * Returns: (transfer full) (array zero-terminated=1): the parameters of each request
 */
char **
wd_rest_query_jobs (const WdJobFilter *filter, WdOffers offers, GError **error)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) query = g_string_new (NULL);
  g_auto (GStrv) statuses = filter->statuses != NULL ? dup_statuses (filter->statuses) : NULL;
  const char *unknown = find_unknown (filter, offers);
  guint n;

  wd_rest_query_add (query, "wallet_address", filter->wallet);
  wd_rest_query_add (query, "user_id", filter->user);
  wd_rest_query_add (query, "search", filter->search);
  wd_rest_query_add (query, "text", filter->words);
  g_ptr_array_add (queries, g_strdup (query->str));
  if (statuses != NULL)
    queries = multiply (queries, "status", statuses);
  if (filter->types != NULL)
    queries = multiply (queries, "job_type", filter->types);
  if (filter->triggers != NULL)
    queries = multiply (queries, "triggered_by", filter->triggers);
  n = queries->len;
  g_ptr_array_add (queries, NULL);
  if ((offers & WD_OFFER_FILTER) != 0 && (unknown != NULL || n > 1))
    {
      g_strfreev ((char **) g_ptr_array_free (queries, FALSE));
      return query_line (filter);
    }
  if (unknown == NULL && n <= MAX_QUERIES)
    return (char **) g_ptr_array_free (queries, FALSE);
  g_ptr_array_unref (queries);
  if (unknown != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                 _("A remote dashboard cannot look for jobs by %s"), unknown);
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                         _("A remote dashboard cannot look for so many statuses, types and "
                           "triggers at once"));
  return NULL;
}

static void
add_flag (GString *query, const char *name, WdTristate value)
{
  if (value != WD_TRISTATE_UNSET)
    wd_rest_query_add (query, name, value == WD_TRISTATE_TRUE ? "true" : "false");
}

/**
 * wd_rest_query_wallets:
 * @filter: which wallets
 * @offers: what the server can do beside what all do
 *
 * What every endpoint can ask for are the flags. Some also know a text and a network; others leave
 * these out, so whoever reads the answer looks again. A balance is only asked for where it is
 * exact.
 *
 * Returns: (transfer full): the parameters
 */
char *
wd_rest_query_wallets (const WdWalletFilter *filter, WdOffers offers)
{
  g_autoptr (GString) query = g_string_new (NULL);

  add_flag (query, "needs_gas", filter->needs_gas);
  add_flag (query, "needs_consolidation", filter->needs_consolidation);
  wd_rest_query_add (query, "search", filter->search);
  if (filter->networks != NULL && g_strv_length (filter->networks) == 1)
    wd_rest_query_add (query, "network", *filter->networks);
  if ((offers & WD_OFFER_SEARCH) != 0)
    {
      wd_rest_query_add (query, "min_balance", filter->min_balance);
      wd_rest_query_add (query, "max_balance", filter->max_balance);
    }
  return g_string_free (g_steal_pointer (&query), FALSE);
}
