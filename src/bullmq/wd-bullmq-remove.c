/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-remove.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-layout.h"
#include "bullmq/wd-bullmq-script.h"

static const struct {
  const char *word;
  const char *message;
} refusals[] = {
  { "gone", N_("It is gone from the queue already") },
  { "single", N_("It has a record and stands in one place only: there is nothing to remove") },
  { "locked", N_("A worker is running it at this moment") },
};

static void
set_error (const redisReply *reply, GError **error)
{
  const char *word = wd_bullmq_answer_text (reply, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (word, refusals[i].word) == 0)
      {
        g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, _(refusals[i].message));
        return;
      }
  if (strcmp (word, "layout") == 0)
    {
      g_autofree char *message = wd_bullmq_layout_message (wd_bullmq_answer_text (reply, 1),
                                                           wd_bullmq_answer_text (reply, 2));

      g_set_error_literal (error, WD_ERROR, WD_ERROR_LAYOUT, message);
      return;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED, "%s", wd_bullmq_answer_text (reply, 1));
}

/**
 * wd_bullmq_remove_id:
 * @conn: a connection
 * @queue: where it stands
 * @id: of a job
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_REFUSED where nothing is wrong with it any more; %WD_ERROR_LAYOUT
 *
 * Takes an id without a record out of every place; of one that has a record and stands in several
 * places all but one: where it runs, else where it ended, else where it runs next. No record is
 * removed. Worker.
 *
 * Returns: (transfer full) (nullable): where it stood, in BullMQ's words
 */
char *
wd_bullmq_remove_id (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
                     gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;

  g_return_val_if_fail (conn != NULL && id != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_REMOVE, queue);
  wd_redis_command_add_text (command, id);
  wd_fault_point ("drift:before-remove");
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return NULL;
  if (strcmp (wd_bullmq_answer_text (reply, 0), "done") == 0)
    return g_strdup (wd_bullmq_answer_text (reply, 1));
  set_error (reply, error);
  return NULL;
}
