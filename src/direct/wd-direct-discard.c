/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An admin decides that a promise is not kept. */

#include "direct/wd-direct-discard.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-direct-recovery.h"
#include "direct/wd-outbox-told.h"
#include "direct/wd-recovery-rule.h"
#include "direct/wd-tombstones.h"
#include "model/wd-audit-action.h"
#include "model/wd-retry-rule.h"
#include "postgres/wd-pg-outbox.h"
#include "postgres/wd-pg-write.h"

/**
 * wd_direct_take_back_discarded:
 * @postgres: a connection inside the transaction that claimed @entries
 * @entries: (element-type WdOutboxEntry): behind whose tombstones nobody can queue them
 * @site: (nullable): which Redis has the tombstones
 * @how: the action for the audit trail, and notes
 * @perhaps: (nullable) (element-type utf8): gets copies of the ids of those that may have been
 *   queued before
 * @deadline: of wd_deadline_in()
 * @error: in #WD_ERROR
 *
 * A tombstone proves that a job was not queued only in the Redis of every attempt. Of one that
 * another Redis may have had, and a worker may have run, the row says so, a retried one too.
 * Worker.
 */
gboolean
wd_direct_take_back_discarded (WdPgConnection *postgres, GPtrArray *entries,
                               const WdBullmqSite *site, const WdPgTakeBack *how,
                               GPtrArray *perhaps, gint64 deadline, GError **error)
{
  g_autoptr (GPtrArray) certain = g_ptr_array_new ();
  g_autoptr (GPtrArray) certain_notes = g_ptr_array_new ();
  g_autoptr (GPtrArray) unsure = g_ptr_array_new ();
  g_autoptr (GPtrArray) unsure_notes = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      WdOutboxEntry *entry = entries->pdata[i];
      gboolean known = wd_recovery_would_know (entry, site);

      g_ptr_array_add (known ? certain : unsure, entry);
      if (known)
        g_ptr_array_add (certain_notes, how->notes != NULL ? how->notes->pdata[i] : NULL);
      else
        g_ptr_array_add (unsure_notes, (gpointer) WD_RETRY_PERHAPS_RAN);
      if (!known && perhaps != NULL)
        g_ptr_array_add (perhaps, g_strdup (entry->id));
    }
  return (certain->len == 0
          || wd_pg_outbox_take_back (postgres, certain,
                                     &(WdPgTakeBack) { .action = how->action,
                                                       .reason = WD_DIRECT_DISCARDED,
                                                       .notes = certain_notes },
                                     deadline, NULL, error))
         && (unsure->len == 0
             || wd_pg_outbox_take_back (postgres, unsure,
                                        &(WdPgTakeBack) { .action = how->action,
                                                          .reason = WD_RETRY_PERHAPS_RAN,
                                                          .unsure = TRUE,
                                                          .notes = unsure_notes },
                                        deadline, NULL, error));
}

/* A queue that did not answer may have been told all the same. */
static GError *
explain (const GError *problem)
{
  GError *error = g_error_copy (problem);

  if (wd_error_may_pass (problem) || wd_error_is_cancelled (problem))
    wd_error_doubt (&error);
  return error;
}

/* The tombstones come first: from then on nobody can queue the jobs, however late an attempt
 * arrives. */
static gboolean
bury (WdLane *lane, WdPgConnection *postgres, GPtrArray *entries, WdOutboxReport *report,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) buried = g_ptr_array_new ();
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  g_autofree WdBullmqReceipt *found = g_new (WdBullmqReceipt, entries->len);
  g_autoptr (GError) problem = NULL;
  g_autoptr (WdBullmqSite) site = NULL;
  gint64 deadline;
  WdRedisConnection *redis = wd_lane_get_redis (lane, cancellable, error);

  if (redis == NULL)
    return FALSE;
  wd_fault_point ("discard:begin");
  wd_tombstones_write (redis, entries, TRUE, cancellable, found, &problem);
  wd_fault_point ("discard:tombstone");
  /* Asked after them: what was flushed until now bears another mark, or none. */
  site = wd_lane_read_site (lane, FALSE, cancellable, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      WdOutboxEntry *entry = entries->pdata[i];

      if (found[i] == WD_BULLMQ_RECEIPT_DISCARDED)
        {
          g_ptr_array_add (buried, entry);
          g_ptr_array_add (report->done, g_strdup (entry->id));
        }
      else if (found[i] == WD_BULLMQ_RECEIPT_SENT)
        {
          g_ptr_array_add (sent, entry->id);
          g_ptr_array_add (report->left,
                           wd_refusal_new (entry->id, g_error_new_literal (
                                             WD_ERROR, WD_ERROR_REFUSED,
                                             _("Already sent: its job was queued"))));
        }
      else
        g_ptr_array_add (report->left, wd_refusal_new (entry->id, explain (problem)));
    }
  deadline = wd_deadline_in (WD_WRITE_MS);
  return (buried->len == 0
          || wd_direct_take_back_discarded (postgres, buried, site,
                                            &(WdPgTakeBack) { .action = WD_AUDIT_DISCARD },
                                            report->perhaps, deadline, error))
         && wd_pg_outbox_delete (postgres, sent, deadline, NULL, error);
}

/* The tombstones stand, whatever becomes of the transaction. */
static WdOutboxReport *
say_half_done (const WdOutboxReport *report, GError **error)
{
  if (report->done->len == 0)
    return NULL;
  wd_error_doubt (error);
  g_prefix_error (error, "%s", _("Discarded for good, but the rows still say pending until "
                                 "somebody looks after the outbox: "));
  return NULL;
}

/**
 * wd_direct_discard_outbox:
 * @lane: the lane of writes
 * @ids: (array zero-terminated=1): entries never to be sent
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; no row was changed, but what Redis was told already is never sent: whoever
 *   looks after the outbox next finishes it
 *
 * A dispatch's row becomes failed, “discarded before it was queued”; a retry's row is as it was
 * before. Where that is not certain both become failed and say that it is not known whether the job
 * had been queued. Worker.
 *
 * Returns: (transfer full): what was discarded and what was left
 */
WdOutboxReport *
wd_direct_discard_outbox (WdLane *lane, const char *const *ids, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (WdOutboxReport) report = wd_outbox_report_create ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *xid = NULL;
  WdPgConnection *postgres;

  if (!wd_direct_validate_outbox_ids (ids, error)
      || !wd_lane_check_writable (lane, cancellable, error))
    return NULL;
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  if (postgres == NULL
      || !wd_pg_write_begin (postgres, &xid, wd_deadline_in (2 * WD_WRITE_MS), cancellable, error))
    return NULL;
  entries = wd_pg_outbox_claim (postgres, &(WdPgOutboxClaim) { .ids = ids, .limit = G_MAXINT },
                                wd_deadline_in (WD_WRITE_MS), cancellable, error);
  if (entries == NULL || (entries->len > 0
                          && !bury (lane, postgres, entries, report, cancellable, error)))
    {
      wd_pg_connection_rollback (postgres);
      return say_half_done (report, error);
    }
  if (!wd_pg_write_commit (postgres, xid, wd_deadline_in (WD_WRITE_MS), error))
    return say_half_done (report, error);
  wd_outbox_told_missing (report, ids);
  return g_steal_pointer (&report);
}
