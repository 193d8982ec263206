/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/queues/wd-queue-page-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"

/**
 * wd_queue_page_text_range:
 * @jobs: a page of the jobs of a queue
 *
 * Returns: (transfer full): which of them these are, of how many
 */
char *
wd_queue_page_text_range (const WdQueueJobs *jobs)
{
  gint64 first = jobs->request->offset + 1;
  g_autofree char *from = wd_text_count (first);
  g_autofree char *to = wd_text_count (first + jobs->entries->len - 1);
  g_autofree char *total = wd_text_count (jobs->total);

  if (jobs->entries->len == 0)
    return g_strdup ("");
  /* TRANSLATORS: which jobs of a list are shown, of how many: “1–100 of 12 000” */
  return g_strdup_printf (_("%s–%s of %s"), from, to, total);
}

/**
 * wd_queue_page_text_note:
 * @jobs: a page of the jobs of a queue
 * @error: (nullable): why it could not be read again
 *
 * Returns: (transfer full): what else is to be known: what is odd about the queue, why it is only
 *   read, what of it is not known; empty for nothing
 */
char *
wd_queue_page_text_note (const WdQueueJobs *jobs, const GError *error)
{
  const char *lines[] = {
    error != NULL ? error->message : NULL, jobs->counts->warning, jobs->counts->layout,
    jobs->rows_error,
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  return wd_text_block (text->str);
}

/**
 * wd_queue_page_text_nothing:
 * @state: one of wd_queue_state_words()
 *
 * Returns: (transfer none): that no job is in it, translated
 */
const char *
wd_queue_page_text_nothing (const char *state)
{
  static const char *const words[][2] = {
    { "waiting", N_("No Job Is Waiting") },
    { "active", N_("No Job Is Active") },
    { "prioritized", N_("No Job Is Waiting by Priority") },
    { "delayed", N_("No Job Is Delayed") },
    { "waiting-children", N_("No Job Is Waiting for Its Children") },
    { "failed", N_("The Queue Holds No Failed Job") },
    { "completed", N_("The Queue Holds No Completed Job") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i][0], state))
      return _(words[i][1]);
  return "";
}
