/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Retries jobs, one after the other, once all are read. The deployed server says that a job is not
 * there also when it cannot reach its database, so that is only believed when a read says so too;
 * and it does not look whether another job does the same work already, so that is looked up
 * before. */

#include "rest/wd-rest-retry.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-retry-rule.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-order.h"
#include "wire/wd-wire-send.h"
#include "wire/wd-wire-read-answer.h"

/* Returns: whether the jobs can be read at all */
static gboolean
can_read (WdRestClient *client, GError **error)
{
  g_autoptr (WdRestAnswer) answer =
    wd_rest_client_get (client, "/api/jobs/list", "limit=1&offset=0", NULL, error);
  WdWireRows *rows = answer != NULL ? wd_wire_read_jobs (answer->text, answer->length, error)
                                    : NULL;

  if (rows == NULL)
    return FALSE;
  wd_wire_rows_free (rows);
  return TRUE;
}

/* What “not found” means: the job is not there, or the database is not. */
static void
check_missing (WdRestClient *client, const char *id, GError **error)
{
  g_autoptr (GError) reason = g_steal_pointer (error);
  g_autoptr (WdJobDetail) detail = wd_rest_load_job (client, id, NULL, error);

  if (detail == NULL && g_error_matches (*error, WD_ERROR, WD_ERROR_NOT_FOUND))
    {
      g_clear_error (error);
      if (can_read (client, error))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return;
        }
    }
  if (detail == NULL)
    {
      (*error)->code = WD_ERROR_NO_CONNECTION;
      (*error)->domain = WD_ERROR;
      g_prefix_error (error, _("Nothing was written, for the dashboard cannot read its jobs: "));
    }
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                         _("The dashboard did not find the job, which is there: it could not "
                           "reach its database. Nothing was written; try again"));
}

/* Tells how the job stands now, which is all that can be known. */
static void
tell_unknown (WdRestClient *client, WdActionResult *result, const char *id, const GError *reason)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WdJobDetail) detail = wd_rest_load_job (client, id, NULL, &local);
  WdRefusal *refusal;

  if (detail == NULL)
    refusal = wd_action_result_refuse (result, id, WD_ERROR_UNKNOWN_OUTCOME,
                                       _("Not known whether it was retried (%s), and the job "
                                         "cannot be read now (%s). Look at it before you retry it "
                                         "again."), reason->message, local->message);
  else
    refusal = wd_action_result_refuse (result, id, WD_ERROR_UNKNOWN_OUTCOME,
                                       _("Not known whether it was retried (%s). Its status is "
                                         "“%s” now; look again before you retry it again."),
                                       reason->message, detail->job->status);
  refusal->job_log_id = g_strdup (id);
}

/* One that is to be retried. */
typedef struct {
  const char *id;     /* (unowned) */
  WdJob *job;         /* (owned) (nullable): as it was before anything was sent; of what cannot be
                       * one, is not there, or is retried by force, nobody asks */
} Subject;

static void
subject_free (Subject *self)
{
  wd_job_unref (self->job);
  g_free (self);
}

/* Of several that do the same work the newest goes, as everywhere. */
static int
compare_subjects (gconstpointer a, gconstpointer b)
{
  const Subject *one = *(Subject *const *) a;
  const Subject *other = *(Subject *const *) b;

  if (one->job == NULL || other->job == NULL)
    return (one->job == NULL) - (other->job == NULL);
  return wd_retry_compare_newest (one->job, other->job);
}

/* Without its row nobody can tell whether a job would do once more what is under way. Of one that
 * is not there the server says so itself. */
static gboolean
read_job (WdRestClient *client, Subject *subject, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WdJobDetail) detail = wd_rest_load_job (client, subject->id, cancellable, &local);

  if (detail != NULL)
    subject->job = wd_job_ref (detail->job);
  if (detail != NULL || g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    return TRUE;
  if (!wd_error_is_cancelled (local)
      && !g_error_matches (local, WD_ERROR, WD_ERROR_AUTHENTICATION))
    {
      local->domain = WD_ERROR;
      local->code = WD_ERROR_NO_CONNECTION;
      g_prefix_error (&local, _("Nothing was written, for the dashboard cannot read its jobs: "));
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Returns: (transfer full) (element-type Subject): in the order they are to be sent in */
static GPtrArray *
read_subjects (WdRestClient *client, const WdRetryRequest *request, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) subject_free);

  for (char **id = request->ids; *id != NULL; id++)
    {
      Subject *subject = g_new0 (Subject, 1);

      subject->id = *id;
      g_ptr_array_add (subjects, subject);
      if (!request->force && g_uuid_string_is_valid (*id)
          && !read_job (client, subject, cancellable, error))
        return NULL;
    }
  g_ptr_array_sort (subjects, compare_subjects);
  return g_steal_pointer (&subjects);
}

/* @retried: (element-type utf8 utf8): which job was retried before, by the work it does; it may
 * have ended since.
 *
 * Returns: whether it may be sent; else it is refused, or the error is set */
static gboolean
check_free (WdRestClient *client, WdActionResult *result, const Subject *subject,
            GHashTable *retried, GCancellable *cancellable, GError **error)
{
  const WdJob *job = subject->job;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autofree char *key = NULL;
  const char *sibling;
  const WdJob *other;

  if (job == NULL || wd_job_status_from_string (job->status) != WD_JOB_STATUS_FAILED
      || !wd_retry_is_guarded (job))
    return TRUE;
  key = wd_retry_dup_guard_key (job);
  sibling = g_hash_table_lookup (retried, key);
  if (sibling != NULL && g_ascii_strcasecmp (sibling, job->id) != 0)
    {
      wd_action_result_refuse_sibling (result, subject->id, sibling);
      return FALSE;
    }
  jobs = wd_rest_jobs_of_wallet (client, job->wallet_address, job->job_type, WD_TIME_NONE, NULL,
                                 cancellable, error);
  if (jobs == NULL)
    return FALSE;
  other = wd_rest_find_under_way (jobs, job->id);
  if (other != NULL)
    wd_rest_order_refuse_busy (result, subject->id, other);
  return other == NULL;
}

/* Returns: FALSE where nothing more is to be sent */
static gboolean
retry_one (WdRestClient *client, WdActionResult *result, const Subject *subject,
           const WdRetryRequest *request, GHashTable *retried, GCancellable *cancellable,
           GError **error)
{
  const char *id = subject->id;
  g_autofree char *body = wd_wire_send_retry (id, request->reset, request->force);
  g_autofree char *note = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (WdRestAnswer) answer = NULL;
  WdJob *job = NULL;
  gboolean delivered;

  if (!g_uuid_string_is_valid (id))
    {
      wd_action_result_refuse (result, id, WD_ERROR_NOT_SUPPORTED,
                               _("A remote dashboard finds a job by the id of its row (a UUID), "
                                 "not by its id in the queue"));
      return TRUE;
    }
  if (!request->force
      && !check_free (client, result, subject, retried, cancellable, &local))
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  answer = wd_rest_order_send (client, "/api/jobs/retry", body, &local);
  if (answer != NULL)
    {
      job = wd_wire_read_written_job (answer->text, answer->length, &delivered, &note, &local);
      if (job == NULL)
        wd_rest_order_doubt (answer, &local);
    }
  if (job != NULL)
    {
      if (subject->job != NULL && wd_retry_is_guarded (subject->job))
        g_hash_table_insert (retried, wd_retry_dup_guard_key (subject->job),
                             g_strdup (subject->job->id));
      wd_action_result_add_job (result, job, delivered)->note = g_steal_pointer (&note);
      return TRUE;
    }
  if (g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    check_missing (client, id, &local);
  if (g_error_matches (local, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    tell_unknown (client, result, id, local);
  else if (!wd_error_may_pass (local)
           && !g_error_matches (local, WD_ERROR, WD_ERROR_AUTHENTICATION))
    {
      wd_action_result_refuse_error (result, id, local);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
retry_all (WdRestClient *client, WdActionResult *result, const WdRetryRequest *request,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) subjects = read_subjects (client, request, cancellable, error);
  g_autoptr (GHashTable) retried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char **ids = NULL;

  if (subjects == NULL)
    return;
  ids = g_new0 (char *, subjects->len + 1);
  for (guint i = 0; i < subjects->len; i++)
    ids[i] = (char *) ((const Subject *) subjects->pdata[i])->id;
  for (guint i = 0; i < subjects->len; i++)
    {
      guint n_refused = result->refused->len;

      if (!g_cancellable_set_error_if_cancelled (cancellable, error)
          && retry_one (client, result, subjects->pdata[i], request, retried, cancellable, error))
        continue;
      wd_rest_order_leave_rest (result, ids + i + (result->refused->len - n_refused), error);
      return;
    }
}

/**
 * wd_rest_retry:
 * @client: whom to ask
 * @request: which jobs, by their ids
 * @cancellable: (nullable): stops between two orders
 * @error: nothing was written; %WD_ERROR_NOT_SUPPORTED for all failed ones at once
 *
 * Worker.
 *
 * Returns: (transfer full): what is retried, what was refused, and of what that is not known
 */
WdActionResult *
wd_rest_retry (WdRestClient *client, const WdRetryRequest *request, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  GError *local = NULL;

  if (!wd_retry_request_validate (request, error)
      || !wd_profile_check_writable (wd_rest_client_get_profile (client), error))
    return NULL;
  if (request->all_failed != NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("A remote dashboard retries jobs by their ids: all failed ones at "
                             "once are bulk work, where it does that"));
      return NULL;
    }
  retry_all (client, result, request, cancellable, &local);
  wd_action_result_tell_siblings (result);
  wd_rest_order_describe (result);
  if (local == NULL)
    return g_steal_pointer (&result);
  g_propagate_error (error, local);
  return NULL;
}
