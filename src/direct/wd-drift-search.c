/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-drift-search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-time.h"

#define ROWS_SLICE 2000
#define MOST_ROWS  1000000
#define TELL_US    (G_USEC_PER_SEC / 10)

/**
 * wd_drift_search_init:
 * @self: gets to be a search in which nothing was looked at
 * @lane: a lane
 * @func: (nullable): told how far it is
 * @func_data: for @func
 */
void
wd_drift_search_init (WdDriftSearch *self, WdLane *lane, WdDirectDriftFunc func,
                      gpointer func_data)
{
  *self = (WdDriftSearch) {
    .lane = lane,
    .profile = wd_lane_get_profile (lane),
    .func = func,
    .func_data = func_data,
    .censuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) wd_bullmq_census_free),
    .matched = g_hash_table_new (g_direct_hash, g_direct_equal),
    .suspects = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_case_free),
    .notes = g_ptr_array_new_with_free_func (g_free),
  };
}

/**
 * wd_drift_search_clear:
 * @self: a search; its place is the caller's
 */
void
wd_drift_search_clear (WdDriftSearch *self)
{
  g_hash_table_unref (self->matched);
  g_hash_table_unref (self->censuses);
  g_ptr_array_unref (self->suspects);
  g_ptr_array_unref (self->notes);
}

static void
tell (WdDriftSearch *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->func == NULL || now < self->next_tell)
    return;
  self->next_tell = now + TELL_US;
  self->func (self->n_jobs, self->n_rows, self->func_data);
}

static void
count_jobs (gsize n_jobs, gpointer data)
{
  WdDriftSearch *self = data;

  self->n_jobs += (gint64) n_jobs;
  tell (self);
}

/**
 * wd_drift_search_take_census:
 * @self: a search
 * @name: of a queue
 * @func: (nullable) (scope call): told of each slice, with @self
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): what stands there now. Worker.
 */
WdBullmqCensus *
wd_drift_search_take_census (WdDriftSearch *self, const char *name, WdBullmqCensusFunc func,
                             GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (self->lane, cancellable, error);
  WdBullmqQueue queue = { self->profile->prefix, (char *) name };

  return redis == NULL ? NULL
                       : wd_bullmq_census_take (redis, &queue, func, self, WD_QUEUE_MS,
                                                cancellable, error);
}

/* The census of a queue, taken on first use. */
static WdBullmqCensus *
find_census (WdDriftSearch *self, const char *name, GCancellable *cancellable, GError **error)
{
  WdBullmqCensus *census = g_hash_table_lookup (self->censuses, name);

  if (census != NULL)
    return census;
  census = wd_drift_search_take_census (self, name, count_jobs, cancellable, error);
  if (census == NULL)
    return NULL;
  if (!wd_bullmq_census_is_complete (census))
    g_ptr_array_add (self->notes,
                     g_strdup_printf (_("The queue “%s” holds over %d jobs: the others were not "
                                        "compared"), name, WD_BULLMQ_CENSUS_MOST));
  g_hash_table_insert (self->censuses, g_strdup (name), census);
  return census;
}

static gboolean
take_censuses (WdDriftSearch *self, GCancellable *cancellable, GError **error)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (find_census (self, wd_profile_get_mapping (self->profile, types[i].name)->queue,
                     cancellable, error) == NULL)
      return FALSE;
  return TRUE;
}

static void
suspect (WdDriftSearch *self, WdDriftCase *item)
{
  if (wd_drift_case_judge (item, self->profile))
    g_ptr_array_add (self->suspects, item);
  else
    wd_drift_case_free (item);
}

/* Finds the job of a row in its queue. A row whose job no list holds goes to @missing. */
static gboolean
compare_row (WdDriftSearch *self, WdPgDriftRow *row, GPtrArray *missing, GCancellable *cancellable,
             GError **error)
{
  const WdQueueMapping *mapping = wd_profile_get_mapping (self->profile, row->job->job_type);
  g_autofree char *queue = NULL;
  g_autofree char *id = NULL;
  gpointer key, facts;
  WdBullmqCensus *census;
  WdDriftCase *item;

  if (mapping == NULL
      || !wd_bullmq_job_id_split (row->job->job_id, mapping->queue, &queue, &id))
    {
      wd_pg_drift_row_free (row);
      return TRUE;
    }
  item = wd_drift_case_new (queue, id);
  item->row = row;
  item->n_rows = 1;
  census = find_census (self, queue, cancellable, error);
  if (census == NULL)
    {
      wd_drift_case_free (item);
      return FALSE;
    }
  if (!g_hash_table_lookup_extended (wd_bullmq_census_get_jobs (census), id, &key, &facts))
    {
      g_ptr_array_add (missing, item);
      return TRUE;
    }
  item->facts = *(WdQueueFacts *) facts;
  if (!wd_drift_case_fits (item, row->job))
    {
      wd_drift_case_forget_queue (item);
      suspect (self, item);
      return TRUE;
    }
  if (!g_hash_table_add (self->matched, key))
    item->n_rows = 2;
  suspect (self, item);
  return TRUE;
}

static gboolean
compare_slice (WdDriftSearch *self, GPtrArray *rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) missing
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_case_free);
  WdPgDriftRow *row;

  while (rows->len > 0)
    {
      row = g_ptr_array_steal_index_fast (rows, rows->len - 1);
      if (!compare_row (self, row, missing, cancellable, error))
        return FALSE;
    }
  if (!wd_drift_cases_look (self->lane, missing, FALSE, cancellable, error))
    return FALSE;
  while (missing->len > 0)
    suspect (self, g_ptr_array_steal_index_fast (missing, missing->len - 1));
  return TRUE;
}

/* Rows that say that their job waits or runs. */
static gboolean
compare_rows (WdDriftSearch *self, const char *status, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) last = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                               wd_pg_drift_row_free);
  guint n;

  do
    {
      WdPgConnection *postgres = wd_lane_get_postgres (self->lane, cancellable, error);
      g_autoptr (GPtrArray) rows = NULL;

      if (postgres != NULL)
        rows = wd_pg_drift_unfinished (postgres, status, last->len > 0 ? last->pdata[0] : NULL,
                                       ROWS_SLICE, wd_deadline_in (WD_READ_MS), cancellable,
                                       error);
      if (rows == NULL)
        return FALSE;
      n = rows->len;
      self->n_rows += n;
      tell (self);
      if (n > 0)
        {
          WdPgDriftRow *copy = g_memdup2 (rows->pdata[n - 1], sizeof (WdPgDriftRow));

          wd_job_ref (copy->job);
          g_ptr_array_set_size (last, 0);
          g_ptr_array_add (last, copy);
        }
      if (!compare_slice (self, rows, cancellable, error))
        return FALSE;
    }
  while (n == ROWS_SLICE && self->n_rows < MOST_ROWS);
  if (n == ROWS_SLICE)
    g_ptr_array_add (self->notes, g_strdup_printf (_("Over %d rows are unfinished: the youngest "
                                                     "were not compared"), MOST_ROWS));
  return TRUE;
}

static gboolean
flush_jobs (WdDriftSearch *self, GPtrArray *cases, GCancellable *cancellable, GError **error)
{
  if (!wd_drift_cases_read_rows (self->lane, cases, FALSE, cancellable, error))
    return FALSE;
  while (cases->len > 0)
    suspect (self, g_ptr_array_steal_index_fast (cases, cases->len - 1));
  tell (self);
  return TRUE;
}

/* Jobs for which no unfinished row was found: it has ended, or there is none. */
static gboolean
compare_jobs (WdDriftSearch *self, const char *queue, WdBullmqCensus *census,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) cases
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_case_free);
  GHashTableIter iter;
  gpointer id, facts;

  g_hash_table_iter_init (&iter, wd_bullmq_census_get_jobs (census));
  while (g_hash_table_iter_next (&iter, &id, &facts))
    {
      WdDriftCase *item;

      if (g_hash_table_contains (self->matched, id))
        continue;
      item = wd_drift_case_new (queue, id);
      item->facts = *(WdQueueFacts *) facts;
      g_ptr_array_add (cases, item);
      if (cases->len == ROWS_SLICE && !flush_jobs (self, cases, cancellable, error))
        return FALSE;
    }
  return flush_jobs (self, cases, cancellable, error);
}

/**
 * wd_drift_search_run:
 * @self: a new search
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * The first look: its suspects become those with whom something is wrong, or was while both stores
 * were read. Worker.
 */
gboolean
wd_drift_search_run (WdDriftSearch *self, GCancellable *cancellable, GError **error)
{
  static const char *const unfinished[] = { "pending", "active", "processing", "retrying" };
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (!take_censuses (self, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (unfinished); i++)
    if (!compare_rows (self, unfinished[i], cancellable, error))
      return FALSE;
  /* Other queues that a row names are not the profile's: jobs there are no business of its rows. */
  for (gsize i = 0; i < n_types; i++)
    {
      const char *queue = wd_profile_get_mapping (self->profile, types[i].name)->queue;

      if (g_strcmp0 (wd_profile_get_job_type (self->profile, queue), types[i].name) == 0
          && !compare_jobs (self, queue, g_hash_table_lookup (self->censuses, queue), cancellable,
                            error))
        return FALSE;
    }
  return TRUE;
}
