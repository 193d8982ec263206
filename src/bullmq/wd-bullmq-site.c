/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-site.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-queue.h"
#include "bullmq/wd-bullmq-script.h"

/* The place of the answer about our mark, behind those of INFO. */
#define MARK 3

/* Returns: (transfer full) (nullable): the value of one line of INFO */
static char *
info_value (const redisReply *reply, const char *name)
{
  g_auto (GStrv) lines = NULL;
  gsize length = strlen (name);

  if (reply->type != REDIS_REPLY_STRING)
    return NULL;
  lines = g_strsplit (reply->str, "\r\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (lines[i] + length + 1);
  return NULL;
}

static GPtrArray *
ask (WdRedisConnection *conn, const char *prefix, gboolean create, gint64 deadline,
     GCancellable *cancellable, GError **error)
{
  g_autofree char *key = wd_bullmq_site_key (prefix);
  g_autofree char *fresh = g_uuid_string_random ();
  g_autoptr (WdRedisCommand) get = wd_redis_command_new ("GET", key, NULL);
  g_autoptr (WdRedisCommand) server = wd_redis_command_new ("INFO", "server", NULL);
  g_autoptr (WdRedisCommand) replication = wd_redis_command_new ("INFO", "replication", NULL);
  g_autoptr (WdRedisCommand) stats = wd_redis_command_new ("INFO", "stats", NULL);
  g_autoptr (WdRedisCommand) set = wd_redis_command_new ("SET", key, fresh, "NX", NULL);
  WdRedisCommand *commands[] = { server, replication, stats, set, get };
  gsize skipped = create ? 0 : 1;

  /* Whether the mark was written or not, it means nothing until somebody read it. */
  if (!create)
    commands[MARK] = get;
  return wd_redis_connection_pipeline (conn, commands, G_N_ELEMENTS (commands) - skipped, deadline,
                                       cancellable, error);
}

/* A server that throws keys away may have thrown away a receipt: every eviction makes it
 * another. */
static char *
identify (const char *id, GPtrArray *replies)
{
  g_autofree char *run_id = info_value (replies->pdata[0], "run_id");
  g_autofree char *replication_id = info_value (replies->pdata[1], "master_replid");
  g_autofree char *evicted = info_value (replies->pdata[2], "evicted_keys");
  g_autofree char *evictions = NULL;

  if (run_id == NULL || replication_id == NULL)
    return NULL;
  if (evicted == NULL || strcmp (evicted, "0") == 0)
    return g_strjoin ("/", id, run_id, replication_id, NULL);
  evictions = g_strconcat ("evicted:", evicted, NULL);
  return g_strjoin ("/", id, run_id, replication_id, evictions, NULL);
}

/**
 * wd_bullmq_site_read:
 * @conn: a connection
 * @prefix: of the queues
 * @create: mark this Redis if it bears no mark yet
 * @deadline: for connecting and the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_ensure() and wd_redis_connection_call()
 *
 * Which Redis @conn reaches. With @create the id is always there; without, it is %NULL where there
 * is no mark, and so is the identity.
 *
 * Returns: (transfer full) (nullable): the site
 */
WdBullmqSite *
wd_bullmq_site_read (WdRedisConnection *conn, const char *prefix, gboolean create, gint64 deadline,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdBullmqSite) self = g_new0 (WdBullmqSite, 1);
  g_autoptr (GPtrArray) replies = NULL;
  const redisReply *id;

  g_return_val_if_fail (conn != NULL, NULL);
  g_return_val_if_fail (wd_bullmq_prefix_is_valid (prefix), NULL);

  if (!wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  self->serial = wd_redis_connection_get_serial (conn);
  replies = ask (conn, prefix, create, deadline, cancellable, error);
  if (replies == NULL)
    return NULL;
  /* What the mark could not be written for (a read-only replica, an ACL) says more than its
   * absence. */
  if (create && !wd_redis_reply_to_error (g_ptr_array_index (replies, MARK), error))
    return NULL;
  id = g_ptr_array_index (replies, replies->len - 1);
  if (!wd_redis_reply_to_error (id, error))
    return NULL;
  if (create && !wd_redis_reply_expect (id, REDIS_REPLY_STRING, error))
    return NULL;
  if (id->type != REDIS_REPLY_STRING)
    return g_steal_pointer (&self);
  self->id = g_strndup (id->str, id->len);
  self->identity = identify (self->id, replies);
  return g_steal_pointer (&self);
}

/**
 * wd_bullmq_site_free:
 * @self: (nullable) (transfer full): a site
 */
void
wd_bullmq_site_free (WdBullmqSite *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->identity);
  g_free (self);
}

/**
 * wd_bullmq_site_get_identity:
 * @self: a site
 *
 * Returns: (transfer none): its identity, or %WD_BULLMQ_SITE_UNKNOWN
 */
const char *
wd_bullmq_site_get_identity (const WdBullmqSite *self)
{
  return self->identity != NULL ? self->identity : WD_BULLMQ_SITE_UNKNOWN;
}

static gsize
server_length (const char *identity)
{
  const char *mark = strstr (identity, "/evicted:");

  return mark != NULL ? (gsize) (mark - identity) : strlen (identity);
}

/**
 * wd_bullmq_identities_are_of_one_server:
 * @a: an identity
 * @b: another
 *
 * Returns: whether they differ at most in how many keys the server had evicted
 */
gboolean
wd_bullmq_identities_are_of_one_server (const char *a, const char *b)
{
  gsize length = server_length (a);

  return length == server_length (b) && strncmp (a, b, length) == 0;
}
