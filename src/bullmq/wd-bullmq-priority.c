/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-priority.h"

#include "model/wd-words.h"

/**
 * wd_bullmq_priority:
 * @priority: a #WdPriority, where larger is more urgent; 0 for none
 *
 * Returns: BullMQ's, where 1 is most urgent and 0 goes before all
 */
int
wd_bullmq_priority (gint64 priority)
{
  switch (priority)
    {
    case WD_PRIORITY_HIGH:
      return 1;
    case WD_PRIORITY_NORMAL:
      return 5;
    case WD_PRIORITY_LOW:
      return 10;
    default:
      return 0;
    }
}
