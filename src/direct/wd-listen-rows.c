/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-listener.h"

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-listen.h"

/* How long nothing need be heard before one looks whether the server is still there. */
#define QUIET_MS 20000
/* What the limit on notifications swallows is found by looking again. */
#define LOOK_MS  1000

static gboolean
read_mark (WdPgConnection *postgres, WdPgMark *mark, GCancellable *cancellable, GError **error)
{
  return wd_pg_listen_mark (postgres, mark, wd_deadline_in (WD_READ_MS), cancellable, error);
}

/* Whether the connection is still the one that listens: a query makes a lost one anew. */
static gboolean
still_listens (WdPgConnection *postgres, guint64 serial, GError **error)
{
  if (wd_pg_connection_get_serial (postgres) == serial)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NO_CONNECTION, "Lost the connection that listens");
  return FALSE;
}

/**
 * wd_listen_to_rows:
 * @lane: whose connection to the database serves for nothing else
 * @listener: whom to tell
 * @cancellable: ends it
 * @error: why it hears nothing any more
 *
 * Hears of changes in the database until it cannot. A quiet one is asked now and then. Worker.
 *
 * Returns: %FALSE
 */
gboolean
wd_listen_to_rows (WdLane *lane, const WdListener *listener, GCancellable *cancellable,
                   GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, error);
  WdPgMark mark, now;
  gboolean looks = FALSE;
  guint64 serial;

  if (postgres == NULL
      || !wd_pg_listen_begin (postgres, wd_deadline_in (WD_READ_MS), cancellable, error))
    return FALSE;
  serial = wd_pg_connection_get_serial (postgres);
  if (!read_mark (postgres, &mark, cancellable, error))
    return FALSE;
  listener->live (listener->data);
  listener->changed (WD_CHANGE_ROWS, listener->data);
  for (;;)
    {
      guint n_heard;

      if (!wd_pg_listen_wait (postgres, looks ? LOOK_MS : QUIET_MS, &n_heard, cancellable, error))
        return FALSE;
      if (n_heard > 0)
        listener->changed (WD_CHANGE_ROWS, listener->data);
      if (!read_mark (postgres, &now, cancellable, error)
          || !still_listens (postgres, serial, error))
        return FALSE;
      /* The last one heard is followed by one more look in any case. */
      if (n_heard == 0 && (looks || now.jobs != mark.jobs || now.wallets != mark.wallets))
        listener->changed (WD_CHANGE_ROWS, listener->data);
      looks = n_heard > 0 || now.jobs != mark.jobs || now.wallets != mark.wallets;
      mark = now;
    }
}
