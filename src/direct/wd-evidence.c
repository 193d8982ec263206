/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-evidence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-time.h"
#include "bullmq/wd-bullmq-job.h"

struct _WdEvidence {
  WdBullmqSite *site;   /* (owned) */
  GArray *receipts;     /* (owned) of WdBullmqReceipt */
  GPtrArray *states;    /* (owned) of nullable text */
};

void
wd_evidence_free (WdEvidence *self)
{
  g_clear_pointer (&self->site, wd_bullmq_site_free);
  g_array_unref (self->receipts);
  g_ptr_array_unref (self->states);
  g_free (self);
}

/* Asks one queue about entries[from..to). */
static gboolean
ask_queue (WdEvidence *self, WdRedisConnection *redis, GPtrArray *entries, guint from, guint to,
           GCancellable *cancellable, GError **error)
{
  const WdOutboxEntry *first = entries->pdata[from];
  WdBullmqQueue queue = { first->prefix, first->queue };
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  g_autoptr (GPtrArray) outbox_ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) receipts = NULL;
  g_autoptr (GPtrArray) states = NULL;

  for (guint i = from; i < to; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];
      g_autofree char *name = NULL;
      char *id = NULL;

      wd_bullmq_job_id_split (entry->job_id, entry->queue, &name, &id);
      g_ptr_array_add (ids, id);
      g_ptr_array_add (outbox_ids, entry->id);
    }
  receipts = wd_bullmq_receipts (redis, &queue, (const char *const *) outbox_ids->pdata,
                                 outbox_ids->len, deadline, cancellable, error);
  if (receipts == NULL)
    return FALSE;
  states = wd_bullmq_states (redis, &queue, (const char *const *) ids->pdata, ids->len, deadline,
                             cancellable, error);
  if (states == NULL)
    return FALSE;
  g_array_append_vals (self->receipts, receipts->data, receipts->len);
  for (guint i = 0; i < states->len; i++)
    g_ptr_array_add (self->states, g_strdup (states->pdata[i]));
  return TRUE;
}

/**
 * wd_evidence_collect:
 * @lane: a lane with Redis
 * @entries: (element-type WdOutboxEntry): what to look into
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Asks on one connection, so that all of it is about one Redis. Worker.
 *
 * Returns: (transfer full): what it shows
 */
WdEvidence *
wd_evidence_collect (WdLane *lane, GPtrArray *entries, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdEvidence) self = g_new0 (WdEvidence, 1);
  WdRedisConnection *redis;

  self->receipts = g_array_new (FALSE, FALSE, sizeof (WdBullmqReceipt));
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->site = wd_lane_read_site (lane, TRUE, cancellable, error);
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
  return g_steal_pointer (&self);
}

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
  return wd_recovery_decide (entry, g_array_index (self->receipts, WdBullmqReceipt, index),
                             self->states->pdata[index], self->site, reason);
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
  const char *row = entry->row_status != NULL ? entry->row_status : _("gone");
  const char *state = self->states->pdata[index];
  const char *reason;

  switch (wd_evidence_decide (self, entry, index, &reason))
    {
    case WD_RECOVERY_DELIVERED:
      return g_strdup_printf (_("Delivered: the row is %s, its queue says %s"), row,
                              state != NULL ? state : _("nothing"));
    case WD_RECOVERY_DISCARDED:
      return g_strdup (_("Discarded: it will be closed"));
    case WD_RECOVERY_SEND:
      return g_strdup (_("Not queued yet: can be sent safely"));
    case WD_RECOVERY_UNKNOWN:
    default:
      return g_strdup_printf (_("Unknown whether it was queued: %s. The row is %s, its queue says %s."),
                              reason, row, state != NULL ? state : _("nothing"));
    }
}
