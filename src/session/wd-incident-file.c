/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several programs may look after the same connection, so whoever changes its files holds a lock.
 * Files are replaced as a whole: a crash leaves the old one or the new one. A line that is not
 * understood is left out, and the others are not. */

#include "session/wd-incident-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/wd-wait.h"
#include "wire/wd-wire-alert.h"

#define LOCK_TRIES  40
#define LOCK_MS     50
#define HISTORY_MAX 5000
#define HISTORY_US  (G_GINT64_CONSTANT (90) * 24 * 60 * 60 * G_USEC_PER_SEC)

/**
 * wd_incident_file_new:
 * @folder: where
 * @name: of the connection's files in it, without an extension
 *
 * Returns: (transfer full): the files, which need not be there
 */
WdIncidentFile *
wd_incident_file_new (const char *folder, const char *name)
{
  WdIncidentFile *self = g_new0 (WdIncidentFile, 1);

  self->state = g_strdup_printf ("%s/%s.jsonl", folder, name);
  self->history = g_strdup_printf ("%s/%s.history.jsonl", folder, name);
  self->lock = g_strdup_printf ("%s/%s.lock", folder, name);
  return self;
}

/**
 * wd_incident_file_free:
 * @self: (transfer full): files
 */
void
wd_incident_file_free (WdIncidentFile *self)
{
  g_free (self->state);
  g_free (self->history);
  g_free (self->lock);
  g_free (self);
}

static void
set_errno (GError **error, int code)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
}

/**
 * wd_incident_file_lock:
 * @self: files
 * @cancellable: (nullable): a cancellable
 * @error: in #G_FILE_ERROR; also when somebody else holds it for seconds
 *
 * Blocks. Makes their folder.
 *
 * Returns: what to close in order to let go of the lock, or -1
 */
int
wd_incident_file_lock (WdIncidentFile *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->lock);
  int fd, code = 0;

  fd = g_mkdir_with_parents (folder, 0700) == 0
         ? g_open (self->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd < 0)
    {
      set_errno (error, errno);
      return -1;
    }
  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
      code = errno;
      if ((code != EWOULDBLOCK && code != EINTR) || !wd_wait_ms (LOCK_MS, cancellable, error))
        break;
    }
  close (fd);
  if (error == NULL || *error == NULL)
    set_errno (error, code);
  return -1;
}

/* Returns: (transfer full) (nullable): what is in it, the newest last; no file is an empty one */
static GPtrArray *
read_lines (const char *path, GError **error)
{
  g_autoptr (GPtrArray) incidents =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  char *line, *rest;

  if (!g_file_get_contents (path, &text, NULL, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&incidents);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  rest = text;
  while ((line = strsep (&rest, "\n")) != NULL)
    {
      WdIncident *incident = *line != '\0' ? wd_wire_incident_parse (line) : NULL;

      if (incident != NULL)
        g_ptr_array_add (incidents, incident);
    }
  return g_steal_pointer (&incidents);
}

static gboolean
write_lines (const char *path, GPtrArray *incidents, guint first, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = first; i < incidents->len; i++)
    {
      g_autofree char *line = wd_wire_incident_line (incidents->pdata[i]);

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * wd_incident_file_read:
 * @self: files that are locked
 * @error: in #G_FILE_ERROR
 *
 * Blocks.
 *
 * Returns: (transfer full) (element-type WdIncident): what is pending, open, or lately resolved
 */
GPtrArray *
wd_incident_file_read (WdIncidentFile *self, GError **error)
{
  return read_lines (self->state, error);
}

/**
 * wd_incident_file_write:
 * @self: files that are locked
 * @incidents: (element-type WdIncident): what is pending, open, or lately resolved
 * @error: in #G_FILE_ERROR; then the file is as it was
 *
 * Blocks. The file is readable by its owner alone.
 */
gboolean
wd_incident_file_write (WdIncidentFile *self, GPtrArray *incidents, GError **error)
{
  return write_lines (self->state, incidents, 0, error);
}

/* Returns: how many of the oldest are too old, or too many */
static guint
count_old (GPtrArray *incidents, WdTime now)
{
  guint n_old = incidents->len > HISTORY_MAX ? incidents->len - HISTORY_MAX : 0;

  while (n_old < incidents->len
         && ((WdIncident *) incidents->pdata[n_old])->resolved < now - HISTORY_US)
    n_old++;
  return n_old;
}

/* A program that was killed had perhaps written it already. */
static gboolean
has_incident (GPtrArray *incidents, const WdIncident *incident)
{
  for (guint i = incidents->len; i > 0; i--)
    if (wd_incident_is_same (incidents->pdata[i - 1], incident))
      return TRUE;
  return FALSE;
}

/**
 * wd_incident_file_append:
 * @self: files that are locked
 * @incidents: (element-type WdIncident): what has become history
 * @now: what is too old then is left out
 * @error: in #G_FILE_ERROR; then the file is as it was
 *
 * Blocks.
 */
gboolean
wd_incident_file_append (WdIncidentFile *self, GPtrArray *incidents, WdTime now, GError **error)
{
  g_autoptr (GPtrArray) all = read_lines (self->history, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < incidents->len; i++)
    if (!has_incident (all, incidents->pdata[i]))
      g_ptr_array_add (all, wd_incident_ref (incidents->pdata[i]));
  return write_lines (self->history, all, count_old (all, now), error);
}

/**
 * wd_incident_file_read_history:
 * @self: files that are locked
 * @now: what is too old then is left out
 * @error: in #G_FILE_ERROR
 *
 * Blocks.
 *
 * Returns: (transfer full) (element-type WdIncident): what was, the newest first
 */
GPtrArray *
wd_incident_file_read_history (WdIncidentFile *self, WdTime now, GError **error)
{
  g_autoptr (GPtrArray) all = read_lines (self->history, error);
  GPtrArray *newest_first;
  guint n_old;

  if (all == NULL)
    return NULL;
  n_old = count_old (all, now);
  newest_first = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  for (guint i = all->len; i > n_old; i--)
    g_ptr_array_add (newest_first, wd_incident_ref (all->pdata[i - 1]));
  return newest_first;
}
