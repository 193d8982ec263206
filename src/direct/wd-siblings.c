/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the queues say of jobs that have ended, as their rows say. The sets answer of nearly all of
 * them; lists, which take longer the longer they are, are looked through for the few others.
 *
 * A queue may also have done such a job and forgotten it: then only its events tell. It is their
 * order that counts, not the time: whatever the row was told when, a job that completed and did not
 * enter its queue again after that has done its work. */

#include "direct/wd-siblings.h"

#include <string.h>

#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-events.h"
#include "bullmq/wd-bullmq-glance.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-job-birth.h"

/* How far apart the clocks of a producer and of Redis may be. To take a job for one that has done
 * the work refuses a retry, which can be forced; not to know it pays twice. */
#define CLOCKS_MS (30 * 60 * 1000)

/* Jobs of one queue. */
typedef struct {
  GPtrArray *ids;    /* (owned) (element-type utf8) */
  GArray *births;    /* (owned) (element-type WdBullmqBirth): beside them */
  GArray *places;    /* (owned) (element-type guint): beside them, where their rows are */
} Group;

/* What is asked, and how. */
typedef struct {
  WdRedisConnection *redis;   /* (unowned) */
  WdBullmqQueue queue;        /* (unowned) */
  GPtrArray *rows;            /* (unowned) */
  GPtrArray *states;          /* (unowned) */
  gint64 deadline;
  GCancellable *cancellable;  /* (unowned) (nullable) */
} Look;

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Group, group_free)

static void
group_add (Group *self, const char *id, WdBullmqBirth birth, guint place)
{
  g_ptr_array_add (self->ids, g_strdup (id));
  g_array_append_val (self->births, birth);
  g_array_append_val (self->places, place);
}

static void
group_add_from (Group *self, const Group *other, guint i)
{
  group_add (self, other->ids->pdata[i], g_array_index (other->births, WdBullmqBirth, i),
             g_array_index (other->places, guint, i));
}

/* Those that can be in a queue, by that. */
static GHashTable *
sort_by_queue (const WdProfile *profile, GPtrArray *rows)
{
  GHashTable *queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) group_free);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *queue = NULL;
      g_autofree char *id = NULL;
      WdBullmqBirth birth;
      Group *group;

      if (!wd_job_birth_locate (rows->pdata[i], profile, &queue, &id, &birth))
        continue;
      group = g_hash_table_lookup (queues, queue);
      if (group == NULL)
        {
          group = group_new ();
          g_hash_table_insert (queues, g_steal_pointer (&queue), group);
        }
      group_add (group, id, birth, i);
    }
  return queues;
}

/* One step takes no longer than a queue may take, and all of them not longer than they may. */
static gint64
deadline_of (const Look *look, int step_ms)
{
  return MIN (look->deadline, wd_deadline_in (step_ms));
}

static void
set_state (const Look *look, const Group *group, guint i, const char *state)
{
  look->states->pdata[g_array_index (group->places, guint, i)] = g_strdup (state);
}

static void
set_completed (const Look *look, const Group *group, guint i, gint64 completed_ms)
{
  WdJob *row = look->rows->pdata[g_array_index (group->places, guint, i)];

  set_state (look, group, i, "completed");
  row->completed_at = MIN (completed_ms, G_MAXINT64 / 1000) * 1000;
}

/* @unsure: gets those that only the lists can tell of. @gone: those without a record. */
static gboolean
look_at_sets (const Look *look, const Group *group, Group *unsure, Group *gone, GError **error)
{
  g_autoptr (GArray) completed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) found
      = wd_bullmq_glance (look->redis, &look->queue, (const char *const *) group->ids->pdata,
                          (const WdBullmqBirth *) group->births->data, group->ids->len, completed,
                          deadline_of (look, WD_QUEUE_MS), look->cancellable, error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (found->pdata[i] == NULL)
      group_add_from (gone, group, i);
    else if (strcmp (found->pdata[i], "unknown") == 0)
      group_add_from (unsure, group, i);
    else if (strcmp (found->pdata[i], "completed") == 0)
      set_completed (look, group, i, g_array_index (completed, gint64, i));
    else
      set_state (look, group, i, found->pdata[i]);
  return found != NULL;
}

/* @gone: gets those that have lost their record meanwhile. What completed since the sets were asked
 * did so after all that was read. One that no worker will find is in nobody's way. */
static gboolean
look_into_lists (const Look *look, const Group *unsure, Group *gone, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  if (unsure->ids->len == 0)
    return TRUE;
  wd_fault_point ("siblings:lists");
  found = wd_bullmq_states (look->redis, &look->queue, (const char *const *) unsure->ids->pdata,
                            (const WdBullmqBirth *) unsure->births->data, unsure->ids->len,
                            deadline_of (look, WD_QUEUE_MS), look->cancellable, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (found->pdata[i] == NULL)
      group_add_from (gone, unsure, i);
    else if (strcmp (found->pdata[i], "completed") == 0)
      set_completed (look, unsure, i, G_MAXINT64);
    else if (strcmp (found->pdata[i], "orphan") != 0)
      set_state (look, unsure, i, found->pdata[i]);
  return found != NULL;
}

/* Whether it is the job that is meant which completed, and not another one of its id. Rows tell its
 * time by the clock of whoever made it, events by that of Redis. */
static gboolean
is_meant (const WdBullmqBirth *birth, const WdBullmqCompletion *end)
{
  if (end->added_ms == 0)
    return end->completed_ms >= birth->since_ms - CLOCKS_MS;
  return end->added_ms >= birth->since_ms - CLOCKS_MS
         && (birth->until_ms == 0 || end->added_ms - CLOCKS_MS <= birth->until_ms);
}

/* Asked last: what had a record a moment ago may have completed and lost it since. */
static gboolean
read_events (const Look *look, const Group *gone, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ends = NULL;

  if (gone->ids->len == 0)
    return TRUE;
  for (guint i = 0; i < gone->ids->len; i++)
    g_hash_table_add (wanted, gone->ids->pdata[i]);
  ends = wd_bullmq_events_completions (look->redis, &look->queue, wanted,
                                       deadline_of (look, WD_READ_MS), look->cancellable, error);
  for (guint i = 0; ends != NULL && i < gone->ids->len; i++)
    {
      const WdBullmqCompletion *end = g_hash_table_lookup (ends, gone->ids->pdata[i]);

      if (end != NULL && is_meant (&g_array_index (gone->births, WdBullmqBirth, i), end))
        set_completed (look, gone, i, end->completed_ms);
    }
  return ends != NULL;
}

static gboolean
look_at_queue (const Look *look, const Group *group, gboolean back, GError **error)
{
  g_autoptr (Group) unsure = group_new ();
  g_autoptr (Group) gone = group_new ();

  return look_at_sets (look, group, unsure, gone, error)
         && look_into_lists (look, unsure, gone, error)
         && (!back || read_events (look, gone, error));
}

static gboolean
look_at_all (GPtrArray *rows, GPtrArray *states, WdLane *lane, gboolean back, gint64 deadline,
             GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  Look look = { wd_lane_get_redis (lane, cancellable, error), { profile->prefix, NULL }, rows,
                states, deadline, cancellable };
  g_autoptr (GHashTable) queues = NULL;
  GHashTableIter iter;
  gpointer name, group;

  if (look.redis == NULL)
    return FALSE;
  g_ptr_array_set_size (states, (int) rows->len);
  queues = sort_by_queue (profile, rows);
  g_hash_table_iter_init (&iter, queues);
  while (g_hash_table_iter_next (&iter, &name, &group))
    {
      look.queue.name = name;
      if (!look_at_queue (&look, group, back, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wd_siblings_look:
 * @rows: (element-type WdJob): of jobs that have ended, as they say
 * @states: (element-type utf8): gets the state of each in its queue, %NULL where that does not hold
 *   it or no worker will find it; `unknown` for a record that is in no list but may run, or where
 *   they are too long to look through
 * @lane: (type WdLane): a lane with Redis
 * @deadline: for all of it
 * @cancellable: (nullable): a cancellable
 * @error: that a queue did not answer
 *
 * A #WdPgSiblingsLook for whom only what is still to run matters. Worker.
 */
gboolean
wd_siblings_look (GPtrArray *rows, GPtrArray *states, gpointer lane, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  return look_at_all (rows, states, lane, FALSE, deadline, cancellable, error);
}

/**
 * wd_siblings_look_back:
 * @rows: (element-type WdJob): of jobs that have ended, as they say
 * @states: (element-type utf8): gets the state of each in its queue as of wd_siblings_look(), and
 *   `completed` also for one that its queue has completed and does not hold any more
 * @lane: (type WdLane): a lane with Redis
 * @deadline: for all of it
 * @cancellable: (nullable): a cancellable
 * @error: that a queue did not answer
 *
 * A #WdPgSiblingsLook for whom also matters what was done. Reads all events of a queue where it
 * holds one of the jobs no more. Worker.
 */
gboolean
wd_siblings_look_back (GPtrArray *rows, GPtrArray *states, gpointer lane, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  return look_at_all (rows, states, lane, TRUE, deadline, cancellable, error);
}
