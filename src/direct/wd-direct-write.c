/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What dispatch and retry share: how a site delivers, and steps 2 and 3. */

#include "direct/wd-direct-write.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-counts.h"
#include "direct/wd-delivery.h"
#include "direct/wd-settlement.h"
#include "postgres/wd-pg-setting.h"

/* The note alone is in doubt, and the next attempt finds or writes it. */
static void
deny_doubt (GError **error)
{
  if (error == NULL || !g_error_matches (*error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    return;
  (*error)->code = WD_ERROR_NO_CONNECTION;
  g_prefix_error (error, "%s", _("No job was written: noting how this site delivers failed: "));
}

/**
 * wd_direct_agree_delivery:
 * @lane: a lane
 * @uses_queue: (out): whether this site's jobs go through BullMQ; else its workers poll the rows
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where the site uses BullMQ and this connection has no Redis; no job was
 *   written in any case
 *
 * How a site delivers is a fact of its database: the first dispatch settles it. Worker.
 */
gboolean
wd_direct_agree_delivery (WdLane *lane, gboolean *uses_queue, GCancellable *cancellable,
                          GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  const char *wanted = wd_lane_has_redis (lane) ? "bullmq" : "poll";
  g_autofree char *agreed = NULL;

  if (postgres == NULL)
    return FALSE;
  agreed = wd_pg_setting_agree (postgres, "delivery", wanted, wd_deadline_in (WD_READ_MS),
                                cancellable, error);
  if (agreed == NULL)
    {
      deny_doubt (error);
      return FALSE;
    }
  *uses_queue = strcmp (agreed, "bullmq") == 0;
  if (*uses_queue && !wd_lane_has_redis (lane))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("This site's jobs go through BullMQ, and this connection has no "
                             "Redis: nothing was written. Add the Redis address to the "
                             "connection."));
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_direct_read_queue:
 * @lane: a lane with Redis
 * @queue: the queue to write to
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_LAYOUT with the reason
 *
 * Refuses before anything is written; the scripts look again. Worker.
 *
 * Returns: (transfer full): what it holds, where it may be written to
 */
WdQueueCounts *
wd_direct_read_queue (WdLane *lane, const char *queue, GCancellable *cancellable, GError **error)
{
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);
  WdBullmqQueue key = { wd_lane_get_profile (lane)->prefix, (char *) queue };
  g_autoptr (GPtrArray) counts = NULL;
  WdQueueCounts *found;

  if (redis == NULL)
    return NULL;
  counts = wd_bullmq_counts (redis, &key, 1, wd_deadline_in (WD_QUEUE_MS), cancellable, error);
  if (counts == NULL)
    return NULL;
  found = counts->pdata[0];
  if (found->layout == NULL)
    return wd_queue_counts_ref (found);
  g_set_error (error, WD_ERROR, WD_ERROR_LAYOUT,
               _("The queue “%s” is read-only for this program (%s): nothing was written"), queue,
               found->layout);
  return NULL;
}

/**
 * wd_direct_check_layout:
 * @lane: a lane with Redis
 * @queue: the queue to write to
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_LAYOUT with the reason
 *
 * As wd_direct_read_queue(). Worker.
 */
gboolean
wd_direct_check_layout (WdLane *lane, const char *queue, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdQueueCounts) counts = wd_direct_read_queue (lane, queue, cancellable, error);

  return counts != NULL;
}

/**
 * wd_direct_deliver:
 * @lane: a lane with Redis
 * @site: which Redis the entries were written for
 * @jobs: (element-type WdJob): what step 1 wrote
 * @entries: (element-type WdOutboxEntry): their promises beside them
 * @result: gets an outcome or a refusal for each
 *
 * Steps 2 and 3. Not cancellable: what is promised is delivered, or said not to be. Worker.
 */
void
wd_direct_deliver (WdLane *lane, const WdBullmqSite *site, GPtrArray *jobs, GPtrArray *entries,
                   WdActionResult *result)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) results = NULL;
  WdRedisConnection *redis;

  wd_fault_point ("deliver:begin");
  redis = wd_lane_get_redis (lane, NULL, &problem);
  if (redis != NULL)
    results = wd_delivery_send (redis, site, entries, NULL, &problem);
  else
    {
      results = g_ptr_array_new ();
      g_ptr_array_set_size (results, (int) entries->len);
    }
  wd_settle (lane, site, jobs, entries, results, problem, result);
}

static guint
count_undelivered (const WdActionResult *result)
{
  guint n = 0;

  for (guint i = 0; i < result->done->len; i++)
    n += !((WdJobOutcome *) result->done->pdata[i])->delivered;
  return n;
}

static char *
describe_undelivered (guint n)
{
  return g_strdup_printf (ngettext ("%u job is written and not known to be queued yet; "
                                    "it will be queued or listed in the outbox. Do not "
                                    "dispatch it again.",
                                    "%u jobs are written and not known to be queued yet; "
                                    "they will be queued or listed in the outbox. Do not "
                                    "dispatch them again.", n), n);
}

/**
 * wd_direct_must_tell_each:
 * @result: what was done so far
 * @failure: what ended it
 * @has_rest: whether there is something that was not begun
 *
 * A failure alone says the same of all: that nothing was done, or that it is not known.
 *
 * Returns: whether that would be wrong, so that each has to be told of by itself
 */
gboolean
wd_direct_must_tell_each (const WdActionResult *result, const GError *failure, gboolean has_rest)
{
  return result->done->len > 0
         || (has_rest && g_error_matches (failure, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME));
}

/**
 * wd_direct_check_delivered:
 * @result: what was done
 * @error: %WD_ERROR_NO_CONNECTION where of some jobs it is not known whether they were queued, with
 *   the first reason
 */
gboolean
wd_direct_check_delivered (const WdActionResult *result, GError **error)
{
  guint undelivered = count_undelivered (result);
  g_autofree char *text = NULL;
  const char *note = NULL;

  if (undelivered == 0)
    return TRUE;
  for (guint i = 0; note == NULL && i < result->done->len; i++)
    if (!((WdJobOutcome *) result->done->pdata[i])->delivered)
      note = ((WdJobOutcome *) result->done->pdata[i])->note;
  text = describe_undelivered (undelivered);
  if (note != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION, "%s (%s)", text, note);
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, text);
  return FALSE;
}

/**
 * wd_direct_describe:
 * @result: everything that was done and refused
 * @uses_queue: whether the jobs were queued; else only their rows were written
 *
 * Writes the one sentence about the whole.
 */
void
wd_direct_describe (WdActionResult *result, gboolean uses_queue)
{
  guint undelivered = count_undelivered (result);
  g_autoptr (GString) text = g_string_new (NULL);

  if (uses_queue)
    g_string_append_printf (text, ngettext ("%u job queued.", "%u jobs queued.",
                                            result->done->len - undelivered),
                            result->done->len - undelivered);
  else
    g_string_append_printf (text, ngettext ("%u job written: at this site workers poll the "
                                            "database.",
                                            "%u jobs written: at this site workers poll the "
                                            "database.", result->done->len), result->done->len);
  if (undelivered > 0)
    {
      g_autofree char *open = describe_undelivered (undelivered);

      g_string_append_printf (text, " %s", open);
    }
  if (result->refused->len > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u refused.", "%u refused.", result->refused->len),
                              result->refused->len);
    }
  g_free (result->message);
  result->message = g_string_free (g_steal_pointer (&text), FALSE);
  result->by_queue = uses_queue;
}
