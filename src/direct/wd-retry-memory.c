/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the slices of one retry know of each other. Each is a transaction of its own, and what an
 * earlier one has retried, or has met under way, may have ended since: then nothing in the database
 * or the queues is in the way of a job that would do the same work once more. A bulk run needs no
 * memory: its items say it. */

#include "direct/wd-retry-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-bulk-read.h"

/**
 * wd_retry_take:
 * @self: a retry
 * @job: one that its queue runs, or has run, or gets by this order
 *
 * Its work needs not be done by another one of the order, not even when it is done and gone by
 * then.
 */
void
wd_retry_take (WdRetry *self, const WdJob *job)
{
  if (self->taken != NULL && wd_retry_is_guarded (job))
    g_hash_table_insert (self->taken, wd_retry_dup_guard_key (job), g_strdup (job->id));
}

/* What was done already is in the way of what was made before that, and of nothing else. */
static void
remember_conflicts (WdRetry *self, GPtrArray *conflicts)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const WdJob *job = conflicts->pdata[i];

      if (job->completed_at == WD_TIME_NONE)
        g_hash_table_insert (self->in_the_way, wd_retry_dup_guard_key (job), g_strdup (job->id));
    }
}

/**
 * wd_retry_remember:
 * @self: a retry that goes through slices
 * @rows: (element-type WdJob): the rows that a slice has changed
 * @first_done: where those that were done of it begin in the result
 * @first_refused: likewise those that were refused
 * @conflicts: (element-type WdJob): for whose sake others were
 *
 * Keeps which work needs not be done by a later slice: what was refused after all is left to it,
 * unless its queue did it, or does it, without us. Worker.
 */
void
wd_retry_remember (WdRetry *self, GPtrArray *rows, guint first_done, guint first_refused,
                   GPtrArray *conflicts)
{
  g_autoptr (GHashTable) by_queue = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = first_refused; i < self->result->refused->len; i++)
    {
      const WdRefusal *refusal = self->result->refused->pdata[i];

      if (g_error_matches (refusal->error, WD_ERROR, WD_ERROR_NOT_FAILED))
        g_hash_table_add (by_queue, refusal->subject);
    }
  for (guint i = 0; i < rows->len; i++)
    if (g_hash_table_contains (by_queue, ((WdJob *) rows->pdata[i])->id))
      wd_retry_take (self, rows->pdata[i]);
  for (guint i = first_done; i < self->result->done->len; i++)
    wd_retry_take (self, ((WdJobOutcome *) self->result->done->pdata[i])->job);
  remember_conflicts (self, conflicts);
}

static gboolean
refuse_beside (WdRetry *self, const WdJob *job, const char *key)
{
  const char *other
      = self->in_the_way != NULL ? g_hash_table_lookup (self->in_the_way, key) : NULL;
  WdRefusal *refusal;

  if (other == NULL || g_ascii_strcasecmp (other, job->id) == 0)
    return FALSE;
  refusal = wd_action_result_refuse (self->result, job->id, WD_ERROR_DUPLICATE,
                                     _("Another job for this wallet was under way while this "
                                       "order was carried out. Look at job %s."), other);
  refusal->job_log_id = g_strdup (other);
  return TRUE;
}

/**
 * wd_retry_refuse_repeated:
 * @self: a retry
 * @job: the row of one of its jobs
 *
 * Refuses a job where another one that does the same work has gone before, is to, or was under way
 * when this order came by before. Worker.
 *
 * Returns: whether it did
 */
gboolean
wd_retry_refuse_repeated (WdRetry *self, const WdJob *job)
{
  const WdBulkItem *item
      = self->frozen != NULL ? g_hash_table_lookup (self->frozen, job->id) : NULL;
  g_autofree char *key = NULL;
  const char *retried;

  if (self->request->force || !wd_retry_is_guarded (job))
    return FALSE;
  if (item != NULL && g_strcmp0 (item->forecast, WD_PG_BULK_REPEATED) == 0)
    {
      wd_action_result_refuse (self->result, job->id, WD_ERROR_DUPLICATE,
                               _("Another failed job of its type for its wallet was chosen "
                                 "instead"));
      return TRUE;
    }
  key = wd_retry_dup_guard_key (job);
  retried = self->taken != NULL ? g_hash_table_lookup (self->taken, key) : NULL;
  if (retried == NULL || strcmp (retried, job->id) == 0)
    return refuse_beside (self, job, key);
  wd_action_result_refuse_sibling (self->result, job->id, retried);
  return TRUE;
}
