/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection belongs to one worker thread and is never shared, so it has no lock. It is either
 * in step with the server (every question answered) or closed: whatever goes wrong in between drops
 * it, and the next wd_redis_connection_ensure() makes a new one. A call never connects by itself,
 * so what was learnt about the server between two ensures is about the same server. */

#include "redis/wd-redis-connection.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-tally.h"
#include "redis/wd-redis-exchange.h"
#include "redis/wd-redis-greeting.h"
#include "redis/wd-redis-transport.h"

struct _WdRedisConnection {
  WdRedisAddress *address;     /* (owned) */
  char *description;           /* (owned): address without credentials */
  char *password;              /* (owned) (nullable) */
  char *ca_file;               /* (owned) (nullable) */
  char *client_name;           /* (owned) (nullable) */
  WdRedisTransport *transport; /* (owned) (nullable) */
  guint64 serial;              /* successful connects */
};

/**
 * wd_redis_connection_new:
 * @address: (transfer full): where to
 * @password: (nullable): used instead of the one in @address
 * @ca_file: (nullable): PEM file of the only authorities to trust for TLS, %NULL for the system's
 * @client_name: (nullable): shown by CLIENT LIST
 *
 * Nothing is connected before wd_redis_connection_ensure().
 *
 * Returns: (transfer full): a connection, for one worker thread
 */
WdRedisConnection *
wd_redis_connection_new (WdRedisAddress *address, const char *password, const char *ca_file,
                         const char *client_name)
{
  WdRedisConnection *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_new0 (WdRedisConnection, 1);
  self->address = address;
  self->description = wd_redis_address_describe (address);
  self->password = g_strdup (password ? password : address->password);
  self->ca_file = g_strdup (ca_file);
  self->client_name = g_strdup (client_name);
  return self;
}

/**
 * wd_redis_connection_free:
 * @self: (transfer full) (nullable): a connection
 *
 * Closes it as wd_redis_connection_drop() does. Worker.
 */
void
wd_redis_connection_free (WdRedisConnection *self)
{
  if (self == NULL)
    return;
  wd_redis_connection_drop (self);
  wd_redis_address_free (self->address);
  g_free (self->description);
  g_free (self->password);
  g_free (self->ca_file);
  g_free (self->client_name);
  g_free (self);
}

/**
 * wd_redis_connection_drop:
 * @self: a connection
 *
 * Closes without a word; answers still on their way are never seen.
 */
void
wd_redis_connection_drop (WdRedisConnection *self)
{
  g_return_if_fail (self != NULL);

  wd_tally_add (WD_TALLY_REDIS, self->transport != NULL ? -1 : 0);
  g_clear_pointer (&self->transport, wd_redis_transport_close);
}

/**
 * wd_redis_connection_is_connected:
 * @self: a connection
 *
 * Returns: whether it was connected when it was last used; the server may have closed it since,
 *   which only wd_redis_connection_ensure() finds out
 */
gboolean
wd_redis_connection_is_connected (WdRedisConnection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->transport != NULL;
}

/**
 * wd_redis_connection_get_serial:
 * @self: a connection
 *
 * Returns: how often it has connected; what was learnt about the server holds for one number
 */
guint64
wd_redis_connection_get_serial (WdRedisConnection *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}

/**
 * wd_redis_connection_describe:
 * @self: a connection
 *
 * Returns: (transfer none): its address for messages, without credentials
 */
const char *
wd_redis_connection_describe (WdRedisConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->description;
}

/* While it is idle nothing can come but the end of the connection. */
static gboolean
is_stale (WdRedisConnection *self)
{
  gsize n;
  char c;

  return !wd_redis_transport_read (self->transport, &c, 1, &n, NULL) || n > 0;
}

/**
 * wd_redis_connection_ensure:
 * @self: a connection
 * @deadline: for connecting, TLS and greeting
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_AUTHENTICATION, %WD_ERROR_TIMED_OUT,
 *   %G_IO_ERROR_CANCELLED; it names the address without credentials
 *
 * Connects unless it is connected; a connection the server has closed meanwhile is replaced.
 */
gboolean
wd_redis_connection_ensure (WdRedisConnection *self, gint64 deadline, GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->transport != NULL && is_stale (self))
    wd_redis_connection_drop (self);
  if (self->transport != NULL)
    return TRUE;

  self->transport = wd_redis_transport_open (self->address, self->ca_file, deadline, cancellable,
                                             error);
  wd_tally_add (WD_TALLY_REDIS, self->transport != NULL ? 1 : 0);
  if (self->transport == NULL
      || !wd_redis_greet (self->transport, self->address, self->password, self->client_name,
                          deadline, cancellable, error))
    {
      wd_redis_connection_drop (self);
      /* TRANSLATORS: begins a message; %s is an address */
      g_prefix_error (error, _("Redis at %s: "), self->description);
      return FALSE;
    }
  self->serial++;
  return TRUE;
}

static gboolean
has_prefix (const redisReply *reply, const char *prefix)
{
  return reply->type == REDIS_REPLY_ERROR && g_str_has_prefix (reply->str, prefix);
}

/* @cause: (transfer full) */
static void
fail (WdRedisConnection *self, GError *cause, gboolean write_sent, GError **error)
{
  wd_redis_connection_drop (self);
  if (!write_sent)
    {
      g_propagate_prefixed_error (error, cause, _("Redis at %s: "), self->description);
      return;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
               _("Redis at %s: a change was sent and its answer never came, so it is not known "
                 "whether it was made (%s)"), self->description, cause->message);
  g_error_free (cause);
}

/* Makes the calls again whose script the server did not hold; it ran nothing for those. */
static gboolean
repeat_with_sources (WdRedisConnection *self, WdRedisCommand *const *commands, GPtrArray *replies,
                     gint64 deadline, GCancellable *cancellable, gboolean *write_sent,
                     GError **error)
{
  g_autoptr (GPtrArray) again = g_ptr_array_new ();
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (freeReplyObject);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean before = *write_sent;

  for (guint i = 0; i < replies->len; i++)
    if (wd_redis_command_get_script (commands[i]) != NULL
        && has_prefix (g_ptr_array_index (replies, i), "NOSCRIPT"))
      {
        g_ptr_array_add (again, commands[i]);
        g_array_append_val (places, i);
      }
  if (again->len == 0)
    return TRUE;
  /* When all of them are asked again, none of the first round has changed anything. */
  before = before && again->len < replies->len;
  if (!wd_redis_exchange (self->transport, (WdRedisCommand *const *) again->pdata, again->len, TRUE,
                          deadline, cancellable, answers, write_sent, error))
    {
      *write_sent |= before;
      return FALSE;
    }
  for (guint i = 0; i < answers->len; i++)
    {
      gpointer *place = &replies->pdata[g_array_index (places, guint, i)];

      freeReplyObject (*place);
      *place = g_steal_pointer (&answers->pdata[i]);
    }
  return TRUE;
}

static gboolean
any_readonly (GPtrArray *replies)
{
  for (guint i = 0; i < replies->len; i++)
    if (has_prefix (g_ptr_array_index (replies, i), "READONLY "))
      return TRUE;
  return FALSE;
}

/**
 * wd_redis_connection_pipeline:
 * @self: connected
 * @commands: (array length=n_commands): what to send
 * @n_commands: how many
 * @deadline: for all of them
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_UNKNOWN_OUTCOME when a write was sent and not all answers came, else
 *   %WD_ERROR_NO_CONNECTION, %WD_ERROR_TIMED_OUT, %WD_ERROR_PROTOCOL, %G_IO_ERROR_CANCELLED
 *
 * All commands in one round trip. Calls of scripts that the server does not hold are made a second
 * time, with their source, after all others.
 *
 * Returns: (transfer full) (element-type redisReply) (nullable): the answers in the order of
 *   @commands; those that are errors too
 */
GPtrArray *
wd_redis_connection_pipeline (WdRedisConnection *self, WdRedisCommand *const *commands,
                              gsize n_commands, gint64 deadline, GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GPtrArray) replies = NULL;
  gboolean write_sent = FALSE;
  GError *local = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (commands != NULL || n_commands == 0, NULL);

  if (self->transport == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION, _("Redis at %s: not connected"),
                   self->description);
      return NULL;
    }
  replies = g_ptr_array_new_full ((guint) n_commands, freeReplyObject);
  if (!wd_redis_exchange (self->transport, commands, n_commands, FALSE, deadline, cancellable,
                          replies, &write_sent, &local)
      || !repeat_with_sources (self, commands, replies, deadline, cancellable, &write_sent, &local))
    {
      fail (self, local, write_sent, error);
      return NULL;
    }
  /* It has become a replica; by its name the new primary may be found. */
  if (any_readonly (replies))
    wd_redis_connection_drop (self);
  return g_steal_pointer (&replies);
}

/**
 * wd_redis_connection_call:
 * @self: connected
 * @command: what to send
 * @deadline: for the answer
 * @cancellable: (nullable): ends it at once
 * @error: as wd_redis_connection_pipeline() and wd_redis_reply_to_error()
 *
 * Returns: (transfer full) (nullable): the answer, never of type %REDIS_REPLY_ERROR
 */
redisReply *
wd_redis_connection_call (WdRedisConnection *self, WdRedisCommand *command, gint64 deadline,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) replies = NULL;

  replies = wd_redis_connection_pipeline (self, &command, 1, deadline, cancellable, error);
  if (replies == NULL)
    return NULL;
  if (!wd_redis_reply_to_error (g_ptr_array_index (replies, 0), error))
    {
      g_prefix_error (error, _("Redis at %s: "), self->description);
      return NULL;
    }
  return g_ptr_array_steal_index (replies, 0);
}
