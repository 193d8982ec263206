/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection whose answer is no longer awaited. The server is asked to stop working on it, and
 * then it is closed, in this order: a pooler that sees the client leave first forgets the cancel
 * key and lets the statement run on. PQcancel() waits without bound for a server that is stopped,
 * so a thread nobody waits for does both and ends when the server answers or the network gives up.
 */

#include "postgres/wd-pg-abandon.h"

/* Against a server that hangs for hours the threads must not pile up; statement_timeout ends the
 * statements of those that are closed without a cancel. */
#define ABANDONED_MAX 16

static int n_abandoned; /* (atomic) */

static gpointer
cancel_thread (gpointer data)
{
  PGconn *connection = data;
  PGcancel *cancel = PQgetCancel (connection);
  char message[256];

  if (cancel != NULL && !PQcancel (cancel, message, sizeof message))
    g_debug ("A statement could not be cancelled: %s", message);
  PQfreeCancel (cancel);
  PQfinish (connection);
  g_atomic_int_add (&n_abandoned, -1);
  return NULL;
}

/**
 * wd_pg_abandon:
 * @connection: (transfer full): a connection with a statement under way; nonblocking
 *
 * Returns at once.
 */
void
wd_pg_abandon (PGconn *connection)
{
  GThread *thread = NULL;

  if (g_atomic_int_add (&n_abandoned, 1) < ABANDONED_MAX)
    thread = g_thread_try_new ("pg-cancel", cancel_thread, connection, NULL);
  if (thread != NULL)
    {
      g_thread_unref (thread);
      return;
    }
  g_atomic_int_add (&n_abandoned, -1);
  PQfinish (connection);
}
