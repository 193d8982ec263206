/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-unschedule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-script.h"

static const struct {
  const char *word;
  const char *message;
} refusals[] = {
  { "gone", N_("It is gone from the queue already") },
  { "changed", N_("It was changed meanwhile; look again") },
  { "moved", N_("It ran meanwhile, and its next job is another one; look again") },
  { "site", N_("This Redis is not the one it was before; it may have been flushed, replaced or "
               "restored") },
};

static gboolean
refuse (const redisReply *reply, GError **error)
{
  const char *word = wd_bullmq_answer_text (reply, 0);
  WdError code;
  g_autofree char *reason = wd_bullmq_answer_refusal (reply, &code);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strcmp (word, refusals[i].word) == 0)
      {
        g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, _(refusals[i].message));
        return FALSE;
      }
  g_set_error_literal (error, WD_ERROR, code, reason);
  return FALSE;
}

static WdRedisCommand *
make_command (const WdBullmqQueue *queue, const WdBullmqSite *site, const WdScheduler *scheduler)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_UNSCHEDULE, queue);

  wd_redis_command_add_text (command, site->id);
  wd_redis_command_add_text (command, scheduler->key);
  wd_redis_command_add_int (command, scheduler->next != WD_TIME_NONE ? scheduler->next / 1000 : 0);
  wd_redis_command_add_text (command, scheduler->digest);
  wd_redis_command_add_text (command, scheduler->job_id != NULL ? scheduler->job_id : "");
  wd_redis_command_add_text (command, scheduler->state == WD_SCHEDULER_DELAYED ? "1" : "");
  return command;
}

/**
 * wd_bullmq_unschedule:
 * @conn: connected
 * @queue: which
 * @site: which Redis it is meant for
 * @scheduler: as it was read
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @moved: (out): whether it was left because it ran meanwhile, and nothing else
 * @warning: (out) (transfer full) (nullable): what went wrong beside it
 * @error: %WD_ERROR_REFUSED where it is not as it was read, %WD_ERROR_LAYOUT, and as
 *   wd_redis_connection_call()
 *
 * Removes a scheduler, and its next job with it while that is delayed, in one step. A job that
 * waits for a worker already, or runs, is left, and makes no further one. In a worker thread.
 */
gboolean
wd_bullmq_unschedule (WdRedisConnection *conn, const WdBullmqQueue *queue,
                      const WdBullmqSite *site, const WdScheduler *scheduler, gint64 deadline,
                      GCancellable *cancellable, gboolean *moved, char **warning, GError **error)
{
  g_autoptr (WdRedisCommand) command = NULL;
  g_autoptr (redisReply) reply = NULL;
  const char *word;

  g_return_val_if_fail (conn != NULL && site != NULL && site->id != NULL, FALSE);
  g_return_val_if_fail (scheduler != NULL, FALSE);

  *moved = FALSE;
  *warning = NULL;
  if (!wd_bullmq_queue_check (queue, error))
    return FALSE;
  /* A connection made anew may lead elsewhere. */
  if (wd_redis_connection_get_serial (conn) != site->serial)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                           _("The connection to Redis was made anew meanwhile"));
      return FALSE;
    }
  command = make_command (queue, site, scheduler);
  wd_fault_point ("bullmq:before-unschedule");
  reply = wd_redis_connection_call (conn, command, deadline, cancellable, error);
  if (reply == NULL || !wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
    return FALSE;
  word = wd_bullmq_answer_text (reply, 0);
  if (strcmp (word, "warned") == 0)
    *warning = wd_format_visible (wd_bullmq_answer_text (reply, 1), 500);
  else if (strcmp (word, "done") != 0)
    {
      *moved = strcmp (word, "moved") == 0;
      return refuse (reply, error);
    }
  return TRUE;
}
