/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* In words, what it means to send or to discard an undelivered job. */

#include "app/actions/wd-review-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

static char *
describe_sending (const WdOutboxEntry *entry)
{
  g_autofree char *verdict = NULL;

  switch (entry->state)
    {
    case WD_OUTBOX_SENDABLE:
      return g_strdup (_("It is certainly not in its queue. It is queued now and runs once."));
    case WD_OUTBOX_DELIVERED:
      return g_strdup (_("Its queue has or had it. Nothing is sent again; the entry is closed."));
    case WD_OUTBOX_NOT_LOOKED_UP:
    case WD_OUTBOX_DISCARDED:
    case WD_OUTBOX_UNKNOWN:
    case WD_OUTBOX_STUCK:
    default:
      verdict = entry->verdict != NULL ? wd_format_visible (entry->verdict, 600) : g_strdup ("");
      return g_strdup_printf (_("%s\n\nIf its queue had it, the job runs a second time: money may "
                                "move twice. Send it only when you have made sure that it did not "
                                "run."), verdict);
    }
}

static char *
describe_discarding (const WdOutboxEntry *entry)
{
  gboolean retry = g_strcmp0 (entry->operation, "retry") == 0;

  if (!entry->would_know)
    return retry
             ? g_strdup (_("The retry is never sent, and its row becomes failed, “discarded; not "
                           "known whether it had been queued”. It may have run: look at the chain "
                           "before you retry it. If its queue still has the retry, it is reported "
                           "as sent."))
             : g_strdup (_("The job is never sent, and its row becomes failed, “discarded; not "
                           "known whether it had been queued”. It may have run: look at the chain "
                           "before you retry it. If its queue still has it, it is reported as "
                           "sent."));
  if (retry)
    return g_strdup (_("The retry is never sent, and the job’s row is put back to what it was "
                       "before. If its queue had the retry already, it is reported as sent."));
  return g_strdup (_("The job is never sent, and its row becomes failed, “discarded before it was "
                     "queued”. If its queue had it already, it is reported as sent."));
}

/**
 * wd_review_text_question:
 * @entry: (nullable): what it is about; %NULL for all that can be sent safely
 * @n_entries: how many those are
 * @discards: else it is about sending
 * @heading: (out) (transfer full): the question
 * @body: (out) (transfer full): what it means
 *
 * Returns: whether it can do harm
 */
gboolean
wd_review_text_question (const WdOutboxEntry *entry, guint n_entries, gboolean discards,
                         char **heading, char **body)
{
  if (entry == NULL)
    {
      g_autofree char *number = wd_text_count (n_entries);

      *heading = g_strdup_printf (ngettext ("Send %s Job?", "Send %s Jobs?", n_entries), number);
      *body = g_strdup (_("They are certainly not in their queues. Each is queued now and runs "
                          "once. The others are left as they are."));
      return FALSE;
    }
  if (discards)
    {
      *heading = g_strdup (_("Discard This Job?"));
      *body = describe_discarding (entry);
      return TRUE;
    }
  *body = describe_sending (entry);
  if (entry->state == WD_OUTBOX_SENDABLE || entry->state == WD_OUTBOX_DELIVERED)
    {
      *heading = g_strdup (_("Send This Job?"));
      return FALSE;
    }
  *heading = g_strdup (_("Send It, Not Knowing Whether It Ran?"));
  return TRUE;
}

/**
 * wd_review_text_done:
 * @n_done: how many entries were settled
 * @discarded: whether they were discarded; else they were delivered
 * @perhaps_queued: whether they may have been queued before they were discarded
 *
 * Returns: (transfer full): what was done
 */
char *
wd_review_text_done (guint n_done, gboolean discarded, gboolean perhaps_queued)
{
  g_autofree char *number = wd_text_count (n_done);

  if (discarded && perhaps_queued)
    return g_strdup_printf (ngettext ("%s job discarded, not known whether it had been queued",
                                      "%s jobs discarded, not known whether they had been queued",
                                      n_done), number);
  return discarded
           ? g_strdup_printf (ngettext ("%s job discarded", "%s jobs discarded", n_done), number)
           : g_strdup_printf (ngettext ("%s job delivered", "%s jobs delivered", n_done), number);
}

/**
 * wd_review_text_banner:
 * @n_undelivered: how many entries are not known to be delivered
 *
 * Returns: (transfer full): that there is something to review
 */
char *
wd_review_text_banner (gint64 n_undelivered)
{
  g_autofree char *number = wd_text_count (n_undelivered);

  return g_strdup_printf (ngettext ("%s job is written but not known to be in its queue.",
                                    "%s jobs are written but not known to be in their queues.",
                                    (gulong) n_undelivered), number);
}

/**
 * wd_review_text_progress:
 * @stopping: whether an admin pressed the button that stops
 * @discards: else it is sent
 *
 * Returns: (transfer none): what is waited for
 */
const char *
wd_review_text_progress (gboolean stopping, gboolean discards)
{
  if (stopping)
    return _("Stopping: waiting to learn what was done");
  return discards ? _("Discarding: waiting for an answer") : _("Sending: waiting for an answer");
}

/**
 * wd_review_text_trouble:
 * @error: (nullable): why something could not be settled; %NULL where nothing can be read
 * @one: whether one entry was to be settled; else all that can be sent safely
 * @discards: whether it was to be discarded; else sent
 *
 * Returns: (transfer none): what an error means
 */
const char *
wd_review_text_trouble (const GError *error, gboolean one, gboolean discards)
{
  gboolean unknown = g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);

  if (error == NULL)
    return _("What stands here is older: the outbox cannot be read.");
  if (!one)
    return _("Not all of them are known to be sent.");
  if (unknown)
    return discards ? _("It is not known whether it was discarded.")
                    : _("It is not known whether it was sent.");
  return discards ? _("It was not discarded.") : _("It was not sent.");
}
