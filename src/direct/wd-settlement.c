/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step 3: what the queue answered is written down.
 *
 * Nothing here writes a row whose job is queued: a worker may have written it since. A row is
 * taken back only where the script said that it wrote nothing, only while it still says pending,
 * and only by whoever holds its promise locked: if somebody else settled it meanwhile the promise
 * is gone, and so is our say in it. */

#include "direct/wd-settlement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-result.h"
#include "postgres/wd-pg-outbox.h"
#include "postgres/wd-pg-write.h"

static gboolean
is_kept (const WdBullmqResult *result)
{
  return result != NULL
         && (wd_bullmq_outcome_is_done (result->outcome)
             || result->outcome == WD_BULLMQ_ALREADY_DONE || result->outcome == WD_BULLMQ_EXISTS);
}

static gboolean
is_refused (const WdBullmqResult *result)
{
  return result != NULL && result->outcome == WD_BULLMQ_REFUSED;
}

static void
note_reason (WdSettlement *self, const WdBullmqResult *result, const GError *problem)
{
  if (self->reason != NULL)
    return;
  if (result != NULL && result->message != NULL)
    self->reason = g_strdup (result->message);
  else if (result != NULL && result->outcome == WD_BULLMQ_SITE_CHANGED)
    self->reason = g_strdup (_("Redis was flushed, restarted or replaced meanwhile"));
  else if (problem != NULL)
    self->reason = g_strdup (problem->message);
}

/**
 * wd_settlement_new:
 * @entries: (element-type WdOutboxEntry): what was sent
 * @results: (element-type WdBullmqResult): the answers beside them, %NULL where none came
 * @problem: (nullable): why none came
 *
 * Returns: (transfer full): the entries parted; they must outlive it
 */
WdSettlement *
wd_settlement_new (GPtrArray *entries, GPtrArray *results, const GError *problem)
{
  WdSettlement *self = g_new0 (WdSettlement, 1);

  self->kept = g_ptr_array_new ();
  self->open = g_ptr_array_new ();
  self->refused = g_ptr_array_new ();
  self->overtaken = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      const WdBullmqResult *result = results->pdata[i];

      if (is_kept (result))
        g_ptr_array_add (self->kept, entries->pdata[i]);
      else if (is_refused (result))
        g_ptr_array_add (g_strcmp0 (result->state, "completed") == 0 ? self->overtaken
                                                                     : self->refused,
                         entries->pdata[i]);
      else
        {
          g_ptr_array_add (self->open, entries->pdata[i]);
          note_reason (self, result, problem);
        }
    }
  return self;
}

void
wd_settlement_free (WdSettlement *self)
{
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->overtaken);
  g_free (self->reason);
  g_free (self);
}

static GPtrArray *
collect_ids (GPtrArray *entries)
{
  GPtrArray *ids = g_ptr_array_sized_new (entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (ids, ((WdOutboxEntry *) entries->pdata[i])->id);
  return ids;
}

/* Locks those of @entries whose promise is still open, and takes their rows back. */
static gboolean
take_back (WdPgConnection *postgres, GPtrArray *entries, const char *status, const char *reason,
           gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) ids = collect_ids (entries);
  g_autoptr (GPtrArray) locked = NULL;

  if (entries->len == 0)
    return TRUE;
  g_ptr_array_add (ids, NULL);
  locked = wd_pg_outbox_claim (postgres,
                               &(WdPgOutboxClaim) { .ids = (const char *const *) ids->pdata,
                                                    .limit = entries->len },
                               deadline, NULL, error);
  if (locked == NULL)
    return FALSE;
  return locked->len == 0
         || wd_pg_outbox_take_back (postgres, locked, status, reason, deadline, NULL, error);
}

/**
 * wd_settlement_write:
 * @self: what was answered
 * @postgres: a connection inside a transaction
 * @deadline: of wd_deadline_in()
 * @error: in #WD_ERROR
 *
 * Deletes the promises kept, takes back what was refused, and notes on the open ones why they are.
 * Not cancellable: what was done is written down. Worker.
 */
gboolean
wd_settlement_write (WdSettlement *self, WdPgConnection *postgres, gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) kept = collect_ids (self->kept);
  g_autoptr (GPtrArray) open = collect_ids (self->open);

  return take_back (postgres, self->refused, NULL, "refused by its queue before it was queued",
                    deadline, error)
         && take_back (postgres, self->overtaken, "completed", NULL, deadline, error)
         && wd_pg_outbox_delete (postgres, kept, deadline, NULL, error)
         && wd_pg_outbox_note (postgres, open, self->reason, deadline, NULL, error);
}

/* One transaction of its own. A failure is no harm: the receipts tell whoever comes next. */
static void
write_down (WdSettlement *settlement, WdLane *lane)
{
  WdPgConnection *postgres;
  g_autofree char *xid = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);

  wd_fault_point ("settle:begin");
  postgres = wd_lane_get_postgres (lane, NULL, &error);
  if (postgres == NULL || !wd_pg_write_begin (postgres, &xid, deadline, NULL, &error))
    {
      g_message ("The outbox is settled later: %s", error->message);
      return;
    }
  if (!wd_settlement_write (settlement, postgres, deadline, &error))
    wd_pg_connection_rollback (postgres);
  else if (wd_pg_write_commit (postgres, xid, deadline, &error))
    wd_fault_point ("settle:end");
  if (error != NULL)
    g_message ("The outbox is settled later: %s", error->message);
}

static void
refuse_by_queue (WdActionResult *action, const WdJob *job, const WdOutboxEntry *entry,
                 const WdBullmqResult *result)
{
  gboolean retry = strcmp (entry->operation, "retry") == 0;
  const char *subject = retry ? job->id : job->wallet_address;
  gint64 due = result->due * 1000;

  if (retry && g_strcmp0 (result->state, "delayed") == 0 && due > 0)
    {
      g_autofree char *when = wd_format_time (due, NULL);

      wd_action_result_refuse (action, subject, WD_ERROR_NOT_FAILED,
                               _("BullMQ will retry it itself at %s"), when);
    }
  else
    wd_action_result_refuse (action, subject, retry && result->state != NULL ? WD_ERROR_NOT_FAILED
                                                                             : WD_ERROR_LAYOUT,
                             "%s", result->message != NULL ? result->message : _("Refused"));
}

/**
 * wd_settle:
 * @lane: a lane
 * @jobs: (element-type WdJob): the rows as step 1 wrote them
 * @entries: (element-type WdOutboxEntry): their promises beside them
 * @results: (element-type WdBullmqResult): the queues' answers beside them
 * @problem: (nullable): why some did not come
 * @action: gets an outcome or a refusal for each
 *
 * Worker.
 */
void
wd_settle (WdLane *lane, GPtrArray *jobs, GPtrArray *entries, GPtrArray *results,
           const GError *problem, WdActionResult *action)
{
  g_autoptr (WdSettlement) settlement = wd_settlement_new (entries, results, problem);

  for (guint i = 0; i < jobs->len; i++)
    {
      const WdBullmqResult *result = results->pdata[i];
      WdJobOutcome *outcome;

      if (is_refused (result))
        {
          refuse_by_queue (action, jobs->pdata[i], entries->pdata[i], result);
          continue;
        }
      outcome = wd_action_result_add_job (action, wd_job_ref (jobs->pdata[i]), is_kept (result));
      if (result != NULL)
        outcome->note = g_strdup (result->message);
      else
        outcome->note = g_strdup (problem != NULL ? problem->message : NULL);
    }
  write_down (settlement, lane);
}
