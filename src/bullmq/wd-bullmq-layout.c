/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-format.h"

typedef struct {
  const char *word;
  const char *message;
} Reason;

/* The words are those of layout.lua, and “both” of add.lua and retry.lua. */
static const Reason reasons[] = {
  { "priority", N_ ("It has a “priority” set, as BullMQ 3 and older keep it; only BullMQ 5 and 6 "
                    "queues can be written to") },
  { "zero", N_ ("Its waiting list holds wake-up marks of BullMQ 3 or 4; only BullMQ 5 and 6 queues "
                "can be written to") },
  { "attempts", N_ ("Its last job was run by a worker of BullMQ 3 or 4; only BullMQ 5 and 6 queues "
                    "can be written to") },
  { "foreign", N_ ("It holds jobs, but neither the settings nor the events of BullMQ; another "
                   "library seems to use it") },
  { "both", N_ ("It is paused and both its waiting lists are long, as BullMQ 5 and 6 leave them "
                "when they share a queue; resume it here, not with BullMQ 5") },
};

static char *
wrong_type_message (const char *detail)
{
  const char *space = strrchr (detail, ' ');
  g_autofree char *key = space ? g_strndup (detail, space - detail) : g_strdup (detail);

  return g_strdup_printf (_("Its key “%s” is a %s, which BullMQ never makes of it"), key,
                          space ? space + 1 : "?");
}

/**
 * wd_bullmq_layout_message:
 * @word: why a script refused the queue
 * @detail: (nullable): of what it found
 *
 * Returns: (transfer full): the reason in words, translated
 */
char *
wd_bullmq_layout_message (const char *word, const char *detail)
{
  g_autofree char *shown = wd_format_visible (detail ? detail : "", 200);

  if (strcmp (word, "wrongtype") == 0)
    return wrong_type_message (shown);
  if (strcmp (word, "old") == 0)
    return g_strdup_printf (_("Its settings say %s; only BullMQ 5 and 6 queues can be written to"),
                            shown);
  if (strcmp (word, "unknown") == 0)
    return g_strdup_printf (_("Its settings say %s, which is not known to work like BullMQ 5 or 6"),
                            shown);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (word, reasons[i].word) == 0)
      return g_strdup (_(reasons[i].message));
  return g_strdup_printf (_("The queue cannot be written to (%s %s)"), word, shown);
}
