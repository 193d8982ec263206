/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For programs that have nothing else to do until an answer is there. */

#include "base/wd-answer.h"

/**
 * wd_answer_cb:
 * @source: what answered
 * @result: its answer
 * @data: (type GAsyncResult**): where wd_answer_wait() finds it
 *
 * The callback of everything that is awaited.
 */
void
wd_answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/**
 * wd_answer_wait:
 * @result: where wd_answer_cb() puts the answer
 *
 * Turns the main loop until the answer is there. The deadlines are those of what was asked.
 *
 * Returns: (transfer none): the answer
 */
GAsyncResult *
wd_answer_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}
