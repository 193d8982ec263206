/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-evidence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"
#include "direct/wd-job-birth.h"
#include "model/wd-words.h"

/* What is known of one entry. */
typedef struct {
  WdBullmqReceipt receipt;
  char *state;          /* (owned) (nullable) of its job */
  char *problem;        /* (owned) (nullable) why no more can be known of it */
} Finding;

struct _WdEvidence {
  WdBullmqSite *site;   /* (owned) */
  GArray *findings;     /* (owned) of Finding, beside the entries */
};

static void
clear_finding (gpointer data)
{
  Finding *finding = data;

  g_free (finding->state);
  g_free (finding->problem);
}

/**
 * wd_evidence_free:
 * @self: (transfer full): evidence
 */
void
wd_evidence_free (WdEvidence *self)
{
  g_clear_pointer (&self->site, wd_bullmq_site_free);
  g_array_unref (self->findings);
  g_free (self);
}

static gboolean
read_stores (WdRedisConnection *redis, const WdBullmqQueue *queue, Finding *findings,
             GPtrArray *outbox_ids, GPtrArray *ids, const WdBullmqBirth *births,
             GCancellable *cancellable, GError **error)
{
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  g_autoptr (GArray) receipts = NULL;
  g_autoptr (GPtrArray) states = NULL;

  receipts = wd_bullmq_receipts (redis, queue, (const char *const *) outbox_ids->pdata,
                                 outbox_ids->len, deadline, cancellable, error);
  if (receipts == NULL)
    return FALSE;
  states = wd_bullmq_states (redis, queue, (const char *const *) ids->pdata, births, ids->len,
                             deadline, cancellable, error);
  if (states == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      findings[i].receipt = g_array_index (receipts, WdBullmqReceipt, i);
      findings[i].state = g_strdup (states->pdata[i]);
    }
  return TRUE;
}

/* Asks one queue about entries[from..to). One that refuses to answer is a finding too; only with
 * the connection the whole search ends. */
static gboolean
ask_queue (WdEvidence *self, WdRedisConnection *redis, GPtrArray *entries, guint from, guint to,
           GCancellable *cancellable, GError **error)
{
  const WdOutboxEntry *first = entries->pdata[from];
  WdBullmqQueue queue = { first->prefix, first->queue };
  Finding *findings = &g_array_index (self->findings, Finding, from);
  g_autoptr (GPtrArray) outbox_ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree WdBullmqBirth *births = g_new0 (WdBullmqBirth, to - from);
  g_autoptr (GError) problem = NULL;

  for (guint i = from; i < to; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];
      g_autofree char *name = NULL;
      char *id = NULL;

      if (!wd_bullmq_job_id_split (entry->job_id, entry->queue, &name, &id))
        {
          id = g_strdup ("");
          findings[i - from].problem = g_strdup_printf (_("“%s” cannot be the id of a BullMQ job"),
                                                        entry->job_id);
        }
      else
        births[i - from] = wd_job_birth_of (entry->job_id, id, entry->row_created_at);
      g_ptr_array_add (ids, id);
      g_ptr_array_add (outbox_ids, entry->id);
    }
  if (read_stores (redis, &queue, findings, outbox_ids, ids, births, cancellable, &problem))
    return TRUE;
  if (!wd_redis_connection_is_connected (redis))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < to - from; i++)
    if (findings[i].problem == NULL)
      findings[i].problem = g_strdup (problem->message);
  return TRUE;
}

/* Each prefix has a mark of its own, and this connection knows but one. */
static void
name_other_prefixes (WdEvidence *self, GPtrArray *entries, const char *prefix)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];
      Finding *finding = &g_array_index (self->findings, Finding, i);

      if (finding->problem == NULL && strcmp (entry->prefix, prefix) != 0)
        finding->problem
            = g_strdup_printf (_("the keys of its queue begin with “%s”, those of this connection "
                                 "with “%s”"), entry->prefix, prefix);
    }
}

/**
 * wd_evidence_collect:
 * @lane: a lane with Redis
 * @entries: (element-type WdOutboxEntry): what to look into
 * @to_send: gives a Redis without our mark one: only for those who mean to send
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Asks on one connection, so that all of it is about one Redis. Worker.
 *
 * Returns: (transfer full): what it shows
 */
WdEvidence *
wd_evidence_collect (WdLane *lane, GPtrArray *entries, gboolean to_send, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (WdEvidence) self = g_new0 (WdEvidence, 1);
  WdRedisConnection *redis;

  self->findings = g_array_new (FALSE, TRUE, sizeof (Finding));
  g_array_set_clear_func (self->findings, clear_finding);
  g_array_set_size (self->findings, entries->len);
  self->site = wd_lane_read_site (lane, to_send, cancellable, error);
  if (self->site == NULL)
    return NULL;
  redis = wd_lane_get_redis (lane, cancellable, error);
  if (redis == NULL)
    return NULL;
  for (guint from = 0, to; from < entries->len; from = to)
    {
      const WdOutboxEntry *first = entries->pdata[from];

      for (to = from + 1; to < entries->len; to++)
        {
          const WdOutboxEntry *next = entries->pdata[to];

          if (strcmp (first->queue, next->queue) != 0 || strcmp (first->prefix, next->prefix) != 0)
            break;
        }
      if (!ask_queue (self, redis, entries, from, to, cancellable, error))
        return NULL;
    }
  name_other_prefixes (self, entries, wd_lane_get_profile (lane)->prefix);
  return g_steal_pointer (&self);
}

/**
 * wd_evidence_get_site:
 * @self: evidence
 *
 * Returns: (transfer none): which Redis all of it is about
 */
const WdBullmqSite *
wd_evidence_get_site (WdEvidence *self)
{
  return self->site;
}

/**
 * wd_evidence_decide:
 * @self: what Redis shows
 * @entry: one of the entries it was collected for
 * @index: its place among them
 * @reason: (out): as of wd_recovery_decide()
 *
 * Returns: what to do with it
 */
WdRecovery
wd_evidence_decide (WdEvidence *self, const WdOutboxEntry *entry, guint index, const char **reason)
{
  const Finding *finding = &g_array_index (self->findings, Finding, index);
  WdRecovery decision
      = wd_recovery_decide (entry, finding->receipt, finding->state, self->site, reason);

  if (finding->problem == NULL || decision == WD_RECOVERY_DELIVERED
      || decision == WD_RECOVERY_DISCARDED)
    return decision;
  *reason = finding->problem;
  return WD_RECOVERY_UNKNOWN;
}

/**
 * wd_evidence_may_order:
 * @self: what Redis shows
 * @entry: one of the entries it was collected for, of which it is unknown whether it was queued
 * @index: its place among them
 *
 * Returns: whether an admin may order it to be sent all the same: it could reach its queue
 */
gboolean
wd_evidence_may_order (WdEvidence *self, const WdOutboxEntry *entry, guint index)
{
  const Finding *finding = &g_array_index (self->findings, Finding, index);

  return entry->row_status != NULL && finding->problem == NULL;
}

/**
 * wd_evidence_is_noted:
 * @self: what Redis shows
 * @entry: one of the entries it was collected for
 *
 * Returns: whether the Redis it is about is written down as one that may have the job
 */
gboolean
wd_evidence_is_noted (WdEvidence *self, const WdOutboxEntry *entry)
{
  return entry->sites != NULL
         && g_strv_contains ((const char *const *) entry->sites,
                             wd_bullmq_site_get_identity (self->site));
}

/**
 * wd_evidence_describe:
 * @self: what Redis shows
 * @entry: one of the entries it was collected for
 * @index: its place among them
 *
 * Returns: (transfer full): for people: what both stores show and what that means
 */
char *
wd_evidence_describe (WdEvidence *self, const WdOutboxEntry *entry, guint index)
{
  g_autofree char *row = entry->row_status != NULL ? wd_job_status_in_text (entry->row_status)
                                                   : g_strdup (_("gone"));
  const char *word = g_array_index (self->findings, Finding, index).state;
  g_autofree char *state = word != NULL ? wd_queue_state_in_text (word) : g_strdup (_("nothing"));
  const char *reason;

  switch (wd_evidence_decide (self, entry, index, &reason))
    {
    case WD_RECOVERY_DELIVERED:
      return g_strdup_printf (_("Delivered: the row is %s, its queue says %s"), row,
                              state);
    case WD_RECOVERY_DISCARDED:
      return g_strdup (_("Discarded: it will be closed"));
    case WD_RECOVERY_SEND:
      return g_strdup (_("Not queued yet: can be sent safely"));
    case WD_RECOVERY_UNKNOWN:
    default:
      return g_strdup_printf (_("Unknown whether it was queued: %s. The row is %s, its queue "
                                "says %s."),
                              reason, row, state);
    }
}

/**
 * wd_evidence_get_state:
 * @self: what Redis shows
 * @entry: one of the entries it was collected for
 * @index: its place among them
 *
 * Returns: the same as wd_evidence_describe(), for programs
 */
WdOutboxState
wd_evidence_get_state (WdEvidence *self, const WdOutboxEntry *entry, guint index)
{
  const char *reason;

  switch (wd_evidence_decide (self, entry, index, &reason))
    {
    case WD_RECOVERY_DELIVERED:
      return WD_OUTBOX_DELIVERED;
    case WD_RECOVERY_DISCARDED:
      return WD_OUTBOX_DISCARDED;
    case WD_RECOVERY_SEND:
      return WD_OUTBOX_SENDABLE;
    case WD_RECOVERY_UNKNOWN:
    default:
      return wd_evidence_may_order (self, entry, index) ? WD_OUTBOX_UNKNOWN : WD_OUTBOX_STUCK;
    }
}
