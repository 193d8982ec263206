/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-queues.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "bullmq/wd-bullmq-discover.h"
#include "bullmq/wd-bullmq-pause.h"

static gboolean
has_queue (GPtrArray *names, const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* Those of the profile in its order, then whatever else is there. */
static GPtrArray *
name_queues (WdLane *lane, WdRedisConnection *redis, GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = wd_bullmq_discover (redis, profile->prefix,
                                                    wd_deadline_in (WD_WRITE_MS), cancellable,
                                                    error);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (found == NULL)
    return NULL;
  for (gsize i = 0; i < n_types; i++)
    {
      const char *name = wd_profile_get_mapping (profile, types[i].name)->queue;

      if (!has_queue (names, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  for (guint i = 0; i < found->len; i++)
    {
      const WdBullmqQueue *queue = found->pdata[i];

      if (!has_queue (names, queue->name))
        g_ptr_array_add (names, g_strdup (queue->name));
    }
  return g_steal_pointer (&names);
}

/**
 * wd_direct_list_queues:
 * @lane: the lane that watches
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdQueueCounts): every queue found or named in the
 *   profile. Worker.
 */
GPtrArray *
wd_direct_list_queues (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  g_autofree WdBullmqQueue *queues = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (redis == NULL)
    return NULL;
  names = name_queues (lane, redis, cancellable, error);
  if (names == NULL)
    return NULL;
  queues = g_new (WdBullmqQueue, names->len);
  for (guint i = 0; i < names->len; i++)
    queues[i] = (WdBullmqQueue) { wd_lane_get_profile (lane)->prefix, names->pdata[i] };
  return wd_bullmq_counts (redis, queues, names->len, wd_deadline_in (WD_QUEUE_MS), cancellable,
                           error);
}

/**
 * wd_direct_set_queue_paused:
 * @lane: the lane of writes
 * @queue: its name
 * @paused: pause, else resume
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_READ_ONLY, %WD_ERROR_NOT_FOUND, %WD_ERROR_LAYOUT or Redis'
 *
 * Worker.
 */
gboolean
wd_direct_set_queue_paused (WdLane *lane, const char *queue, gboolean paused,
                            GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autofree char *warning = NULL;
  g_autoptr (GPtrArray) names = NULL;
  WdRedisConnection *redis;

  if (profile->read_only)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_READ_ONLY,
                   _("The connection “%s” is read-only: nothing was written"), profile->name);
      return FALSE;
    }
  redis = wd_lane_get_redis (lane, cancellable, error);
  if (redis == NULL)
    return FALSE;
  names = name_queues (lane, redis, cancellable, error);
  if (names == NULL)
    return FALSE;
  if (!has_queue (names, queue))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no queue “%s”"), queue);
      return FALSE;
    }
  if (!wd_bullmq_set_paused (redis, &(WdBullmqQueue) { profile->prefix, (char *) queue }, paused,
                             wd_deadline_in (WD_WRITE_MS), cancellable, &warning, error))
    return FALSE;
  if (warning != NULL)
    g_message ("%s: %s", queue, warning);
  return TRUE;
}
