/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-queue-rows.h"

#include <string.h>

#include "base/wd-time.h"
#include "direct/wd-job-birth.h"
#include "postgres/wd-pg-jobs.h"

/* Names of one query; a job has two. */
#define AT_ONCE 2000

struct _WdQueueRows {
  GPtrArray *names;     /* (owned) (element-type utf8): what rows may call the jobs */
  GHashTable *queues;   /* (owned) (element-type utf8 utf8): by the id: the queue, one of them */
  GHashTable *rows;     /* (owned) (element-type utf8 GPtrArray): by queue and id, newest first */
};

static void
unref_rows (gpointer rows)
{
  g_ptr_array_unref (rows);
}

/**
 * wd_queue_rows_new:
 *
 * Returns: (transfer full): rows of no job yet
 */
WdQueueRows *
wd_queue_rows_new (void)
{
  WdQueueRows *self = g_new0 (WdQueueRows, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_rows);
  return self;
}

/**
 * wd_queue_rows_free:
 * @self: (transfer full): rows
 */
void
wd_queue_rows_free (WdQueueRows *self)
{
  g_ptr_array_unref (self->names);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->rows);
  g_free (self);
}

/**
 * wd_queue_rows_want:
 * @self: rows
 * @queue: of a job
 * @id: of that job
 */
void
wd_queue_rows_want (WdQueueRows *self, const char *queue, const char *id)
{
  g_ptr_array_add (self->names, g_strdup (id));
  g_ptr_array_add (self->names, wd_bullmq_job_id_join (queue, id));
  g_hash_table_insert (self->queues, g_strdup (id), g_strdup (queue));
}

/* Another queue may hold a job of the same id. A type that goes into no queue we know of says
 * nothing. */
static void
take (WdQueueRows *self, const WdProfile *profile, WdJob *row)
{
  const WdQueueMapping *mapping = wd_profile_get_mapping (profile, row->job_type);
  const char *otherwise = mapping != NULL ? mapping->queue
                                          : g_hash_table_lookup (self->queues, row->job_id);
  g_autofree char *queue = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  GPtrArray *found;

  if (!wd_bullmq_job_id_split (row->job_id, otherwise, &queue, &id))
    return;
  name = wd_bullmq_job_id_join (queue, id);
  found = g_hash_table_lookup (self->rows, name);
  if (found == NULL)
    {
      found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
      g_hash_table_insert (self->rows, g_steal_pointer (&name), found);
    }
  g_ptr_array_add (found, wd_job_ref (row));
}

/**
 * wd_queue_rows_load:
 * @self: rows that are wanted
 * @lane: a lane
 * @by_index: refuse to look at every row for them
 * @cancellable: (nullable): a cancellable
 * @error: as wd_pg_jobs_find_named()
 *
 * A query for each thousand jobs. Worker.
 */
gboolean
wd_queue_rows_load (WdQueueRows *self, WdLane *lane, gboolean by_index, GCancellable *cancellable,
                    GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);

  if (postgres == NULL)
    return FALSE;
  for (guint at = 0; at < self->names->len; at += AT_ONCE)
    {
      g_autoptr (GPtrArray) found
          = wd_pg_jobs_find_named (postgres, (const char *const *) self->names->pdata + at,
                                   MIN (AT_ONCE, self->names->len - at), by_index,
                                   wd_deadline_in (WD_READ_MS), cancellable, error);

      if (found == NULL)
        return FALSE;
      for (guint i = 0; i < found->len; i++)
        take (self, wd_lane_get_profile (lane), found->pdata[i]);
    }
  return TRUE;
}

/**
 * wd_queue_rows_get:
 * @self: rows that were loaded
 * @queue: of a job
 * @id: of that job
 * @made_ms: when it was made, in milliseconds; 0 or less where that is not known
 *
 * Returns: (transfer none) (nullable): the row about it, and not about an earlier job of its id; of
 *   several the newest
 */
WdJob *
wd_queue_rows_get (WdQueueRows *self, const char *queue, const char *id, gint64 made_ms)
{
  g_autofree char *name = wd_bullmq_job_id_join (queue, id);
  GPtrArray *found = g_hash_table_lookup (self->rows, name);

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (wd_job_birth_fits (found->pdata[i], id, made_ms))
      return found->pdata[i];
  return NULL;
}
