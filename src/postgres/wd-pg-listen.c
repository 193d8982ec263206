/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hearing of changes. A notification says only that there is one, and not more than four come a
 * second, so whoever hears one looks, and looks again until nothing is new: that is what the marks
 * are for.
 *
 * LISTEN belongs to a session of the server. Behind a pooler that gives sessions out by the
 * transaction it may seem to work and never tell of anything, so it counts only when a word sent
 * over another connection has been heard. */

#include "postgres/wd-pg-listen.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-error.h"
#include "postgres/wd-pg-pooler.h"

#define CHANNEL "worker_dashboard"
#define ECHO_MS 2000

/* Takes what was heard. An empty word is a change, the others are somebody's test. */
static guint
take_words (WdPgConnection *self, const char *awaited, gboolean *came)
{
  guint n_changes = 0;
  PGnotify *word;

  while ((word = PQnotifies (self->conn)) != NULL)
    {
      if (word->extra == NULL || *word->extra == '\0')
        n_changes++;
      else if (awaited != NULL && strcmp (word->extra, awaited) == 0)
        *came = TRUE;
      PQfreemem (word);
    }
  return n_changes;
}

static gboolean
fail_lost (WdPgConnection *self, GError **error)
{
  wd_pg_error_from_connection (self->conn, self->where, error);
  wd_pg_connection_abandon (self);
  return FALSE;
}

/* Waits for anything at all from the server; TRUE with nothing heard when the time is over. */
static gboolean
hear (WdPgConnection *self, gint64 deadline, const char *awaited, gboolean *came, guint *n_heard,
      GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  *n_heard = take_words (self, awaited, came);
  if (*n_heard > 0 || *came)
    return TRUE;
  if (!wd_wait_fd (PQsocket (self->conn), G_IO_IN, deadline, cancellable, &local))
    {
      if (g_error_matches (local, WD_ERROR, WD_ERROR_TIMED_OUT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!PQconsumeInput (self->conn) || PQstatus (self->conn) == CONNECTION_BAD)
    return fail_lost (self, error);
  *n_heard = take_words (self, awaited, came);
  return TRUE;
}

static gboolean
fail_pooled (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                       _("A pooler in transaction mode stands before the database and passes no "
                         "notifications on; the address of the database itself, or of a pooler in "
                         "session mode, brings them"));
  return FALSE;
}

/* Whether a word sent by somebody else is heard. */
static gboolean
check_echo (WdPgConnection *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgConnection) other = wd_pg_connection_new_like (self);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *word = g_uuid_string_random ();
  gint64 end;
  gboolean came = FALSE;
  guint n_heard;

  wd_pg_params_text (params, word);
  result = wd_pg_connection_query (other, "SELECT pg_catalog.pg_notify('" CHANNEL "', $1)", params,
                                   deadline, cancellable, error);
  if (result == NULL)
    return FALSE;
  end = wd_deadline_in (ECHO_MS);
  while (!came && wd_deadline_left_ms (end) > 0)
    if (!hear (self, end, word, &came, &n_heard, cancellable, error))
      return FALSE;
  return came || fail_pooled (error);
}

/**
 * wd_pg_listen_begin:
 * @self: a connection that serves for nothing else
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED behind a pooler that passes nothing on, or in #WD_ERROR
 *
 * Listens from now on, until the connection is lost. Worker.
 */
gboolean
wd_pg_listen_begin (WdPgConnection *self, gint64 deadline, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WdPgResult) result = NULL;
  WdPgPooler pooler = wd_pg_connection_get_pooler (self, deadline, cancellable, &local);

  if (wd_error_is_cancelled (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (pooler == WD_PG_POOLER_TRANSACTION)
    return fail_pooled (error);
  result = wd_pg_connection_query (self, "LISTEN " CHANNEL, NULL, deadline, cancellable, error);
  return result != NULL && check_echo (self, deadline, cancellable, error);
}

/**
 * wd_pg_listen_wait:
 * @self: a connection after wd_pg_listen_begin()
 * @wait_ms: how long
 * @n_heard: (out): how many changes were told of; 0 when the time is over
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION where it was lost: then begin again
 *
 * Worker.
 */
gboolean
wd_pg_listen_wait (WdPgConnection *self, guint wait_ms, guint *n_heard, GCancellable *cancellable,
                   GError **error)
{
  gint64 deadline = wd_deadline_in (wait_ms);
  gboolean came = FALSE;

  *n_heard = 0;
  if (self->conn == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION, _("PostgreSQL %s: not connected"),
                   self->where);
      return FALSE;
    }
  do
    if (!hear (self, deadline, NULL, &came, n_heard, cancellable, error))
      return FALSE;
  while (*n_heard == 0 && wd_deadline_left_ms (deadline) > 0);
  return TRUE;
}

/**
 * wd_pg_listen_mark:
 * @self: a connection
 * @mark: (out): of what is there now
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_MIGRATED where nothing counts changes, or in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_listen_mark (WdPgConnection *self, WdPgMark *mark, gint64 deadline, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (WdPgResult) result = wd_pg_connection_query (
    self, "SELECT jobs, wallets FROM worker_dashboard.changes", NULL, deadline, cancellable, error);

  if (result == NULL)
    return FALSE;
  if (wd_pg_result_get_rows (result) == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_MIGRATED,
                           _("The database does not count changes yet"));
      return FALSE;
    }
  mark->jobs = wd_pg_result_int (result, 0, 0);
  mark->wallets = wd_pg_result_int (result, 0, 1);
  return TRUE;
}
