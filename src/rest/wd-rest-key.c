/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cursors of lists whose server knows only offsets. One of jobs is a place in the order that we
 * give them; one of wallets, which have no time to ask by, is an offset. Where the server has
 * cursors, its own stands behind. */

#include "rest/wd-rest-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

#define MAX_OFFSET 100000000

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("The cursor is not one of this list"));
  return FALSE;
}

/**
 * wd_rest_key_parse:
 * @cursor: made by wd_rest_key_format()
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): the place
 */
WdRestKey *
wd_rest_key_parse (const char *cursor, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (cursor, "/", 4);
  WdRestKey *self;
  gint64 created;

  if (g_strv_length (parts) < 3 || strcmp (parts[0], "job") != 0 || *parts[2] == '\0'
      || !g_ascii_string_to_signed (parts[1], 10, G_MININT64, G_MAXINT64, &created, NULL))
    {
      refuse (error);
      return NULL;
    }
  self = g_new0 (WdRestKey, 1);
  self->created = created;
  self->id = g_strdup (parts[2]);
  self->cursor = g_strdup (parts[3]);
  return self;
}

/**
 * wd_rest_key_free:
 * @self: (transfer full): a place
 */
void
wd_rest_key_free (WdRestKey *self)
{
  g_free (self->id);
  g_free (self->cursor);
  g_free (self);
}

/**
 * wd_rest_key_format:
 * @job: a job
 * @cursor: (nullable): the server's own
 *
 * Returns: (transfer full): a cursor: the list goes on behind @job
 */
char *
wd_rest_key_format (const WdJob *job, const char *cursor)
{
  return g_strdup_printf ("job/%" G_GINT64_FORMAT "/%s%s%s", job->created_at, job->id,
                          cursor != NULL ? "/" : "", cursor != NULL ? cursor : "");
}

static int
compare (WdTime created_a, const char *id_a, WdTime created_b, const char *id_b)
{
  if (created_a == created_b)
    return strcmp (id_b, id_a);
  if (created_a == WD_TIME_NONE || created_b == WD_TIME_NONE)
    return created_a == WD_TIME_NONE ? -1 : 1;
  return created_a > created_b ? -1 : 1;
}

/**
 * wd_rest_key_compare_jobs:
 * @a: a job
 * @b: another
 *
 * Returns: below 0 where @a comes first, 0 for the same
 */
int
wd_rest_key_compare_jobs (const WdJob *a, const WdJob *b)
{
  return compare (a->created_at, a->id, b->created_at, b->id);
}

/**
 * wd_rest_key_compare:
 * @job: a job
 * @key: a place
 *
 * Returns: below 0 where @job comes before it, 0 where it stands there
 */
int
wd_rest_key_compare (const WdJob *job, const WdRestKey *key)
{
  return compare (job->created_at, job->id, key->created, key->id);
}

/**
 * wd_rest_offset_format:
 * @offset: rows before the next one
 * @cursor: (nullable): the server's own
 *
 * Returns: (transfer full): a cursor
 */
char *
wd_rest_offset_format (gint64 offset, const char *cursor)
{
  return g_strdup_printf ("row/%" G_GINT64_FORMAT "%s%s", offset, cursor != NULL ? "/" : "",
                          cursor != NULL ? cursor : "");
}

/**
 * wd_rest_offset_parse:
 * @text: (nullable): made by wd_rest_offset_format()
 * @none: what %NULL stands for
 * @offset: (out): rows before the next one
 * @cursor: (out) (optional) (transfer full) (nullable): the server's own
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_rest_offset_parse (const char *text, gint64 none, gint64 *offset, char **cursor,
                      GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "/", 3);

  *offset = none;
  if (text == NULL)
    return TRUE;
  if (g_strv_length (parts) < 2 || strcmp (parts[0], "row") != 0
      || !g_ascii_string_to_signed (parts[1], 10, 0, MAX_OFFSET, offset, NULL))
    return refuse (error);
  if (cursor != NULL)
    *cursor = g_strdup (parts[2]);
  return TRUE;
}
