/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What both stores show of many jobs, asked anew. */

#include <string.h>

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-events.h"
#include "bullmq/wd-bullmq-look.h"
#include "direct/wd-drift-case.h"
#include "direct/wd-job-birth.h"

#define ROWS_SLICE 2000

/* Rows carry a job's automatic id with its queue, or, where a site writes its own, without; with it
 * also where the id was given again since. */
static void
add_job_ids (const WdDriftCase *item, GPtrArray *job_ids)
{
  g_ptr_array_add (job_ids, wd_bullmq_job_id_of (item->queue, item->queue_id));
  if (wd_bullmq_job_id_is_automatic (item->queue_id))
    g_ptr_array_add (job_ids, g_strdup (item->queue_id));
  else if (wd_bullmq_job_id_is_past (item->queue_id))
    g_ptr_array_add (job_ids, wd_bullmq_job_id_join (item->queue, item->queue_id));
}

/* Whether @row is about the job of @item, though perhaps in another queue. */
static gboolean
is_about (const WdDriftCase *item, const WdPgDriftRow *row, const WdProfile *profile,
          gboolean *here)
{
  const WdQueueMapping *mapping = wd_profile_get_mapping (profile, row->job->job_type);
  g_autofree char *queue = NULL;
  g_autofree char *id = NULL;

  if (!wd_bullmq_job_id_split (row->job->job_id, mapping != NULL ? mapping->queue : item->queue,
                               &queue, &id)
      || strcmp (id, item->queue_id) != 0)
    return FALSE;
  *here = strcmp (queue, item->queue) == 0;
  return *here || !wd_bullmq_job_id_is_automatic (id);
}

static gboolean
is_row (const WdDriftCase *item, const WdPgDriftRow *row)
{
  return item->row != NULL && strcmp (item->row->job->id, row->job->id) == 0;
}

static void
set_row (WdDriftCase *item, const WdPgDriftRow *row)
{
  WdPgDriftRow *copy = g_memdup2 (row, sizeof (WdPgDriftRow));

  wd_job_ref (copy->job);
  g_clear_pointer (&item->row, wd_pg_drift_row_free);
  item->row = copy;
}

/* Whether a row can be about the same job as @own. */
static gboolean
is_of_same_job (const WdDriftCase *item, const WdJob *own, const WdJob *row)
{
  if (item->facts.exists)
    return wd_drift_case_fits (item, row);
  return wd_job_birth_overlaps (own, row, item->queue_id)
         && (item->bearer_ms <= 0 || !wd_job_birth_fits (row, item->queue_id, item->bearer_ms));
}

/* A case that was found by its row stays about that one, where others bear the same id. Returns:
 * whether there still is such a row */
static gboolean
take_row_again (WdDriftCase *item, GPtrArray *rows)
{
  const WdPgDriftRow *own = NULL;

  for (guint i = 0; i < rows->len && own == NULL; i++)
    if (is_row (item, rows->pdata[i]))
      own = rows->pdata[i];
  g_clear_pointer (&item->row, wd_pg_drift_row_free);
  if (own == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const WdPgDriftRow *row = rows->pdata[i];

      if (row == own || is_of_same_job (item, own->job, row->job))
        item->n_rows++;
      else
        item->given_again = TRUE;
    }
  set_row (item, own);
  return TRUE;
}

static gboolean
is_unfinished (const WdPgDriftRow *row)
{
  WdJobStatus status = wd_job_status_from_string (row->job->status);

  return status == WD_JOB_STATUS_PENDING || status == WD_JOB_STATUS_ACTIVE
         || status == WD_JOB_STATUS_RETRYING;
}

/* Whether something is wrong with the job that bears the id now. */
static gboolean
is_suspect (WdDriftCase *item, const WdProfile *profile)
{
  return item->row != NULL && wd_drift_case_judge (item, profile);
}

/* Of @past, rows about earlier jobs of the id, the one that is not finished is meant. Where it is
 * not clear which one is, all count, and nothing is done about any. */
static void
take_past (WdDriftCase *item, GPtrArray *past, const WdProfile *profile)
{
  const WdPgDriftRow *meant = NULL;
  guint n = 0;

  for (guint i = 0; i < past->len; i++)
    if (is_unfinished (past->pdata[i]))
      {
        meant = past->pdata[i];
        n++;
      }
  if (meant == NULL && item->row != NULL)
    return;
  if (is_suspect (item, profile))
    n++;
  wd_drift_case_forget_queue (item);
  item->n_rows = MAX (n, 1);
  set_row (item, meant != NULL ? meant : past->pdata[0]);
}

/* @keep_past: where there are rows about earlier jobs of the id, of those one is meant, and not the
 * job that bears the id now. */
static void
take_rows (WdDriftCase *item, GPtrArray *rows, GPtrArray *here_too, gboolean keep_past,
           const WdProfile *profile)
{
  g_autoptr (GPtrArray) past = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      WdPgDriftRow *row = rows->pdata[i];

      if (!wd_drift_case_fits (item, row->job))
        {
          item->given_again = TRUE;
          g_ptr_array_add (past, row);
          continue;
        }
      item->n_rows++;
      if (item->row == NULL || g_ptr_array_find (here_too, row, NULL))
        set_row (item, row);
    }
  if (keep_past && past->len > 0)
    take_past (item, past, profile);
}

/* @rows: those that carry any of the names of the job. */
static void
take_named (WdDriftCase *item, GPtrArray *rows, gboolean keep_past, const WdProfile *profile)
{
  g_autoptr (GPtrArray) about = g_ptr_array_new ();
  g_autoptr (GPtrArray) here_too = g_ptr_array_new ();
  gboolean here;

  for (guint i = 0; i < rows->len; i++)
    if (is_about (item, rows->pdata[i], profile, &here))
      {
        g_ptr_array_add (about, rows->pdata[i]);
        if (here)
          g_ptr_array_add (here_too, rows->pdata[i]);
      }
  item->n_rows = 0;
  if (item->row == NULL || !take_row_again (item, about))
    take_rows (item, about, here_too, keep_past, profile);
}

static gboolean
read_slice (WdLane *lane, WdPgConnection *postgres, GPtrArray *cases, guint from, guint to,
            gboolean keep_past, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) job_ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) by_id
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = from; i < to; i++)
    add_job_ids (cases->pdata[i], job_ids);
  rows = wd_pg_drift_find (postgres, (const char *const *) job_ids->pdata, job_ids->len,
                           wd_deadline_in (WD_READ_MS), cancellable, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      char *job_id = ((WdPgDriftRow *) rows->pdata[i])->job->job_id;
      GArray *places = g_hash_table_lookup (by_id, job_id);

      if (places == NULL)
        {
          places = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_id, job_id, places);
        }
      g_array_append_val (places, i);
    }
  for (guint i = from; i < to; i++)
    {
      WdDriftCase *item = cases->pdata[i];
      g_autoptr (GPtrArray) named = g_ptr_array_new ();

      g_ptr_array_set_size (job_ids, 0);
      add_job_ids (item, job_ids);
      for (guint k = 0; k < job_ids->len; k++)
        {
          GArray *places = g_hash_table_lookup (by_id, job_ids->pdata[k]);

          for (guint p = 0; places != NULL && p < places->len; p++)
            g_ptr_array_add (named, rows->pdata[g_array_index (places, guint, p)]);
        }
      take_named (item, named, keep_past, wd_lane_get_profile (lane));
    }
  return TRUE;
}

/**
 * wd_drift_cases_read_rows:
 * @lane: a lane
 * @cases: (element-type WdDriftCase): get their rows anew; one that has a row keeps that one
 * @keep_past: where a row is about an earlier job of an id that its queue has given again, that job
 *   is meant, of which the queue then shows nothing; else the one that bears the id now
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_drift_cases_read_rows (WdLane *lane, GPtrArray *cases, gboolean keep_past,
                          GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  if (postgres == NULL)
    return FALSE;
  for (guint from = 0; from < cases->len; from += ROWS_SLICE)
    if (!read_slice (lane, postgres, cases, from, MIN (from + ROWS_SLICE, cases->len), keep_past,
                     cancellable, error))
      return FALSE;
  return TRUE;
}

/* Those of one queue. */
typedef gboolean (*QueueFunc) (WdRedisConnection *redis, const WdBullmqQueue *queue,
                               GPtrArray *cases, gboolean flag, GCancellable *cancellable,
                               GError **error);

static gboolean
for_each_queue (WdLane *lane, GPtrArray *cases, QueueFunc func, gboolean flag,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) by_queue
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  GHashTableIter iter;
  gpointer name, group;

  if (redis == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];

      group = g_hash_table_lookup (by_queue, item->queue);
      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (by_queue, item->queue, group);
        }
      g_ptr_array_add (group, item);
    }
  g_hash_table_iter_init (&iter, by_queue);
  while (g_hash_table_iter_next (&iter, &name, &group))
    {
      WdBullmqQueue queue = { wd_lane_get_profile (lane)->prefix, name };

      if (!func (redis, &queue, group, flag, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look (WdRedisConnection *redis, const WdBullmqQueue *queue, GPtrArray *cases, gboolean with_lists,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < cases->len; i++)
    g_ptr_array_add (ids, ((WdDriftCase *) cases->pdata[i])->queue_id);
  found = wd_bullmq_look (redis, queue, (const char *const *) ids->pdata, ids->len, with_lists,
                          wd_deadline_in (WD_PASS_MS), cancellable, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];

      item->facts = g_array_index (found, WdQueueFacts, i);
      item->given_again = FALSE;
      item->bearer_ms = 0;
      if (item->row != NULL && !wd_drift_case_fits (item, item->row->job))
        wd_drift_case_forget_queue (item);
    }
  return found != NULL;
}

/**
 * wd_drift_cases_look:
 * @lane: a lane with Redis
 * @cases: (element-type WdDriftCase): get what their queues show anew; those with a row what is
 *   shown of its job
 * @with_lists: also whether lists hold them
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_drift_cases_look (WdLane *lane, GPtrArray *cases, gboolean with_lists, GCancellable *cancellable,
                     GError **error)
{
  return for_each_queue (lane, cases, look, with_lists, cancellable, error);
}

static gboolean
read_events (WdRedisConnection *redis, const WdBullmqQueue *queue, GPtrArray *cases,
             gboolean unused, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ran = NULL;

  for (guint i = 0; i < cases->len; i++)
    g_hash_table_add (wanted, ((WdDriftCase *) cases->pdata[i])->queue_id);
  ran = wd_bullmq_events_ran (redis, queue, wanted, wd_deadline_in (WD_READ_MS), cancellable,
                              error);
  if (ran == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];
      WdDriftFacts facts = { .status = WD_JOB_STATUS_OTHER, .queue = item->facts };

      if (item->row != NULL)
        {
          facts.status = wd_job_status_from_string (item->row->job->status);
          facts.started = item->row->job->started_at != WD_TIME_NONE;
        }
      item->ran = wd_drift_ran (&facts, GPOINTER_TO_INT (g_hash_table_lookup (ran,
                                                                             item->queue_id)));
      /* They may be about the other one. */
      if (item->given_again)
        item->ran = WD_QUEUE_RAN_PERHAPS;
    }
  return TRUE;
}

/**
 * wd_drift_cases_read_events:
 * @lane: a lane with Redis
 * @cases: (element-type WdDriftCase): lost jobs; get whether they ran
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_drift_cases_read_events (WdLane *lane, GPtrArray *cases, GCancellable *cancellable,
                            GError **error)
{
  return for_each_queue (lane, cases, read_events, FALSE, cancellable, error);
}
