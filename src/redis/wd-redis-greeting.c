/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-greeting.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "redis/wd-redis-exchange.h"
#include "redis/wd-redis-reply.h"

static WdRedisCommand *
auth_command (const WdRedisAddress *address, const char *password)
{
  WdRedisCommand *command = wd_redis_command_new ("AUTH", NULL);

  if (address->username != NULL)
    wd_redis_command_add_text (command, address->username);
  wd_redis_command_add_text (command, password ? password : "");
  return command;
}

static gboolean
check_auth (const redisReply *reply, const char *password, GError **error)
{
  if (reply->type != REDIS_REPLY_ERROR || password == NULL || *password == '\0'
      || strstr (reply->str, password) == NULL)
    return wd_redis_reply_to_error (reply, error);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_AUTHENTICATION,
                       _("The server did not accept the password"));
  return FALSE;
}

/* A name is a courtesy to CLIENT LIST that an ACL may forbid. But it may be the first command, to
 * which a server says that it wants a password or no more clients. */
static gboolean
check_name (const redisReply *reply, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (wd_redis_reply_to_error (reply, &local)
      || (local->code != WD_ERROR_AUTHENTICATION && local->code != WD_ERROR_NO_CONNECTION
          && !g_str_has_prefix (reply->str, "DENIED ")))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wd_redis_greet:
 * @transport: just opened
 * @address: for its user and database
 * @password: (nullable): to be used instead of the one in @address
 * @client_name: (nullable): shown by CLIENT LIST
 * @deadline: for the answers
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_exchange() and wd_redis_reply_to_error()
 *
 * AUTH, SELECT and CLIENT SETNAME, as far as they are needed, in one round trip.
 */
gboolean
wd_redis_greet (WdRedisTransport *transport, const WdRedisAddress *address, const char *password,
                const char *client_name, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) replies = g_ptr_array_new_with_free_func (freeReplyObject);
  g_autoptr (WdRedisCommand) auth = NULL;
  g_autoptr (WdRedisCommand) database = NULL;
  g_autoptr (WdRedisCommand) name = NULL;
  g_autoptr (GError) local = NULL;
  WdRedisCommand *commands[3];
  gboolean answered, write_sent;
  gsize n = 0;

  if (password != NULL || address->username != NULL)
    commands[n++] = auth = auth_command (address, password);
  if (address->database != 0)
    {
      commands[n++] = database = wd_redis_command_new ("SELECT", NULL);
      wd_redis_command_add_int (database, address->database);
    }
  name = wd_redis_command_new ("CLIENT", "SETNAME", client_name ? client_name : "", NULL);
  commands[n++] = name;

  answered = wd_redis_exchange (transport, commands, n, FALSE, deadline, cancellable, replies,
                                &write_sent, &local);
  /* A server that closes at once may have said why. */
  for (guint i = 0; i < replies->len; i++)
    {
      const redisReply *reply = g_ptr_array_index (replies, i);

      if (commands[i] == auth ? !check_auth (reply, password, error)
          : commands[i] == name ? !check_name (reply, error)
                                : !wd_redis_reply_to_error (reply, error))
        return FALSE;
    }
  if (!answered)
    g_propagate_error (error, g_steal_pointer (&local));
  return answered;
}
