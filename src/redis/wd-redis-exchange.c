/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One round trip: all commands out, all answers in. Both directions move in the same loop: a server
 * stops reading while nobody takes its answers, so writing everything first would never end. */

#include "redis/wd-redis-exchange.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "redis/wd-redis-reply.h"
#include "redis/wd-resp-scanner.h"

#define CHUNK_SIZE 65536
#define READS_PER_STEP 16

typedef struct {
  WdRedisTransport *transport; /* (unowned) */
  GByteArray *out;             /* (owned): the commands */
  gsize sent;                  /* of out */
  WdRespScanner scanner;
  redisReader *reader; /* (owned) */
  GPtrArray *replies;  /* (unowned) */
  char *chunk;         /* (owned) */
} Exchange;

static void
exchange_clear (Exchange *self)
{
  g_byte_array_unref (self->out);
  redisReaderFree (self->reader);
  g_free (self->chunk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

/* @first_write_end: where the first write ends in @out, beyond it when there is none */
static gboolean
format_all (GByteArray *out, WdRedisCommand *const *commands, gsize n, gboolean with_sources,
            gsize *first_write_end, GError **error)
{
  g_autoptr (GHashTable) scripts = g_hash_table_new (NULL, NULL);

  *first_write_end = G_MAXSIZE;
  for (gsize i = 0; i < n; i++)
    {
      WdRedisScript *script = wd_redis_command_get_script (commands[i]);
      gboolean source = with_sources && script != NULL && g_hash_table_add (scripts, script);

      if (!wd_redis_command_format (commands[i], source, out))
        {
          g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                               _("The Redis command is too large"));
          return FALSE;
        }
      if (*first_write_end == G_MAXSIZE && wd_redis_command_is_write (commands[i]))
        *first_write_end = out->len;
    }
  return TRUE;
}

static gboolean
parse (Exchange *self, gsize length, GError **error)
{
  void *reply = NULL;

  if (!wd_resp_scanner_feed (&self->scanner, self->chunk, length, error))
    return FALSE;
  if (redisReaderFeed (self->reader, self->chunk, length) == REDIS_OK)
    while (redisReaderGetReply (self->reader, &reply) == REDIS_OK && reply != NULL)
      g_ptr_array_add (self->replies, g_steal_pointer (&reply));
  if (self->reader->err == 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL, self->reader->errstr);
  return FALSE;
}

static gboolean
send_some (Exchange *self, gsize *n, GError **error)
{
  gsize size = MIN (self->out->len - self->sent, CHUNK_SIZE);

  *n = 0;
  if (size == 0)
    return TRUE;
  if (!wd_redis_transport_write (self->transport, self->out->data + self->sent, size, n, error))
    return FALSE;
  self->sent += *n;
  return TRUE;
}

/* All that is there, within bounds: a server that cannot get rid of its answers is not fed more
 * commands (and over TLS, Redis 7.0 may then fail with "bad length" and close). */
static gboolean
receive_some (Exchange *self, gsize *n, GError **error)
{
  gsize length;

  *n = 0;
  for (int i = 0; i < READS_PER_STEP; i++)
    {
      if (!wd_redis_transport_read (self->transport, self->chunk, CHUNK_SIZE, &length, error))
        return FALSE;
      if (length == 0)
        return TRUE;
      *n += length;
      if (!parse (self, length, error))
        return FALSE;
      /* What the server does next is not this round trip's. */
      if (wd_resp_scanner_is_done (&self->scanner))
        return TRUE;
    }
  return TRUE;
}

/* @moved: whether anything was sent or read */
static gboolean
step (Exchange *self, gboolean *moved, GError **error)
{
  gsize sent, received;
  gboolean open = send_some (self, &sent, error);

  /* A server that closes without reading may have said why. */
  if (!receive_some (self, &received, open ? error : NULL) || !open)
    return FALSE;
  *moved = sent > 0 || received > 0;
  return TRUE;
}

/* A peer that keeps bytes coming would otherwise never let a wait see the deadline. */
static gboolean
may_go_on (gint64 deadline, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (wd_deadline_left_ms (deadline) > 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_TIMED_OUT, _("No answer within the time allowed"));
  return FALSE;
}

static gboolean
run (Exchange *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  while (!wd_resp_scanner_is_done (&self->scanner))
    {
      GIOCondition condition = G_IO_IN | (self->sent < self->out->len ? G_IO_OUT : 0);
      gboolean moved;

      if (!may_go_on (deadline, cancellable, error) || !step (self, &moved, error))
        return FALSE;
      if (!moved
          && !wd_redis_transport_wait (self->transport, condition, deadline, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wd_redis_exchange:
 * @transport: connected, with no answer outstanding
 * @commands: (array length=n_commands): what to send
 * @n_commands: how many
 * @with_sources: send each script's source the first time it is called
 * @deadline: for the whole round trip
 * @cancellable: (nullable): ends it at once
 * @replies: (element-type redisReply): the answers are added to it, also those before a failure
 * @write_sent: (out): whether a command marked as a write left as a whole
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_TIMED_OUT, %WD_ERROR_PROTOCOL,
 *   %G_IO_ERROR_CANCELLED; after it @transport is of no use
 *
 * One round trip, in a worker thread.
 */
gboolean
wd_redis_exchange (WdRedisTransport *transport, WdRedisCommand *const *commands, gsize n_commands,
                   gboolean with_sources, gint64 deadline, GCancellable *cancellable,
                   GPtrArray *replies, gboolean *write_sent, GError **error)
{
  g_auto (Exchange) self = {
    .transport = transport,
    .out = g_byte_array_new (),
    .reader = redisReaderCreate (),
    .replies = replies,
    .chunk = g_malloc (CHUNK_SIZE),
  };
  gsize first_write_end;
  gboolean ok;

  *write_sent = FALSE;
  wd_resp_scanner_init (&self.scanner, n_commands);
  if (!format_all (self.out, commands, n_commands, with_sources, &first_write_end, error))
    return FALSE;
  ok = run (&self, deadline, cancellable, error);
  *write_sent = self.sent >= first_write_end;
  return ok;
}
