/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-filter.h"

#include <string.h>

#include "model/wd-words.h"
#include "wire/wd-wire-bulk-order.h"

/* Returns: (transfer full): the one word that is asked for, or none */
static char **
one_word (WdServerQuery *query, const char *name)
{
  const char *value = wd_server_query_get (query, name);

  return value != NULL ? g_strdupv ((char *[]) { (char *) value, NULL }) : NULL;
}

/* A status that no job can have is a slip of the pen, not a list without jobs. */
static gboolean
read_status (WdServerQuery *query, char ***statuses, GError **error)
{
  const char *status = wd_server_query_get (query, "status");

  *statuses = one_word (query, "status");
  return status == NULL || wd_job_status_from_string (status) != WD_JOB_STATUS_OTHER
         || wd_server_query_refuse (query, "status", error,
                                    "status must be pending, active, processing, completed, "
                                    "failed, retrying or cancelled");
}

static gboolean
read_user (WdServerQuery *query, char **user, GError **error)
{
  *user = g_strdup (wd_server_query_get (query, "user_id"));
  return *user == NULL || g_uuid_string_is_valid (*user)
         || wd_server_query_refuse (query, "user_id", error, "user_id must be a UUID");
}

static gboolean
read_times (WdJobFilter *filter, WdServerQuery *query, GError **error)
{
  return wd_server_query_get_time (query, "from_date", &filter->from, error)
         && wd_server_query_get_time (query, "to_date", &filter->to, error);
}

/**
 * wd_server_filter_read_jobs:
 * @filter: an empty filter
 * @query: what somebody wants of it
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_server_filter_read_jobs (WdJobFilter *filter, WdServerQuery *query, GError **error)
{
  filter->types = one_word (query, "job_type");
  filter->triggers = one_word (query, "triggered_by");
  filter->wallet = g_strdup (wd_server_query_get (query, "wallet_address"));
  filter->search = g_strdup (wd_server_query_get (query, "search"));
  filter->words = g_strdup (wd_server_query_get (query, "text"));
  return read_status (query, &filter->statuses, error)
         && read_user (query, &filter->user, error) && read_times (filter, query, error)
         && wd_job_filter_validate (filter, error);
}

/**
 * wd_server_filter_dup_jobs:
 * @query: of a list: by a line of text, between two times, or by conditions
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): which jobs
 */
WdJobFilter *
wd_server_filter_dup_jobs (WdServerQuery *query, GError **error)
{
  static const char *const beside[] = { WD_WIRE_BULK_LINE, "from_date", "to_date", "limit",
                                        "offset", "cursor", "all", NULL };
  g_autoptr (WdJobFilter) filter = NULL;
  gpointer whole;

  if (!wd_server_filter_read_line (wd_filter_language_jobs (), query, beside, &whole, error))
    return NULL;
  filter = whole != NULL ? whole : wd_job_filter_new ();
  if (whole != NULL ? !read_times (filter, query, error)
                    : !wd_server_filter_read_jobs (filter, query, error))
    return NULL;
  return g_steal_pointer (&filter);
}

/* Exactly `true` is true; anything else that is there is false. */
static WdTristate
read_flag (WdServerQuery *query, const char *name)
{
  const char *value = wd_server_query_get (query, name);

  if (value == NULL)
    return WD_TRISTATE_UNSET;
  return strcmp (value, "true") == 0 ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

/**
 * wd_server_filter_read_wallets:
 * @filter: an empty filter
 * @query: what somebody wants of it
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_server_filter_read_wallets (WdWalletFilter *filter, WdServerQuery *query, GError **error)
{
  filter->needs_gas = read_flag (query, "needs_gas");
  filter->needs_consolidation = read_flag (query, "needs_consolidation");
  filter->min_balance = g_strdup (wd_server_query_get (query, "min_balance"));
  filter->max_balance = g_strdup (wd_server_query_get (query, "max_balance"));
  filter->networks = one_word (query, "network");
  filter->search = g_strdup (wd_server_query_get (query, "search"));
  return wd_wallet_filter_validate (filter, error);
}

/**
 * wd_server_filter_read_line:
 * @language: how such filters are written
 * @query: what somebody wants
 * @beside: (nullable) (array zero-terminated=1): what may stand beside the line
 * @filter: (out) (transfer full) (nullable): what lets that through; %NULL where it is not said by
 *   a line of text
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * A line says all but that by itself. Times in it without a zone are UTC.
 */
gboolean
wd_server_filter_read_line (const WdFilterLanguage *language, WdServerQuery *query,
                            const char *const *beside, gpointer *filter, GError **error)
{
  static const char *const alone[] = { WD_WIRE_BULK_LINE, NULL };
  const char *line = wd_server_query_get (query, WD_WIRE_BULK_LINE);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) problem = NULL;
  WdTextSpan span;

  *filter = NULL;
  if (line == NULL)
    return TRUE;
  if (!wd_server_query_check_names (query, beside != NULL ? beside : alone, error))
    return FALSE;
  *filter = language->read (line, utc, wd_time_now (), &span, &problem);
  return *filter != NULL
         || wd_server_query_refuse (query, WD_WIRE_BULK_LINE, error, "%s: %s", WD_WIRE_BULK_LINE,
                                    problem->message);
}

/**
 * wd_server_filter_job_names:
 *
 * Returns: (transfer none): what wd_server_filter_read_jobs() reads, but for the status
 */
const char *const *
wd_server_filter_job_names (void)
{
  static const char *const names[] = { "job_type", "triggered_by", "wallet_address", "user_id",
                                       "from_date", "to_date", "search", "text", NULL };

  return names;
}

/**
 * wd_server_filter_wallet_names:
 *
 * Returns: (transfer none): what wd_server_filter_read_wallets() reads
 */
const char *const *
wd_server_filter_wallet_names (void)
{
  static const char *const names[] = { "needs_gas", "needs_consolidation", "min_balance",
                                       "max_balance", "network", "search", NULL };

  return names;
}
