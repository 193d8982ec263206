/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

/* The first BullMQ 5 whose workers heed a rate limit of the queue. */
#define RATE_SINCE 60

static void
add_limits (WdRedisCommand *command, const WdQueueLimits *limits)
{
  wd_redis_command_add_int (command, limits->concurrency);
  wd_redis_command_add_int (command, limits->rate_max);
  wd_redis_command_add_int (command, limits->rate_ms);
}

static gboolean
refuse (const WdBullmqQueue *queue, const redisReply *reply, GError **error)
{
  WdError code;
  g_autofree char *reason = wd_bullmq_answer_refusal (reply, &code);

  if (strcmp (wd_bullmq_answer_text (reply, 0), "changed") == 0)
    {
      g_free (reason);
      reason = g_strdup (_("somebody else changed its limits meanwhile; look again"));
    }
  g_set_error (error, WD_ERROR, code, _("The limits of “%s” were left as they are: %s"),
               queue->name, reason);
  return FALSE;
}

/**
 * wd_bullmq_set_limits:
 * @conn: a connection
 * @queue: which
 * @before: as they were read
 * @after: as they shall be; checked
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @warning: (out) (transfer full) (nullable): what went wrong beside it
 * @error: %WD_ERROR_LAYOUT, %WD_ERROR_REFUSED where they are otherwise by now, and as
 *   wd_redis_connection_call()
 *
 * Sets how many jobs of a queue run at once, and how many begin in a time. In a worker thread.
 */
gboolean
wd_bullmq_set_limits (WdRedisConnection *conn, const WdBullmqQueue *queue,
                      const WdQueueLimits *before, const WdQueueLimits *after, gint64 deadline,
                      GCancellable *cancellable, char **warning, GError **error)
{
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;
  const char *word;

  g_return_val_if_fail (conn != NULL && before != NULL && after != NULL, FALSE);

  *warning = NULL;
  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return FALSE;
  command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_LIMIT, queue);
  add_limits (command, before);
  add_limits (command, after);
  wd_fault_point ("bullmq:before-limit");
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  word = wd_bullmq_answer_text (reply, 0);
  if (strcmp (word, "warned") == 0)
    *warning = wd_format_visible (wd_bullmq_answer_text (reply, 1), 500);
  else if (strcmp (word, "done") != 0)
    return refuse (queue, reply, error);
  return TRUE;
}

/**
 * wd_bullmq_limits_doubt:
 * @version: (nullable): what the queue's settings say of it
 * @certain: (out): whether a rate limit has no effect, as far as that tells; else it may have none
 *
 * Returns: (transfer full) (nullable): why a rate limit has or may have no effect, translated
 */
char *
wd_bullmq_limits_doubt (const char *version, gboolean *certain)
{
  g_autofree char *shown = NULL;
  gint64 minor;

  *certain = FALSE;
  if (version == NULL || !g_str_has_prefix (version, "bullmq:"))
    return g_strdup (_("Which BullMQ works on this queue is not known: before 5.60 workers ignore "
                       "its rate limit"));
  if (!g_str_has_prefix (version, "bullmq:5."))
    return NULL;
  minor = g_ascii_strtoll (version + strlen ("bullmq:5."), NULL, 10);
  if (minor >= RATE_SINCE)
    return NULL;
  *certain = TRUE;
  shown = wd_format_visible (version, 64);
  return g_strdup_printf (_("Its settings say %s: before 5.60 workers ignore a queue's rate limit"),
                          shown);
}
