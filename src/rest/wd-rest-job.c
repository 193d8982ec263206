/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Single jobs, and those of one wallet. */

#include "rest/wd-rest-job.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-page.h"
#include "model/wd-words.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-answer.h"

/**
 * wd_rest_jobs_of_wallet:
 * @client: whom to ask
 * @address: of a wallet
 * @job_type: (nullable): of which type; %NULL for all
 * @from: made then or later, or %WD_TIME_NONE
 * @date: (out) (optional): when that was, by the server's clock, or %WD_TIME_NONE
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdJob): the newest of its jobs, a thousand at most
 */
GPtrArray *
wd_rest_jobs_of_wallet (WdRestClient *client, const char *address, const char *job_type,
                        WdTime from, WdTime *date, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (WdWireRows) rows = NULL;

  wd_rest_query_add (query, "wallet_address", address);
  wd_rest_query_add (query, "job_type", job_type);
  wd_rest_query_add_time (query, "from_date", from);
  wd_rest_query_add_number (query, "limit", WD_PAGE_LIMIT_MAX);
  answer = wd_rest_client_get (client, "/api/jobs/list", query->str, cancellable, error);
  if (answer == NULL)
    return NULL;
  if (date != NULL)
    *date = answer->date;
  rows = wd_wire_read_jobs (answer->text, answer->length, error);
  if (rows != NULL)
    return g_ptr_array_ref (rows->items);
  wd_rest_answer_prefix (answer, error);
  return NULL;
}

/**
 * wd_rest_job_is_under_way:
 * @job: a job
 *
 * Returns: whether it waits or runs, in the words of either kind of table
 */
gboolean
wd_rest_job_is_under_way (const WdJob *job)
{
  WdJobStatus status = wd_job_status_from_string (job->status);

  return status == WD_JOB_STATUS_PENDING || status == WD_JOB_STATUS_ACTIVE
         || status == WD_JOB_STATUS_RETRYING;
}

/**
 * wd_rest_find_under_way:
 * @jobs: (element-type WdJob): jobs
 * @but: (nullable): the id of one that is not meant
 *
 * Returns: (transfer none) (nullable): the first that waits or runs
 */
const WdJob *
wd_rest_find_under_way (GPtrArray *jobs, const char *but)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      const WdJob *job = jobs->pdata[i];

      if (wd_rest_job_is_under_way (job)
          && (but == NULL || g_ascii_strcasecmp (job->id, but) != 0))
        return job;
    }
  return NULL;
}

static WdJob *
load_row (WdRestClient *client, const char *id, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = wd_rest_query_path ("/api/jobs/", id);
  g_autoptr (WdRestAnswer) answer = NULL;
  g_autoptr (WdJob) job = NULL;

  if (!g_uuid_string_is_valid (id))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("A remote dashboard finds a job by the id of its row (a UUID), not by "
                             "its id in the queue"));
      return NULL;
    }
  answer = wd_rest_client_get (client, path, NULL, cancellable, error);
  if (answer == NULL)
    return NULL;
  job = wd_wire_read_bare_job (answer->text, answer->length, error);
  if (job != NULL && g_ascii_strcasecmp (job->id, id) == 0)
    return g_steal_pointer (&job);
  if (job != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL,
                         _("the answer is about another job"));
  wd_rest_answer_prefix (answer, error);
  return NULL;
}

/**
 * wd_rest_load_job:
 * @client: whom to ask
 * @id: the row's UUID
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, %WD_ERROR_NOT_SUPPORTED for a `job_id`, others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the row; what its queue says is not known
 */
WdJobDetail *
wd_rest_load_job (WdRestClient *client, const char *id, GCancellable *cancellable, GError **error)
{
  WdJob *job = load_row (client, id, cancellable, error);
  WdJobDetail *detail;

  if (job == NULL)
    return NULL;
  detail = wd_job_detail_new ();
  detail->job = job;
  detail->queue_error = g_strdup (_("A remote dashboard does not show its queues"));
  return detail;
}

/**
 * wd_rest_find_jobs:
 * @client: whom to ask
 * @ids: (array zero-terminated=1): rows' UUIDs
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED for a `job_id`, others in #WD_ERROR
 *
 * Asks for one after the other. Worker.
 *
 * Returns: (transfer full) (element-type WdJob): those there are
 */
GPtrArray *
wd_rest_find_jobs (WdRestClient *client, const char *const *ids, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);

  for (; *ids != NULL; ids++)
    {
      g_autoptr (GError) local = NULL;
      WdJob *job = load_row (client, *ids, cancellable, &local);

      if (job != NULL)
        g_ptr_array_add (jobs, job);
      else if (!g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&jobs);
}
