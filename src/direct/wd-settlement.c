/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step 3: what the queue answered is written down.
 *
 * Nothing here writes a row whose job is queued: a worker may have written it since. A row is
 * taken back only where the script said that it wrote nothing, only behind a tombstone, so that
 * nobody else can queue the job either, only while it still says pending, and only by whoever holds
 * its promise locked: if somebody else settled it meanwhile the promise is gone, and so is our say
 * in it. */

#include "direct/wd-settlement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-format.h"
#include "base/wd-time.h"
#include "bullmq/wd-bullmq-result.h"
#include "direct/wd-direct-discard.h"
#include "direct/wd-tombstones.h"
#include "model/wd-audit-action.h"
#include "postgres/wd-pg-outbox.h"
#include "postgres/wd-pg-write.h"

struct _WdSettlement {
  const WdBullmqSite *site;   /* (unowned) */
  GPtrArray *entries;   /* (unowned) of WdOutboxEntry */
  GPtrArray *results;   /* (unowned) of nullable WdBullmqResult beside them */
  char *problem;        /* (owned) (nullable) why some results are missing */
  WdSettled *ends;      /* (owned) beside them */
};

static WdSettled
end_of (const WdBullmqResult *result)
{
  if (result == NULL)
    return WD_SETTLED_OPEN;
  switch (result->outcome)
    {
    case WD_BULLMQ_DONE:
    case WD_BULLMQ_DONE_WITH_WARNING:
    case WD_BULLMQ_ALREADY_DONE:
    case WD_BULLMQ_EXISTS:
      return WD_SETTLED_KEPT;
    case WD_BULLMQ_DISCARDED:
      return WD_SETTLED_DISCARDED;
    case WD_BULLMQ_REFUSED:
      return g_strcmp0 (result->state, "completed") == 0 ? WD_SETTLED_COMPLETED
                                                         : WD_SETTLED_REFUSED;
    case WD_BULLMQ_SITE_CHANGED:
    default:
      return WD_SETTLED_OPEN;
    }
}

/* Sees to it that what was refused is not queued by somebody else after all. Where that cannot be
 * done the promise stays open. */
static void
bury_refused (WdSettlement *self, WdLane *lane, const WdBullmqSite *site)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree WdBullmqReceipt *found = NULL;
  WdRedisConnection *redis;

  for (guint i = 0; i < self->entries->len; i++)
    if (self->ends[i] == WD_SETTLED_REFUSED || self->ends[i] == WD_SETTLED_COMPLETED)
      {
        g_ptr_array_add (entries, self->entries->pdata[i]);
        g_array_append_val (places, i);
      }
  if (entries->len == 0)
    return;
  found = g_new0 (WdBullmqReceipt, entries->len);
  redis = wd_lane_get_redis (lane, NULL, NULL);
  if (redis != NULL && wd_redis_connection_get_serial (redis) == site->serial)
    wd_tombstones_write (redis, entries, FALSE, NULL, found, NULL);
  for (guint i = 0; i < entries->len; i++)
    if (found[i] != WD_BULLMQ_RECEIPT_DISCARDED)
      self->ends[g_array_index (places, guint, i)]
          = found[i] == WD_BULLMQ_RECEIPT_SENT ? WD_SETTLED_KEPT : WD_SETTLED_OPEN;
}

/**
 * wd_settlement_new:
 * @lane: the lane they were sent by
 * @site: which Redis they were sent to; must outlive the settlement
 * @entries: (element-type WdOutboxEntry): what was sent; must outlive the settlement
 * @results: (element-type WdBullmqResult): the answers beside them, %NULL where none came; must
 *   outlive the settlement
 * @problem: (nullable): why none came
 *
 * Worker.
 *
 * Returns: (transfer full): what became of them
 */
WdSettlement *
wd_settlement_new (WdLane *lane, const WdBullmqSite *site, GPtrArray *entries, GPtrArray *results,
                   const GError *problem)
{
  WdSettlement *self = g_new0 (WdSettlement, 1);

  self->site = site;
  self->entries = entries;
  self->results = results;
  self->problem = problem != NULL ? g_strdup (problem->message) : NULL;
  self->ends = g_new (WdSettled, entries->len);
  for (guint i = 0; i < entries->len; i++)
    self->ends[i] = end_of (results->pdata[i]);
  bury_refused (self, lane, site);
  return self;
}

/**
 * wd_settlement_free:
 * @self: (transfer full): a settlement; what it was made of is left alone
 */
void
wd_settlement_free (WdSettlement *self)
{
  g_free (self->problem);
  g_free (self->ends);
  g_free (self);
}

/**
 * wd_settlement_get:
 * @self: a settlement
 * @index: of an entry
 *
 * Returns: what became of its promise
 */
WdSettled
wd_settlement_get (WdSettlement *self, guint index)
{
  return self->ends[index];
}

/**
 * wd_settlement_get_message:
 * @self: a settlement
 * @index: of an entry
 *
 * Returns: (transfer none) (nullable): what its queue said, or why it said nothing
 */
const char *
wd_settlement_get_message (WdSettlement *self, guint index)
{
  const WdBullmqResult *result = self->results->pdata[index];

  return result != NULL ? result->message : self->problem;
}

/**
 * wd_settlement_is_answered:
 * @self: a settlement
 * @index: of an entry
 *
 * Returns: whether its queue answered; else it may have taken the job
 */
gboolean
wd_settlement_is_answered (WdSettlement *self, guint index)
{
  return self->results->pdata[index] != NULL;
}

/* Returns: (transfer full) (element-type WdOutboxEntry): those that ended so */
static GPtrArray *
select_ended (WdSettlement *self, WdSettled end)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    if (self->ends[i] == end)
      g_ptr_array_add (entries, self->entries->pdata[i]);
  return entries;
}

static GPtrArray *
collect_ids (GPtrArray *entries)
{
  GPtrArray *ids = g_ptr_array_sized_new (entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (ids, ((WdOutboxEntry *) entries->pdata[i])->id);
  return ids;
}

/* Returns: (transfer full) (element-type utf8): what the queues said of each, or NULL */
static GPtrArray *
collect_notes (WdSettlement *self, GPtrArray *locked)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *notes = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    g_hash_table_insert (places, ((WdOutboxEntry *) self->entries->pdata[i])->id,
                         GUINT_TO_POINTER (i));
  for (guint i = 0; i < locked->len; i++)
    {
      gpointer place = g_hash_table_lookup (places, ((WdOutboxEntry *) locked->pdata[i])->id);

      g_ptr_array_add (notes,
                       (gpointer) wd_settlement_get_message (self, GPOINTER_TO_UINT (place)));
    }
  return notes;
}

/* Locks those that ended so and whose promise is still open, and takes their rows back. */
static gboolean
take_back (WdSettlement *self, WdSettled end, WdPgConnection *postgres, WdPgTakeBack how,
           gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) entries = select_ended (self, end);
  g_autoptr (GPtrArray) ids = collect_ids (entries);
  g_autoptr (GPtrArray) locked = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if (entries->len == 0)
    return TRUE;
  g_ptr_array_add (ids, NULL);
  locked = wd_pg_outbox_claim (postgres,
                               &(WdPgOutboxClaim) { .ids = (const char *const *) ids->pdata,
                                                    .limit = entries->len },
                               deadline, NULL, error);
  if (locked == NULL)
    return FALSE;
  how.notes = notes = collect_notes (self, locked);
  if (locked->len == 0)
    return TRUE;
  return end == WD_SETTLED_DISCARDED
           ? wd_direct_take_back_discarded (postgres, locked, self->site, &how, NULL, deadline,
                                            error)
           : wd_pg_outbox_take_back (postgres, locked, &how, deadline, NULL, error);
}

/* The first reason stands for all of one attempt. */
static gboolean
note_open (WdSettlement *self, WdPgConnection *postgres, gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) entries = select_ended (self, WD_SETTLED_OPEN);
  g_autoptr (GPtrArray) ids = collect_ids (entries);
  const char *reason = NULL;

  for (guint i = 0; reason == NULL && i < self->entries->len; i++)
    if (self->ends[i] == WD_SETTLED_OPEN)
      reason = wd_settlement_get_message (self, i);
  return wd_pg_outbox_note (postgres, ids, reason, deadline, NULL, error);
}

/**
 * wd_settlement_write:
 * @self: what became of some entries
 * @postgres: a connection inside a transaction
 * @deadline: of wd_deadline_in()
 * @error: in #WD_ERROR
 *
 * Deletes the promises kept, takes back what was refused or discarded, and notes on the open ones
 * why they are. Not cancellable: what was done is written down. Worker.
 */
gboolean
wd_settlement_write (WdSettlement *self, WdPgConnection *postgres, gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) kept = select_ended (self, WD_SETTLED_KEPT);
  g_autoptr (GPtrArray) kept_ids = collect_ids (kept);

  return take_back (self, WD_SETTLED_REFUSED, postgres,
                    (WdPgTakeBack) { .action = WD_AUDIT_REFUSED,
                                     .reason = "refused by its queue before it was queued" },
                    deadline, error)
         && take_back (self, WD_SETTLED_COMPLETED, postgres,
                       (WdPgTakeBack) { .action = WD_AUDIT_FOUND_COMPLETED, .status = "completed" },
                       deadline, error)
         && take_back (self, WD_SETTLED_DISCARDED, postgres,
                       (WdPgTakeBack) { .action = WD_AUDIT_FOUND_DISCARDED }, deadline, error)
         && wd_pg_outbox_delete (postgres, kept_ids, deadline, NULL, error)
         && note_open (self, postgres, deadline, error);
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

static const char *
subject_of (const WdJob *job, const WdOutboxEntry *entry)
{
  return strcmp (entry->operation, "retry") == 0 ? job->id : job->wallet_address;
}

static void
refuse_by_queue (WdActionResult *action, const WdJob *job, const WdOutboxEntry *entry,
                 const WdBullmqResult *result)
{
  gboolean retry = strcmp (entry->operation, "retry") == 0;
  const char *subject = subject_of (job, entry);
  WdTime due = wd_time_from_ms (result->due);

  if (retry && g_strcmp0 (result->state, "delayed") == 0 && due > 0)
    {
      g_autofree char *when = wd_format_time (due, NULL, NULL);

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
 * @site: which Redis the entries were sent to
 * @jobs: (element-type WdJob): the rows as step 1 wrote them
 * @entries: (element-type WdOutboxEntry): their promises beside them
 * @results: (element-type WdBullmqResult): the queues' answers beside them
 * @problem: (nullable): why some did not come
 * @action: gets an outcome or a refusal for each
 *
 * Worker.
 */
void
wd_settle (WdLane *lane, const WdBullmqSite *site, GPtrArray *jobs, GPtrArray *entries,
           GPtrArray *results, const GError *problem, WdActionResult *action)
{
  g_autoptr (WdSettlement) settlement = wd_settlement_new (lane, site, entries, results, problem);

  for (guint i = 0; i < jobs->len; i++)
    {
      WdSettled end = wd_settlement_get (settlement, i);
      WdJobOutcome *outcome;

      if (end == WD_SETTLED_OPEN || end == WD_SETTLED_KEPT)
        {
          outcome = wd_action_result_add_job (action, wd_job_ref (jobs->pdata[i]),
                                              end == WD_SETTLED_KEPT);
          outcome->note = g_strdup (wd_settlement_get_message (settlement, i));
        }
      else if (end == WD_SETTLED_DISCARDED)
        wd_action_result_refuse (action, subject_of (jobs->pdata[i], entries->pdata[i]),
                                 WD_ERROR_REFUSED,
                                 _("Somebody discarded it before it was queued"));
      else
        refuse_by_queue (action, jobs->pdata[i], entries->pdata[i], results->pdata[i]);
    }
  write_down (settlement, lane);
}
