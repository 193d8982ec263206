/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-tell.h"

/**
 * wd_direct_tell:
 * @task: a call that is not answered yet
 * @func: (scope notified): called once, on the main context of whoever made the call
 * @data: for @func
 * @destroy: frees @data
 *
 * Worker. What is told is of the answer's priority, so that it comes in order, and before it.
 */
void
wd_direct_tell (GTask *task, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, func, data, destroy);
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_attach (source, g_task_get_context (task));
}
