/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-wait.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"

/* Returns poll()'s result; the deadline passing is 0. */
static int
poll_until (GPollFD *fds, guint n_fds, gint64 deadline)
{
  int ready;

  do
    ready = g_poll (fds, n_fds, wd_deadline_left_ms (deadline));
  while (ready < 0 && errno == EINTR);
  return ready;
}

/**
 * wd_wait_fd:
 * @fd: a descriptor, or -1 to wait for nothing but the deadline
 * @condition: %G_IO_IN, %G_IO_OUT or both
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %G_IO_ERROR_CANCELLED, %WD_ERROR_TIMED_OUT or %WD_ERROR_FAILED
 *
 * Waits in a worker thread until @fd is ready (errors and hang-ups count as ready: the next read
 * or write reports them).
 */
gboolean
wd_wait_fd (int fd, GIOCondition condition, gint64 deadline, GCancellable *cancellable,
            GError **error)
{
  GPollFD fds[2] = { { fd, condition, 0 }, { -1, G_IO_IN, 0 } };
  gboolean watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fds[1]);
  int ready = poll_until (fds, watched ? 2 : 1, deadline);
  int failure = errno;

  if (watched)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (ready < 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_FAILED, "poll: %s", g_strerror (failure));
      return FALSE;
    }
  if (ready == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                           _("No answer within the time allowed"));
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_wait_ms:
 * @milliseconds: how long
 * @cancellable: (nullable): ends the wait at once
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Waits in a worker thread, for a backoff between two tries.
 */
gboolean
wd_wait_ms (guint milliseconds, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wd_wait_fd (-1, G_IO_IN, wd_deadline_in (milliseconds), cancellable, &local)
      || g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
