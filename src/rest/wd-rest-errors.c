/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Failed jobs by their errors, where a service groups them. */

#include "rest/wd-rest-errors.h"

#include "base/wd-error.h"
#include "model/wd-filter-text.h"
#include "rest/wd-rest-lacks.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-errors.h"

/**
 * wd_rest_load_error_report:
 * @client: whom to ask
 * @filter: which jobs; its statuses are not looked at
 * @all: not only the newest
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED where it does not group them, others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the groups
 */
WdErrorReport *
wd_rest_load_error_report (WdRestClient *client, const WdJobFilter *filter, gboolean all,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *line = wd_job_filter_to_text (filter, utc);
  WdErrorReport *report;

  if (!wd_rest_lack_check (client, WD_ABILITY_ERRORS, cancellable, error))
    return NULL;
  if (*line != '\0')
    wd_rest_query_add (query, "filter", line);
  if (all)
    wd_rest_query_add (query, "all", "true");
  answer = wd_rest_client_get (client, "/api/jobs/errors", query->len > 0 ? query->str : NULL,
                               cancellable, error);
  if (answer == NULL)
    return NULL;
  report = wd_wire_read_error_report (answer->text, answer->length, error);
  if (report == NULL)
    wd_rest_answer_prefix (answer, error);
  return report;
}
