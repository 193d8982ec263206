/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever reads slowly keeps us from forgetting what he was told. One token may take half of the
 * room, and one answer is for nobody but him. */

#include "server/wd-server-backlog.h"

#include "base/wd-fault.h"

/* Of all together. */
#define MOST ((gsize) wd_fault_span ("request:unsent", 96 * 1024 * 1024))

struct _WdServerBacklog {
  gsize total;
  GHashTable *of_tokens;   /* (owned) (element-type utf8 gsize) */
};

/**
 * wd_server_backlog_new:
 *
 * Returns: (transfer full): nothing waits
 */
WdServerBacklog *
wd_server_backlog_new (void)
{
  WdServerBacklog *self = g_new0 (WdServerBacklog, 1);

  self->of_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * wd_server_backlog_free:
 * @self: (transfer full): a backlog
 */
void
wd_server_backlog_free (WdServerBacklog *self)
{
  g_hash_table_unref (self->of_tokens);
  g_free (self);
}

static gsize
get_of_token (const WdServerBacklog *self, const char *token_id)
{
  return token_id != NULL ? GPOINTER_TO_SIZE (g_hash_table_lookup (self->of_tokens, token_id)) : 0;
}

static void
set_of_token (WdServerBacklog *self, const char *token_id, gsize size)
{
  if (token_id == NULL)
    return;
  if (size > 0)
    g_hash_table_insert (self->of_tokens, g_strdup (token_id), GSIZE_TO_POINTER (size));
  else
    g_hash_table_remove (self->of_tokens, token_id);
}

/**
 * wd_server_backlog_has_room:
 * @self: a backlog
 * @token_id: (nullable): whose answer it is
 * @size: bytes of it
 *
 * Returns: whether it may wait, too
 */
gboolean
wd_server_backlog_has_room (const WdServerBacklog *self, const char *token_id, gsize size)
{
  gsize most = MOST;
  gsize alike;

  if (self->total > 0 && self->total + size > most)
    return FALSE;
  if (self->total + size <= most / 2)
    return TRUE;
  alike = get_of_token (self, token_id);
  return alike == 0 || alike + size <= most / 2;
}

/**
 * wd_server_backlog_add:
 * @self: a backlog
 * @token_id: (nullable): whose answer waits from now on
 * @size: bytes of it
 */
void
wd_server_backlog_add (WdServerBacklog *self, const char *token_id, gsize size)
{
  self->total += size;
  set_of_token (self, token_id, get_of_token (self, token_id) + size);
}

/**
 * wd_server_backlog_remove:
 * @self: a backlog
 * @token_id: (nullable): as it was added
 * @size: likewise
 */
void
wd_server_backlog_remove (WdServerBacklog *self, const char *token_id, gsize size)
{
  g_assert (self->total >= size);
  self->total -= size;
  set_of_token (self, token_id, get_of_token (self, token_id) - size);
}
