/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of each entry of the outbox, once. */

#include "direct/wd-outbox-told.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

static gboolean
is_told (const WdOutboxReport *report, const char *id)
{
  for (guint i = 0; i < report->done->len; i++)
    if (g_ascii_strcasecmp (report->done->pdata[i], id) == 0)
      return TRUE;
  for (guint i = 0; i < report->left->len; i++)
    if (g_ascii_strcasecmp (((WdRefusal *) report->left->pdata[i])->subject, id) == 0)
      return TRUE;
  return FALSE;
}

/**
 * wd_outbox_told_unsettle:
 * @report: what was done and left
 * @n_done: how many were done when a transaction began that failed
 * @entries: (element-type WdOutboxEntry): what it was about
 * @reason: why it failed
 *
 * Takes back what is told of them as done.
 */
void
wd_outbox_told_unsettle (WdOutboxReport *report, guint n_done, GPtrArray *entries,
                         const GError *reason)
{
  for (guint i = n_done; i < report->done->len; i++)
    g_ptr_array_add (report->left, wd_refusal_new_copy (report->done->pdata[i], reason));
  g_ptr_array_set_size (report->done, (int) n_done);
  for (guint i = 0; i < entries->len; i++)
    {
      const WdOutboxEntry *entry = entries->pdata[i];

      if (!is_told (report, entry->id))
        g_ptr_array_add (report->left, wd_refusal_new_copy (entry->id, reason));
    }
}

/**
 * wd_outbox_told_missing:
 * @report: gets those that no entry answered to
 * @ids: (nullable) (array zero-terminated=1): what was asked for
 */
void
wd_outbox_told_missing (WdOutboxReport *report, const char *const *ids)
{
  for (; ids != NULL && *ids != NULL; ids++)
    if (!is_told (report, *ids))
      g_ptr_array_add (report->left,
                       wd_refusal_new (*ids, g_error_new_literal (WD_ERROR, WD_ERROR_NOT_FOUND,
                                                                  _("No such outbox entry, or "
                                                                    "somebody is sending it"))));
}

/**
 * wd_outbox_told_failure:
 * @report: what was done and left before it
 * @ids: (nullable) (array zero-terminated=1): what was asked for
 * @has_more: whether there may be entries that were not looked into
 * @failure: (transfer full): what ended it
 *
 * What was done stands; what nothing is told of is left as not begun.
 */
void
wd_outbox_told_failure (WdOutboxReport *report, const char *const *ids, gboolean has_more,
                        GError *failure)
{
  if (ids == NULL && has_more)
    g_ptr_array_add (report->left, wd_refusal_new_untried (_("the remaining entries"), failure));
  for (; ids != NULL && *ids != NULL; ids++)
    if (!is_told (report, *ids))
      g_ptr_array_add (report->left, wd_refusal_new_untried (*ids, failure));
  if (wd_error_is_cancelled (failure))
    g_error_free (failure);
  else
    report->failure = failure;
}
