/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/queues/wd-queue-status.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"

/**
 * wd_queue_status_show:
 * @badge: a badge
 * @counts: what a queue holds
 *
 * Says in a word how it is.
 */
void
wd_queue_status_show (GtkLabel *badge, const WdQueueCounts *counts)
{
  const char *word = C_("queue", "Idle");
  const char *tone = NULL;

  if (counts->paused)
    word = C_("queue", "Paused"), tone = WD_TONE_CAUTION;
  else if (counts->workers == 0)
    word = C_("queue", "No Worker"),
    tone = counts->waiting + counts->prioritized > 0 ? WD_TONE_WRONG : WD_TONE_CAUTION;
  else if (counts->active > 0)
    word = C_("queue", "Active"), tone = WD_TONE_BUSY;
  gtk_label_set_text (badge, word);
  wd_tone_set (GTK_WIDGET (badge), tone);
}
