/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that decides whether an undelivered entry may be sent again.
 *
 * An entry is a promise written before its job was queued. Its receipt, written by the same
 * script as the job, is the proof that it was. Without a receipt there are two worlds: the job was
 * never queued, or it was and Redis has forgotten both (flushed, restored from an older snapshot,
 * failed over, another server, out of memory). Only where the second can be excluded is it sent:
 * the Redis answering now is provably the one of every attempt so far, with its data, and little
 * time has passed. */

#include "direct/wd-recovery-rule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_same_redis (const WdOutboxEntry *entry, const WdBullmqSite *site)
{
  if (site == NULL || site->identity == NULL || entry->sites == NULL || *entry->sites == NULL)
    return FALSE;
  for (char **attempt = entry->sites; *attempt != NULL; attempt++)
    if (g_strcmp0 (*attempt, site->identity) != 0)
      return FALSE;
  return TRUE;
}

static const char *
explain_difference (const WdOutboxEntry *entry, const WdBullmqSite *site)
{
  gboolean same_server = entry->sites != NULL;

  for (char **attempt = entry->sites; same_server && *attempt != NULL; attempt++)
    {
      if (strcmp (*attempt, WD_BULLMQ_SITE_UNKNOWN) == 0)
        return _("the Redis it was sent to did not tell which server it is (INFO was forbidden)");
      same_server = wd_bullmq_identities_are_of_one_server (*attempt, site->identity);
    }
  return same_server ? _("Redis ran out of memory and evicted keys since it was sent")
                     : _("Redis was flushed, restarted, restored or replaced since it was sent");
}

/* A retried job is still in its queue, as failed, until the retry reaches it. */
static gboolean
is_queued (const WdOutboxEntry *entry, const char *queue_state)
{
  return queue_state != NULL && g_strcmp0 (entry->operation, "dispatch") == 0;
}

/**
 * wd_recovery_decide:
 * @entry: what was promised, with the row's status now
 * @receipt: what the Redis answering now says of it
 * @queue_state: (nullable): BullMQ state of its job there; %NULL without such a job
 * @site: (nullable): which Redis that is
 * @reason: (out) (transfer none): for %WD_RECOVERY_UNKNOWN, translated: why it is not sent
 *
 * Returns: what to do with it
 */
WdRecovery
wd_recovery_decide (const WdOutboxEntry *entry, WdBullmqReceipt receipt, const char *queue_state,
                    const WdBullmqSite *site, const char **reason)
{
  *reason = NULL;
  if (receipt == WD_BULLMQ_RECEIPT_SENT)
    return WD_RECOVERY_DELIVERED;
  if (receipt == WD_BULLMQ_RECEIPT_DISCARDED)
    return WD_RECOVERY_DISCARDED;
  if (entry->row_status == NULL)
    {
      *reason = _("its row in job_logs is gone, so it can only be discarded");
      return WD_RECOVERY_UNKNOWN;
    }
  if (g_strcmp0 (entry->row_status, "pending") != 0 || is_queued (entry, queue_state))
    return WD_RECOVERY_DELIVERED;

  if (site == NULL || site->id == NULL)
    *reason = _("Redis was flushed or replaced since it was sent: it bears no mark of ours");
  else if (site->identity == NULL)
    *reason = _("this Redis does not tell which server it is (INFO is forbidden)");
  else if (!is_same_redis (entry, site))
    *reason = explain_difference (entry, site);
  else if (entry->age_ms >= WD_BULLMQ_RECEIPT_SECONDS * G_GINT64_CONSTANT (1000))
    *reason = _("it is so old that a receipt would have expired");
  else if (entry->age_ms >= WD_RECOVERY_MAX_AGE_MS)
    *reason = _("it is older than 10 minutes");
  return *reason == NULL ? WD_RECOVERY_SEND : WD_RECOVERY_UNKNOWN;
}

/**
 * wd_recovery_would_know:
 * @entry: what was promised
 * @site: (nullable): which Redis answers now
 *
 * Returns: whether it is provably the one of every attempt and would still have the receipt: what
 *   has none there was never queued, however old the entry is
 */
gboolean
wd_recovery_would_know (const WdOutboxEntry *entry, const WdBullmqSite *site)
{
  return site != NULL && site->id != NULL && is_same_redis (entry, site)
         && entry->age_ms < WD_BULLMQ_RECEIPT_SECONDS * G_GINT64_CONSTANT (1000);
}
