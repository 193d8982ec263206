/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Remedies that touch one store: the row that is marked or written, the id that leaves its
 * queue. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"
#include "bullmq/wd-bullmq-remove.h"
#include "direct/wd-direct-queues.h"
#include "direct/wd-drift-fix.h"
#include "direct/wd-job-birth.h"
#include "direct/wd-job-data.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-write.h"

static WdQueueJob *
read_job (WdLane *lane, const WdDriftCase *item, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  WdBullmqQueue queue = { wd_lane_get_profile (lane)->prefix, item->queue };

  return redis == NULL ? NULL : wd_bullmq_job (redis, &queue, item->queue_id,
                                               wd_deadline_in (WD_QUEUE_MS), cancellable, error);
}

/* Looks into the queue once more, now that nobody else can write the row. */
static gboolean
look_again (WdLane *lane, WdDriftCase *item, WdDriftRemedy remedy, GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  const WdProfile *profile = wd_lane_get_profile (lane);

  g_ptr_array_add (one, item);
  if (!wd_drift_cases_look (lane, one, TRUE, cancellable, error))
    return FALSE;
  if (wd_drift_case_judge (item, profile) && (wd_drift_case_remedies (item, profile) & remedy) != 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("Its queue changed meanwhile: nothing was written"));
  return FALSE;
}

static const char *
status_of (WdDriftRemedy remedy)
{
  return remedy == WD_DRIFT_MARK_COMPLETED ? "completed"
         : remedy == WD_DRIFT_MARK_CANCELLED ? "cancelled"
         : remedy == WD_DRIFT_MARK_PENDING ? "pending" : "failed";
}

/* What a row marked as failed or cancelled says: the queue's reason where it has one. */
static char *
make_message (WdLane *lane, const WdDriftCase *item, WdDriftRemedy remedy,
              GCancellable *cancellable)
{
  g_autoptr (WdQueueJob) job = NULL;

  if (remedy != WD_DRIFT_MARK_FAILED && remedy != WD_DRIFT_MARK_CANCELLED)
    return NULL;
  if (item->kind == WD_DRIFT_LOST)
    return g_strdup ("marked by an admin: lost from the queue");
  job = read_job (lane, item, cancellable, NULL);
  return job != NULL && job->failed_reason != NULL ? g_strdup (job->failed_reason)
                                                   : g_strdup ("marked by an admin");
}

/**
 * wd_drift_mark:
 * @lane: the lane of checks
 * @item: a job whose row is to say something else
 * @remedy: what
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: %WD_ERROR_REFUSED where row or queue changed; nothing was written, or
 *   %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 */
gboolean
wd_drift_mark (WdLane *lane, WdDriftCase *item, WdDriftRemedy remedy, GCancellable *cancellable,
               GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autofree char *message = make_message (lane, item, remedy, cancellable);
  g_autofree char *xid = NULL;
  WdPgDriftMark mark = { item->row->job, status_of (remedy), message,
                         wd_drift_kind_word (item->kind), item->queue };
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);

  wd_fault_point ("drift:before-mark");
  if (postgres == NULL || !wd_pg_write_begin (postgres, &xid, deadline, cancellable, error))
    return FALSE;
  if (!wd_pg_drift_lock (postgres, item->row->job->id, deadline, cancellable, error)
      || !look_again (lane, item, remedy, cancellable, error)
      || !wd_pg_drift_mark (postgres, &mark, deadline, cancellable, error))
    {
      wd_pg_write_abort (postgres, error);
      return FALSE;
    }
  wd_fault_point ("drift:before-commit");
  return wd_pg_write_commit (postgres, xid, deadline, error);
}

static WdJob *
make_row (const WdProfile *profile, const WdDriftCase *item, const WdQueueJob *job, GError **error)
{
  g_autoptr (WdJob) row = wd_job_new ();
  const char *type = wd_profile_find_job_type (profile, job->queue, job->name);

  if (strcmp (job->state, "completed") == 0 || strcmp (job->state, "unknown") == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("Its queue changed meanwhile: nothing was written"));
      return NULL;
    }
  if (type == NULL || (job->data != NULL && strlen (job->data) < (gsize) job->data_size))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                   type == NULL ? _("It is not known which kind of job “%s” is")
                                : _("The data of “%s” is too large for a row"),
                   job->name != NULL ? job->name : job->id);
      return NULL;
    }
  row->job_id = wd_bullmq_job_id_of (item->queue, item->queue_id);
  row->job_type = g_strdup (type);
  row->status = g_strdup (strcmp (job->state, "active") == 0 ? "active"
                          : strcmp (job->state, "failed") == 0 ? "failed" : "pending");
  row->data = g_strdup (job->data != NULL ? job->data : "{}");
  wd_job_data_read (job->data, &row->wallet_address, &row->user_id);
  row->created_at = job->timestamp;
  row->completed_at = strcmp (job->state, "failed") == 0 ? job->finished_on : WD_TIME_NONE;
  if (strcmp (job->state, "failed") == 0)
    row->error_message = g_strdup (job->failed_reason);
  row->retry_count = MAX (job->attempts_made - (row->error_message != NULL), 0);
  row->max_retries = job->attempts;
  return g_steal_pointer (&row);
}

/* A row that bears the name is about another job of the id: that one keeps it, under a name that no
 * job bears. One about this job is found when the row is written. */
static gboolean
make_room (WdPgConnection *postgres, const WdDriftCase *item, const WdQueueJob *job,
           const char *job_id, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = wd_pg_drift_find (postgres, &job_id, 1, deadline, cancellable,
                                                 error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const WdJob *row = ((WdPgDriftRow *) rows->pdata[i])->job;
      g_autofree char *past = NULL;

      if (wd_job_birth_fits (row, item->queue_id, job->timestamp / 1000))
        continue;
      past = wd_bullmq_job_id_of_past (row->job_id, row->created_at);
      if (!wd_pg_drift_rename (postgres, row, past, deadline, cancellable, error))
        return FALSE;
    }
  return rows != NULL;
}

/**
 * wd_drift_write_row:
 * @lane: the lane of checks
 * @item: a job without a row
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: %WD_ERROR_REFUSED where there is a row by now; nothing was written, or
 *   %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Says in a row what the queue knows of the job. A row about an earlier job of the id is renamed.
 * Worker.
 */
gboolean
wd_drift_write_row (WdLane *lane, WdDriftCase *item, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (WdQueueJob) job = NULL;
  g_autoptr (WdJob) row = NULL;
  g_autofree char *xid = NULL;
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);

  wd_fault_point ("drift:before-write");
  if (postgres == NULL || !wd_pg_write_begin (postgres, &xid, deadline, cancellable, error))
    return FALSE;
  job = read_job (lane, item, cancellable, error);
  if (job != NULL)
    row = make_row (wd_lane_get_profile (lane), item, job, error);
  if (row == NULL
      || !make_room (postgres, item, job, row->job_id, deadline, cancellable, error)
      || !wd_pg_drift_write_row (postgres, row, item->queue, deadline, cancellable, error))
    {
      wd_pg_write_abort (postgres, error);
      return FALSE;
    }
  wd_fault_point ("drift:before-commit");
  return wd_pg_write_commit (postgres, xid, deadline, error);
}

static char *
describe_id (const WdDriftCase *item, const char *places, const char *note)
{
  g_autoptr (WdJsonWriter) json = wd_json_writer_new ();

  wd_json_writer_begin_object (json);
  wd_json_writer_string_member (json, "job_id", item->queue_id);
  if (places != NULL)
    wd_json_writer_string_member (json, "state", places);
  if (note != NULL)
    wd_json_writer_string_member (json, "note", note);
  wd_json_writer_end_object (json);
  return wd_json_writer_finish (g_steal_pointer (&json));
}

/**
 * wd_drift_remove:
 * @lane: the lane of checks
 * @item: an id without a record, or one in several places
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where that is no longer so, %WD_ERROR_LAYOUT, or either store's
 *
 * The audit trail, which is in the other store, says so first, and again where it then failed.
 * Worker.
 */
gboolean
wd_drift_remove (WdLane *lane, WdDriftCase *item, GCancellable *cancellable, GError **error)
{
  WdBullmqQueue queue = { wd_lane_get_profile (lane)->prefix, item->queue };
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autofree char *before = describe_id (item, wd_drift_queue_state (&item->facts), NULL);
  g_autofree char *after = describe_id (item, NULL, wd_drift_kind_word (item->kind));
  g_autofree char *places = NULL;
  g_autoptr (GError) local = NULL;
  WdPgAuditRow row = { WD_AUDIT_REMOVE_ID, "queue", item->queue, before, after };

  if (postgres == NULL || redis == NULL
      || !wd_pg_audit_write_alone (postgres, &row, wd_deadline_in (WD_WRITE_MS), cancellable,
                                   error))
    return FALSE;
  places = wd_bullmq_remove_id (redis, &queue, item->queue_id, wd_deadline_in (WD_WRITE_MS), NULL,
                                &local);
  if (places != NULL)
    return TRUE;
  g_free (after);
  after = describe_id (item, NULL, local->message);
  row = (WdPgAuditRow) { WD_AUDIT_NOT_REMOVED, "queue", item->queue, before, after };
  wd_direct_audit_failure (lane, &row, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
