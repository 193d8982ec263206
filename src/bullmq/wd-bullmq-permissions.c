/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which commands of our scripts may this user not run? Each is asked inside MULTI: the server
 * checks the rights when it queues a command, and DISCARD drops them all, so nothing is written
 * and nothing is guessed. (ACL DRYRUN would say the same, but is itself forbidden to such
 * users.) */

#include "bullmq/wd-bullmq-permissions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/wd-check.h"

/* Every command the scripts call, with arguments that are right in number; %s is a key of ours. */
static const char *const reading[] = {
  "EXISTS %s", "GET %s", "HEXISTS %s f", "HGET %s f", "HMGET %s f", "LINDEX %s 0", "LLEN %s",
  "LPOS %s v", "LRANGE %s 0 0", "MGET %s", "PTTL %s", "TYPE %s", "XLEN %s", "XRANGE %s - +",
  "XREVRANGE %s + -", "ZCARD %s", "ZRANGE %s 0 0", "ZREVRANGE %s 0 0", "ZREVRANGEBYSCORE %s 0 0",
  "ZSCORE %s v", "EVAL return(1) 1 %s", "EVALSHA 0000000000000000000000000000000000000000 1 %s",
  "SCAN 0", "TIME", "ZCOUNT %s 0 0", "ZRANGEBYSCORE %s 0 0", "ZRANK %s v",
};
static const char *const writing[] = {
  "DEL %s", "HDEL %s f", "HSET %s f v", "INCR %s", "LPUSH %s v", "LTRIM %s 0 0", "RENAME %s %s",
  "RPOPLPUSH %s %s", "RPUSH %s v", "SADD %s v", "SET %s v", "XADD %s * f v", "ZADD %s 0 v",
  "ZREM %s v", "LREM %s 0 v", "SREM %s v",
};

static WdRedisCommand *
make_command (const char *pattern, const char *key)
{
  g_auto (GStrv) words = g_strsplit (pattern, " ", -1);
  WdRedisCommand *command = wd_redis_command_new (words[0], NULL);

  for (char **word = words + 1; *word != NULL; word++)
    wd_redis_command_add_text (command, strcmp (*word, "%s") == 0 ? key : *word);
  return command;
}

/**
 * wd_bullmq_permissions_check:
 * @conn: a connection
 * @prefix: of all BullMQ keys
 * @user: who it is, for the statement that gives it rights
 * @read_only: whether nothing is to be written, and no right to write needed
 * @checks: (element-type WdCheck): gets the finding
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_bullmq_permissions_check (WdRedisConnection *conn, const char *prefix, const char *user,
                             gboolean read_only, GPtrArray *checks, gint64 deadline,
                             GCancellable *cancellable, GError **error)
{
  g_autofree char *key = g_strconcat (prefix, ":worker-dashboard:doctor", NULL);
  g_autoptr (GPtrArray) commands
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;
  g_autoptr (GString) denied = g_string_new (NULL);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  const redisReply *multi;

  for (gsize i = 0; i < G_N_ELEMENTS (reading); i++)
    g_ptr_array_add (asked, (gpointer) reading[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (writing) && !read_only; i++)
    g_ptr_array_add (asked, (gpointer) writing[i]);
  g_ptr_array_add (commands, wd_redis_command_new ("MULTI", NULL));
  for (guint i = 0; i < asked->len; i++)
    g_ptr_array_add (commands, make_command (asked->pdata[i], key));
  g_ptr_array_add (commands, wd_redis_command_new ("DISCARD", NULL));
  replies = wd_redis_connection_pipeline (conn, (WdRedisCommand *const *) commands->pdata,
                                          commands->len, deadline, cancellable, error);
  if (replies == NULL)
    return FALSE;

  multi = replies->pdata[0];
  for (guint i = 0; i < asked->len; i++)
    {
      const redisReply *reply = replies->pdata[i + 1];
      const char *command = asked->pdata[i];

      if (reply->type == REDIS_REPLY_ERROR && g_str_has_prefix (reply->str, "NOPERM"))
        g_string_append_printf (denied, " +%.*s", (int) strcspn (command, " "), command);
    }
  if (multi->type == REDIS_REPLY_ERROR)
    g_ptr_array_add (checks,
                     wd_check_new ("redis-commands", WD_CHECK_UNKNOWN,
                                   _("MULTI is forbidden to this user: its rights cannot be "
                                     "asked without writing")));
  else if (denied->len > 0)
    {
      g_autofree char *remedy =
        g_strdup_printf ("ACL SETUSER %s%s ~%s:*", user, denied->str, prefix);
      WdCheck *check = wd_check_new ("redis-commands", WD_CHECK_ERROR,
                                     _("This user may not run all commands the queues need: %s"),
                                     remedy);

      wd_check_take_remedy (check, g_steal_pointer (&remedy));
      g_ptr_array_add (checks, check);
    }
  else
    g_ptr_array_add (checks, wd_check_new ("redis-commands", WD_CHECK_OK,
                                           _("All commands the queues need are allowed")));
  return TRUE;
}
