/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file is written under another name in the same folder and gets its own when every row is in
 * it, so nobody ever finds half an export there, nor loses the one that was there before. Only its
 * owner may read it: it holds what the database shows to few.
 *
 * A descriptor may be a pipe whose reader takes its time. It is written to in pieces that fit when
 * poll() says so, and the wait ends with the cancellable. */

#include "session/wd-export-sink.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "wire/wd-wire-export.h"

/* A reader that is paused on purpose, such as a pager, is waited for. */
#define READER_MS (24 * 60 * 60 * 1000)

struct _WdExportSink {
  WdExportKind kind;
  WdExportFormat format;
  char *path;     /* (owned) (nullable): of the file to be */
  char *partial;  /* (owned) (nullable): what it is called until then; exists while not NULL */
  int fd;         /* or -1; ours where there is a path */
  gboolean paced; /* fd is no file */
  gboolean begun; /* what stands before the first row is in text, or written */
  gboolean wrote; /* something */
  GString *text;  /* (owned): used again and again */
};

static WdExportSink *
make (WdExportKind kind, WdExportFormat format)
{
  WdExportSink *self = g_new0 (WdExportSink, 1);

  self->kind = kind;
  self->format = format;
  self->fd = -1;
  self->text = g_string_new (NULL);
  return self;
}

/**
 * wd_export_sink_new_file:
 * @kind: rows of what
 * @format: how they are written
 * @path: of the file; replaced when the export is complete
 *
 * Any thread. Returns: (transfer full): a sink
 */
WdExportSink *
wd_export_sink_new_file (WdExportKind kind, WdExportFormat format, const char *path)
{
  WdExportSink *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = make (kind, format);
  self->path = g_strdup (path);
  return self;
}

/**
 * wd_export_sink_new_fd:
 * @kind: rows of what
 * @format: how they are written
 * @fd: (not transferred): a descriptor to write to
 *
 * Any thread. Returns: (transfer full): a sink
 */
WdExportSink *
wd_export_sink_new_fd (WdExportKind kind, WdExportFormat format, int fd)
{
  WdExportSink *self = make (kind, format);

  self->fd = fd;
  return self;
}

static gboolean
fail (WdExportSink *self, int code, GError **error)
{
  if (self->path != NULL)
    {
      g_autofree char *name = g_filename_display_name (self->path);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _("“%s” cannot be written: %s"), name, g_strerror (code));
    }
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _("The output cannot be written: %s"), g_strerror (code));
  return FALSE;
}

static gboolean
make_partial (WdExportSink *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *pattern = g_strdup_printf (".%.200s.XXXXXX", name);
  g_autofree char *partial = g_build_filename (folder, pattern, NULL);

  self->fd = g_mkstemp_full (partial, O_WRONLY | O_CLOEXEC, 0600);
  if (self->fd < 0)
    return fail (self, errno, error);
  self->partial = g_steal_pointer (&partial);
  return TRUE;
}

/* Not before there are rows, or surely none: after an error at once there is nothing at all. */
static void
begin (WdExportSink *self)
{
  if (!self->begun)
    wd_wire_export_begin (self->text, self->kind, self->format);
  self->begun = TRUE;
}

static gboolean
write_text (WdExportSink *self, GCancellable *cancellable, GError **error)
{
  const char *p = self->text->str;
  gsize left = self->text->len;

  while (left > 0)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || (self->paced && !wd_wait_fd (self->fd, G_IO_OUT, wd_deadline_in (READER_MS),
                                          cancellable, error)))
        return FALSE;
      n = write (self->fd, p, self->paced ? MIN (left, PIPE_BUF) : left);
      if (n < 0 && errno != EINTR && errno != EAGAIN)
        return fail (self, errno, error);
      self->wrote |= n > 0;
      p += MAX (n, 0);
      left -= (gsize) MAX (n, 0);
    }
  g_string_truncate (self->text, 0);
  return TRUE;
}

/**
 * wd_export_sink_open:
 * @self: a new sink
 * @error: in #G_IO_ERROR: why it cannot be written
 *
 * Finds out whether it can be written to.
 */
gboolean
wd_export_sink_open (WdExportSink *self, GError **error)
{
  struct stat status;

  if (self->path != NULL && !make_partial (self, error))
    return FALSE;
  if (fstat (self->fd, &status) != 0)
    return fail (self, errno, error);
  self->paced = !S_ISREG (status.st_mode);
  return TRUE;
}

/**
 * wd_export_sink_write:
 * @self: an open sink
 * @rows: records
 * @cancellable: (nullable): ends a wait at once
 * @error: in #G_IO_ERROR
 *
 * Writes rows behind those before.
 */
gboolean
wd_export_sink_write (WdExportSink *self, const GPtrArray *rows, GCancellable *cancellable,
                      GError **error)
{
  begin (self);
  wd_wire_export_rows (self->text, self->kind, self->format, rows);
  return write_text (self, cancellable, error);
}

/**
 * wd_export_sink_finish:
 * @self: a sink to which every row was written
 * @cancellable: (nullable): ends a wait at once
 * @error: in #G_IO_ERROR
 *
 * Gives the file its name, once it is safe on its disk.
 */
gboolean
wd_export_sink_finish (WdExportSink *self, GCancellable *cancellable, GError **error)
{
  begin (self);
  if (!write_text (self, cancellable, error))
    return FALSE;
  if (self->partial == NULL)
    return TRUE;
  if (fsync (self->fd) != 0 || g_rename (self->partial, self->path) != 0)
    return fail (self, errno, error);
  g_clear_pointer (&self->partial, g_free);
  return TRUE;
}

/**
 * wd_export_sink_discard:
 * @self: a sink
 *
 * Removes what is not finished.
 */
void
wd_export_sink_discard (WdExportSink *self)
{
  if (self->partial != NULL)
    g_unlink (self->partial);
  g_clear_pointer (&self->partial, g_free);
}

/**
 * wd_export_sink_has_written:
 * @self: a sink
 *
 * Returns: whether its file or descriptor has got anything, be it part of a row
 */
gboolean
wd_export_sink_has_written (const WdExportSink *self)
{
  return self->wrote;
}

/**
 * wd_export_sink_free:
 * @self: (transfer full): a sink; what is not finished is removed
 */
void
wd_export_sink_free (WdExportSink *self)
{
  wd_export_sink_discard (self);
  if (self->path != NULL && self->fd >= 0)
    g_close (self->fd, NULL);
  g_free (self->path);
  g_string_free (self->text, TRUE);
  g_free (self);
}
