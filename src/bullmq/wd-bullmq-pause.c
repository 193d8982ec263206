/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-pause.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

static gboolean
refuse (const WdBullmqQueue *queue, const redisReply *reply, GError **error)
{
  WdError code;
  g_autofree char *reason = wd_bullmq_answer_refusal (reply, &code);

  g_set_error (error, WD_ERROR, code, _("The queue “%s” was left as it is: %s"), queue->name,
               reason);
  return FALSE;
}

/**
 * wd_bullmq_set_paused:
 * @conn: a connection
 * @queue: which
 * @paused: whether its workers are to take no more jobs
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @warning: (out) (optional) (transfer full) (nullable): what went wrong beside it, translated
 * @error: %WD_ERROR_LAYOUT, %WD_ERROR_REFUSED, and as wd_redis_connection_call()
 *
 * Pauses or resumes, and merges the two waiting lists that BullMQ 5 and 6 leave when they share a
 * queue. Long lists go in slices: a resumed queue starts when all ids are in one list. Doing it
 * again is harmless. In a worker thread.
 */
gboolean
wd_bullmq_set_paused (WdRedisConnection *conn, const WdBullmqQueue *queue, gboolean paused,
                      gint64 deadline, GCancellable *cancellable, char **warning, GError **error)
{
  WdBullmqScript script = paused ? WD_BULLMQ_SCRIPT_PAUSE : WD_BULLMQ_SCRIPT_RESUME;
  const char *word = "more";
  gboolean begun = FALSE;

  g_return_val_if_fail (conn != NULL, FALSE);

  if (warning != NULL)
    *warning = NULL;
  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return FALSE;
  while (strcmp (word, "more") == 0)
    {
      g_autoptr (WdRedisCommand) command = wd_bullmq_script_command (script, queue);
      g_autoptr (redisReply) reply =
        wd_redis_connection_call (conn, command, deadline, cancellable, error);

      if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
        {
          /* The first slice has paused it, or let it go on. */
          if (begun)
            wd_error_doubt (error);
          return FALSE;
        }
      begun = TRUE;
      word = g_intern_string (wd_bullmq_answer_text (reply, 0));
      wd_fault_point ("bullmq:pause-slice");
      if (strcmp (word, "layout") == 0 || strcmp (word, "error") == 0)
        return refuse (queue, reply, error);
      if (strcmp (word, "warned") == 0 && warning != NULL)
        *warning = wd_format_visible (wd_bullmq_answer_text (reply, 1), 500);
    }
  return TRUE;
}
