/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Recovery: whoever comes next takes up the promises of those who died.
 *
 * Entries are locked while they are looked into and sent, so two programs never work on one; the
 * process that made an entry and still lives holds no lock, and the receipt keeps the two from
 * queueing it twice. What wd-recovery-rule.c calls unknown is sent only when an admin names it. */

#include "direct/wd-direct-recovery.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-delivery.h"
#include "direct/wd-direct-discard.h"
#include "direct/wd-evidence.h"
#include "direct/wd-outbox-told.h"
#include "direct/wd-settlement.h"
#include "model/wd-audit-action.h"
#include "model/wd-filter.h"
#include "postgres/wd-pg-outbox.h"
#include "postgres/wd-pg-write.h"

/* Entries of one transaction. */
#define SLICE 200

/**
 * wd_direct_list_outbox:
 * @lane: a lane
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdOutboxEntry): every open promise, oldest first, with
 *   what both stores show of it, as far as Redis answers. Worker.
 */
GPtrArray *
wd_direct_list_outbox (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (WdEvidence) evidence = NULL;
  g_autoptr (GError) problem = NULL;

  if (postgres == NULL)
    return NULL;
  entries = wd_pg_outbox_list (postgres, &(WdPgOutboxClaim) { .limit = G_MAXINT },
                               wd_deadline_in (WD_READ_MS), cancellable, error);
  if (entries == NULL)
    return NULL;
  evidence = wd_evidence_collect (lane, entries, FALSE, cancellable, &problem);
  for (guint i = 0; i < entries->len; i++)
    {
      WdOutboxEntry *entry = entries->pdata[i];

      entry->verdict = evidence != NULL ? wd_evidence_describe (evidence, entry, i)
                                        : g_strdup (problem->message);
      entry->state = evidence != NULL ? wd_evidence_get_state (evidence, entry, i)
                                      : WD_OUTBOX_NOT_LOOKED_UP;
      entry->would_know = evidence != NULL
                          && wd_recovery_would_know (entry, wd_evidence_get_site (evidence));
    }
  return g_steal_pointer (&entries);
}

static GError *
explain (WdEvidence *evidence, const WdOutboxEntry *entry, guint i, gboolean ordered,
         const char *reason)
{
  if (!wd_evidence_may_order (evidence, entry, i))
    return g_error_new (WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME, _("Unknown whether it was queued: %s."),
                        reason);
  if (!ordered)
    return g_error_new (WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                        _("Unknown whether it was queued: %s. Send or discard it by its id."),
                        reason);
  return g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION,
                              _("Another Redis answered at this very moment: it was not sent. "
                                "Order it again."));
}

/* Entries that stay, for the audit trail. */
typedef struct {
  GPtrArray *ids;    /* (unowned) (element-type utf8) */
  GPtrArray *notes;  /* (unowned) (element-type utf8): why, beside them */
} Unsent;

static void
leave (const WdOutboxEntry *entry, GError *reason, Unsent *unsent, WdOutboxReport *report)
{
  g_ptr_array_add (unsent->ids, entry->id);
  g_ptr_array_add (unsent->notes, g_strdup (reason->message));
  g_ptr_array_add (report->left, wd_refusal_new (entry->id, reason));
}

/* Which of @entries to send now; the others are put where their evidence says. */
static void
sort_by_evidence (WdEvidence *evidence, GPtrArray *entries, gboolean ordered, GPtrArray *to_send,
                  GPtrArray *delivered, GPtrArray *buried, Unsent *unsent, WdOutboxReport *report)
{
  for (guint i = 0; i < entries->len; i++)
    {
      WdOutboxEntry *entry = entries->pdata[i];
      const char *reason;

      switch (wd_evidence_decide (evidence, entry, i, &reason))
        {
        case WD_RECOVERY_SEND:
          g_ptr_array_add (to_send, entry);
          break;
        case WD_RECOVERY_DELIVERED:
          g_ptr_array_add (delivered, entry->id);
          g_ptr_array_add (report->done, g_strdup (entry->id));
          break;
        case WD_RECOVERY_UNKNOWN:
          if (ordered && wd_evidence_may_order (evidence, entry, i)
              && wd_evidence_is_noted (evidence, entry))
            g_ptr_array_add (to_send, entry);
          else
            leave (entry, explain (evidence, entry, i, ordered, reason), unsent, report);
          break;
        case WD_RECOVERY_DISCARDED:
        default:
          g_ptr_array_add (buried, entry);
          g_ptr_array_add (report->left,
                           wd_refusal_new (entry->id,
                                           g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                                                _("It was discarded"))));
          break;
        }
    }
}

static GError *
reason_of (WdSettlement *settlement, guint i)
{
  const char *message = wd_settlement_get_message (settlement, i);

  switch (wd_settlement_get (settlement, i))
    {
    case WD_SETTLED_REFUSED:
    case WD_SETTLED_COMPLETED:
      return g_error_new (WD_ERROR, WD_ERROR_REFUSED, "%s",
                          message != NULL ? message : _("Refused"));
    case WD_SETTLED_DISCARDED:
      return g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED, _("It was discarded"));
    case WD_SETTLED_OPEN:
    case WD_SETTLED_KEPT:
    default:
      return g_error_new (WD_ERROR,
                          wd_settlement_is_answered (settlement, i) ? WD_ERROR_NO_CONNECTION
                                                                    : WD_ERROR_UNKNOWN_OUTCOME,
                          "%s", message != NULL ? message : _("Not queued"));
    }
}

static void
report_results (GPtrArray *sent, WdSettlement *settlement, Unsent *unsent, WdOutboxReport *report)
{
  for (guint i = 0; i < sent->len; i++)
    {
      const WdOutboxEntry *entry = sent->pdata[i];

      if (wd_settlement_get (settlement, i) == WD_SETTLED_KEPT)
        g_ptr_array_add (report->done, g_strdup (entry->id));
      else if (wd_settlement_get (settlement, i) == WD_SETTLED_OPEN)
        leave (entry, reason_of (settlement, i), unsent, report);
      else
        g_ptr_array_add (report->left, wd_refusal_new (entry->id, reason_of (settlement, i)));
    }
}

/* Whether a queue has taken something. */
typedef enum {
  SENT_NOTHING,
  SENT_PERHAPS,
  SENT_SOME,
} Sent;

/* What was sent stands in its queue, whatever becomes of the transaction. */
static void
say_half_done (Sent sent, GError **error)
{
  if (sent != SENT_NOTHING)
    wd_error_doubt (error);
  if (sent == SENT_SOME)
    g_prefix_error (error, "%s", _("Jobs were sent, each once, but the outbox still lists them: "));
}

/* Sends what may be sent, and writes down in the transaction what came of it. @sent becomes whether
 * a queue has taken something. */
static gboolean
send_entries (WdLane *lane, WdPgConnection *postgres, GPtrArray *to_send, WdEvidence *evidence,
              Unsent *unsent, WdOutboxReport *report, Sent *sent, GError **error)
{
  guint n_done = report->done->len;
  const WdBullmqSite *site = wd_evidence_get_site (evidence);
  g_autoptr (GError) problem = NULL;
  WdRedisConnection *redis = wd_lane_get_redis (lane, NULL, error);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (WdSettlement) settlement = NULL;

  if (redis == NULL)
    return FALSE;
  results = wd_delivery_send (redis, site, to_send, NULL, &problem);
  settlement = wd_settlement_new (lane, site, to_send, results, problem);
  report_results (to_send, settlement, unsent, report);
  *sent = report->done->len > n_done ? SENT_SOME : problem != NULL ? SENT_PERHAPS : SENT_NOTHING;
  return wd_settlement_write (settlement, postgres, wd_deadline_in (WD_WRITE_MS), error);
}

/* Looks into locked entries, sends what may be sent and writes down what came of it. */
static gboolean
work_off (WdLane *lane, WdPgConnection *postgres, GPtrArray *entries, gboolean ordered,
          WdOutboxReport *report, Sent *sent, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) to_send = g_ptr_array_new ();
  g_autoptr (GPtrArray) delivered = g_ptr_array_new ();
  g_autoptr (GPtrArray) buried = g_ptr_array_new ();
  g_autoptr (GPtrArray) unsent_ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  Unsent unsent = { unsent_ids, notes };
  g_autoptr (WdEvidence) evidence = wd_evidence_collect (lane, entries, TRUE, cancellable, error);
  gint64 deadline;

  if (evidence == NULL)
    return FALSE;
  sort_by_evidence (evidence, entries, ordered, to_send, delivered, buried, &unsent, report);
  if (to_send->len > 0
      && !send_entries (lane, postgres, to_send, evidence, &unsent, report, sent, error))
    return FALSE;
  deadline = wd_deadline_in (WD_WRITE_MS);
  wd_fault_point ("recovery:before-delete");
  return (!ordered
          || wd_pg_outbox_not_sent (postgres, unsent_ids, notes, deadline, NULL, error))
         && (buried->len == 0
             || wd_direct_take_back_discarded (postgres, buried, wd_evidence_get_site (evidence),
                                               &(WdPgTakeBack) { .action
                                                                 = WD_AUDIT_FOUND_DISCARDED },
                                               NULL, deadline, error))
         && wd_pg_outbox_delete (postgres, delivered, deadline, NULL, error);
}

/* Of those that look after the outbox by themselves one works at a time; an order waits for nobody.
 * Returns: (transfer full) (nullable): the entries to work off */
static GPtrArray *
claim_entries (WdPgConnection *postgres, const WdPgOutboxClaim *claim, GCancellable *cancellable,
               GError **error)
{
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);
  gboolean taken = TRUE;

  if (claim->ids == NULL && claim->min_age_ms > 0
      && !wd_pg_outbox_take_turn (postgres, &taken, deadline, cancellable, error))
    return NULL;
  return taken ? wd_pg_outbox_claim (postgres, claim, deadline, cancellable, error)
               : g_ptr_array_new ();
}

/* One transaction. @last becomes the youngest entry seen; NULL when there are no more. After a
 * failure the report tells of those that it began with. */
static gboolean
send_slice (WdLane *lane, const char *const *ids, guint min_age_ms, WdOutboxEntry **last,
            WdOutboxReport *report, GCancellable *cancellable, GError **error)
{
  guint n_done = report->done->len;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  WdPgOutboxClaim claim = { .ids = ids, .min_age_ms = min_age_ms, .after = *last, .limit = SLICE };
  g_autofree char *xid = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  Sent sent = SENT_NOTHING;
  gboolean ok;

  if (postgres == NULL
      || !wd_pg_write_begin (postgres, &xid, wd_deadline_in (2 * WD_WRITE_MS), cancellable, error))
    return FALSE;
  entries = claim_entries (postgres, &claim, cancellable, error);
  ok = entries != NULL
       && (entries->len == 0
           || work_off (lane, postgres, entries, ids != NULL, report, &sent, cancellable, error));
  if (!ok)
    wd_pg_connection_rollback (postgres);
  if (entries != NULL)
    {
      g_clear_pointer (last, wd_outbox_entry_unref);
      if (entries->len == SLICE)
        *last = wd_outbox_entry_ref (entries->pdata[SLICE - 1]);
    }
  if (ok && wd_pg_write_commit (postgres, xid, wd_deadline_in (WD_WRITE_MS), error))
    return TRUE;
  say_half_done (sent, error);
  if (entries != NULL)
    wd_outbox_told_unsettle (report, n_done, entries, *error);
  return FALSE;
}

/* An admin's order reaches a Redis that no attempt was meant for: that is committed first. */
static gboolean
note_site (WdLane *lane, const char *const *ids, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  g_autoptr (WdBullmqSite) site = NULL;
  g_autofree char *xid = NULL;
  gint64 deadline = wd_deadline_in (WD_WRITE_MS);

  if (postgres == NULL)
    return FALSE;
  site = wd_lane_read_site (lane, TRUE, cancellable, error);
  if (site == NULL || !wd_pg_write_begin (postgres, &xid, deadline, cancellable, error))
    return FALSE;
  if (!wd_pg_outbox_order (postgres, ids, wd_lane_get_profile (lane)->prefix,
                           wd_bullmq_site_get_identity (site), deadline, cancellable, error))
    {
      wd_pg_connection_rollback (postgres);
      return FALSE;
    }
  return wd_pg_write_commit (postgres, xid, deadline, error);
}

/**
 * wd_direct_validate_outbox_ids:
 * @ids: (nullable) (array zero-terminated=1): ids of entries
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_direct_validate_outbox_ids (const char *const *ids, GError **error)
{
  for (; ids != NULL && *ids != NULL; ids++)
    if (!wd_uuid_validate (*ids, "id", error))
      return FALSE;
  return TRUE;
}

/**
 * wd_direct_send_outbox:
 * @lane: the lane of writes
 * @ids: (nullable) (array zero-terminated=1): entries an admin orders to be sent, whatever is known
 *   of them; %NULL for all that may be sent safely
 * @min_age_ms: leaves younger ones to whoever made them
 * @cancellable: (nullable): stops between two slices
 * @error: in #WD_ERROR; nothing was settled; %WD_ERROR_UNKNOWN_OUTCOME where something is in its
 *   queue and still listed
 *
 * Worker.
 *
 * Returns: (transfer full): what was settled and what was left, also where a failure ended it
 */
WdOutboxReport *
wd_direct_send_outbox (WdLane *lane, const char *const *ids, guint min_age_ms,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdOutboxReport) report = wd_outbox_report_create ();
  g_autoptr (WdOutboxEntry) last = NULL;

  if (!wd_direct_validate_outbox_ids (ids, error)
      || !wd_lane_check_writable (lane, cancellable, error)
      || (ids != NULL && !note_site (lane, ids, cancellable, error)))
    return NULL;
  do
    {
      gboolean is_first = last == NULL;
      g_autoptr (GError) local = NULL;

      if (!g_cancellable_set_error_if_cancelled (cancellable, &local)
          && send_slice (lane, ids, min_age_ms, &last, report, cancellable, &local))
        continue;
      if (is_first)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      wd_outbox_told_failure (report, ids, last != NULL, g_steal_pointer (&local));
      return g_steal_pointer (&report);
    }
  while (last != NULL);
  wd_outbox_told_missing (report, ids);
  return g_steal_pointer (&report);
}
