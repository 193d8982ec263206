/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The line below a queue's name: what is seldom looked for, each where there is such a thing. */

#include "app/queues/wd-queue-note.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"

/* @part: (transfer full) */
static void
take_part (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

static void
add_limits (GString *text, const WdQueueCounts *counts)
{
  char *limits = wd_queue_limits_describe (&counts->limits);

  if (limits != NULL)
    take_part (text, limits);
  if (counts->limited_until > wd_time_now ())
    {
      g_autofree char *clock = wd_text_clock (counts->limited_until);

      /* TRANSLATORS: a rate limit lets no job begin before a time of day */
      take_part (text, g_strdup_printf (_("limit reached until %s"), clock));
    }
}

/**
 * wd_queue_note:
 * @counts: a queue
 * @finished_last_hour: how many jobs of it ended in the last hour, or -1 where nobody knows
 *
 * Returns: (transfer full): a line, possibly empty
 */
char *
wd_queue_note (const WdQueueCounts *counts, gint64 finished_last_hour)
{
  GString *text = g_string_new (NULL);

  if (finished_last_hour >= 0)
    {
      g_autofree char *finished = wd_text_count (finished_last_hour);

      take_part (text, g_strdup_printf (_("%s finished in the last hour"), finished));
    }
  if (counts->waiting_children > 0)
    {
      g_autofree char *children = wd_text_count (counts->waiting_children);

      take_part (text, g_strdup_printf (_("%s wait for their children"), children));
    }
  if (counts->schedulers > 0)
    {
      g_autofree char *schedulers = wd_text_count (counts->schedulers);

      take_part (text, g_strdup_printf (ngettext ("%s scheduler", "%s schedulers",
                                                  (gulong) counts->schedulers), schedulers));
    }
  add_limits (text, counts);
  if (counts->version != NULL)
    take_part (text, wd_format_visible (counts->version, 64));
  return g_string_free (text, FALSE);
}
