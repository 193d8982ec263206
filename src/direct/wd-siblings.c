/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the queues say of jobs that have ended, as their rows say. The sets answer of nearly all of
 * them; lists, which take longer the longer they are, are looked through for the few others. */

#include "direct/wd-siblings.h"

#include <string.h>

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-glance.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-job-birth.h"

/* Jobs of one queue. */
typedef struct {
  GPtrArray *ids;    /* (owned) (element-type utf8) */
  GArray *births;    /* (owned) (element-type WdBullmqBirth): beside them */
  GArray *places;    /* (owned) (element-type guint): beside them, where their states go */
} Group;

static Group *
group_new (void)
{
  Group *self = g_new (Group, 1);

  *self = (Group) { g_ptr_array_new_with_free_func (g_free),
                    g_array_new (FALSE, FALSE, sizeof (WdBullmqBirth)),
                    g_array_new (FALSE, FALSE, sizeof (guint)) };
  return self;
}

static void
group_free (Group *self)
{
  g_ptr_array_unref (self->ids);
  g_array_unref (self->births);
  g_array_unref (self->places);
  g_free (self);
}

static void
group_add (Group *self, const char *id, WdBullmqBirth birth, guint place)
{
  g_ptr_array_add (self->ids, g_strdup (id));
  g_array_append_val (self->births, birth);
  g_array_append_val (self->places, place);
}

/* Those that can be in a queue, by that. */
static GHashTable *
sort_by_queue (const WdProfile *profile, GPtrArray *rows)
{
  GHashTable *queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) group_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const WdJob *row = rows->pdata[i];
      const WdQueueMapping *mapping = wd_profile_get_mapping (profile, row->job_type);
      g_autofree char *queue = NULL;
      g_autofree char *id = NULL;
      Group *group;

      if (mapping == NULL || !wd_bullmq_job_id_split (row->job_id, mapping->queue, &queue, &id))
        continue;
      group = g_hash_table_lookup (queues, queue);
      if (group == NULL)
        {
          group = group_new ();
          g_hash_table_insert (queues, g_steal_pointer (&queue), group);
        }
      group_add (group, id, wd_job_birth_of (row->job_id, id, row->created_at), i);
    }
  return queues;
}

static void
set_state (GPtrArray *states, const Group *group, guint i, const char *state)
{
  states->pdata[g_array_index (group->places, guint, i)] = g_strdup (state);
}

/* Those of one queue. @unsure: gets those that only the lists can tell of. */
static gboolean
look_at_sets (WdRedisConnection *redis, const WdBullmqQueue *queue, const Group *group,
              GPtrArray *states, Group *unsure, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found
      = wd_bullmq_glance (redis, queue, (const char *const *) group->ids->pdata,
                          (const WdBullmqBirth *) group->births->data, group->ids->len,
                          wd_deadline_in (WD_QUEUE_MS), cancellable, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (g_strcmp0 (found->pdata[i], "unknown") == 0)
      group_add (unsure, group->ids->pdata[i], g_array_index (group->births, WdBullmqBirth, i),
                 g_array_index (group->places, guint, i));
    else
      set_state (states, group, i, found->pdata[i]);
  return found != NULL;
}

static gboolean
look_into_lists (WdRedisConnection *redis, const WdBullmqQueue *queue, const Group *unsure,
                 GPtrArray *states, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (unsure->ids->len == 0)
    return TRUE;
  found = wd_bullmq_states (redis, queue, (const char *const *) unsure->ids->pdata,
                            (const WdBullmqBirth *) unsure->births->data, unsure->ids->len,
                            wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    set_state (states, unsure, i, found->pdata[i]);
  return found != NULL;
}

/**
 * wd_siblings_look:
 * @rows: (element-type WdJob): of jobs that have ended, as they say
 * @states: (element-type utf8): gets the state of each in its queue, %NULL where that does not hold
 *   it; `unknown` for a record that is in no list, or where they are too long to look through
 * @lane: (type WdLane): a lane with Redis
 * @cancellable: (nullable): a cancellable
 * @error: that a queue did not answer
 *
 * A #WdPgSiblingsLook. Worker.
 */
gboolean
wd_siblings_look (GPtrArray *rows, GPtrArray *states, gpointer lane, GCancellable *cancellable,
                  GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autoptr (GHashTable) queues = NULL;
  GHashTableIter iter;
  gpointer name, group;

  if (redis == NULL)
    return FALSE;
  g_ptr_array_set_size (states, (int) rows->len);
  queues = sort_by_queue (profile, rows);
  g_hash_table_iter_init (&iter, queues);
  while (g_hash_table_iter_next (&iter, &name, &group))
    {
      WdBullmqQueue queue = { profile->prefix, name };
      Group *unsure = group_new ();
      gboolean ok = look_at_sets (redis, &queue, group, states, unsure, cancellable, error)
                    && look_into_lists (redis, &queue, unsure, states, cancellable, error);

      group_free (unsure);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}
