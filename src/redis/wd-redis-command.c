/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-command.h"

#include <hiredis/hiredis.h>
#include <string.h>

/* hiredis 0.14 counts a formatted command's bytes in an int. */
#define COMMAND_MAX (512u << 20)

typedef struct {
  gsize offset; /* in data */
  gsize length;
} Argument;

struct _WdRedisCommand {
  GByteArray *data;      /* (owned): the arguments' bytes, one after the other */
  GArray *arguments;     /* (owned) (element-type Argument) */
  WdRedisScript *script; /* (owned) (nullable): its verb and first argument come when formatted */
  gboolean write;
  gboolean too_large; /* an argument did not fit: it is never sent */
};

static WdRedisCommand *
command_new (void)
{
  WdRedisCommand *self = g_new0 (WdRedisCommand, 1);

  self->data = g_byte_array_new ();
  self->arguments = g_array_new (FALSE, FALSE, sizeof (Argument));
  return self;
}

/**
 * wd_redis_command_new:
 * @first: the command's name
 * @...: (nullable): its first arguments as text, %NULL-terminated
 *
 * A command is built by one thread and may be sent any number of times.
 *
 * Returns: (transfer full): a command
 */
WdRedisCommand *
wd_redis_command_new (const char *first, ...)
{
  WdRedisCommand *self;
  va_list more;

  g_return_val_if_fail (first != NULL, NULL);

  self = command_new ();
  va_start (more, first);
  for (const char *text = first; text != NULL; text = va_arg (more, const char *))
    wd_redis_command_add_text (self, text);
  va_end (more);
  return self;
}

/**
 * wd_redis_command_new_script:
 * @script: what to run
 * @keys: (array length=n_keys) (nullable): its KEYS
 * @n_keys: how many
 *
 * A call of @script: what is added becomes its ARGV. It is sent as EVALSHA, and again as EVAL when
 * the server does not hold the script.
 *
 * Returns: (transfer full): a command
 */
WdRedisCommand *
wd_redis_command_new_script (WdRedisScript *script, const char *const *keys, gsize n_keys)
{
  WdRedisCommand *self;

  g_return_val_if_fail (script != NULL, NULL);

  self = command_new ();
  self->script = wd_redis_script_ref (script);
  wd_redis_command_add_int (self, (gint64) n_keys);
  for (gsize i = 0; i < n_keys; i++)
    wd_redis_command_add_text (self, keys[i]);
  return self;
}

/**
 * wd_redis_command_free:
 * @self: (transfer full) (nullable): a command
 */
void
wd_redis_command_free (WdRedisCommand *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->data);
  g_array_unref (self->arguments);
  g_clear_pointer (&self->script, wd_redis_script_unref);
  g_free (self);
}

/**
 * wd_redis_command_add_text:
 * @self: a command
 * @text: copied, without the NUL that ends it
 */
void
wd_redis_command_add_text (WdRedisCommand *self, const char *text)
{
  g_return_if_fail (text != NULL);

  wd_redis_command_add_bytes (self, text, strlen (text));
}

/**
 * wd_redis_command_add_bytes:
 * @self: a command
 * @data: (array length=length) (nullable): copied; any bytes
 * @length: of @data
 */
void
wd_redis_command_add_bytes (WdRedisCommand *self, gconstpointer data, gsize length)
{
  Argument argument;

  g_return_if_fail (self != NULL);

  if (length > COMMAND_MAX - self->data->len)
    {
      self->too_large = TRUE;
      return;
    }
  argument = (Argument) { self->data->len, length };
  if (length > 0)
    g_byte_array_append (self->data, data, (guint) length);
  g_array_append_val (self->arguments, argument);
}

/**
 * wd_redis_command_add_int:
 * @self: a command
 * @value: becomes decimal text, with all its digits
 */
void
wd_redis_command_add_int (WdRedisCommand *self, gint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  wd_redis_command_add_text (self, text);
}

/**
 * wd_redis_command_set_write:
 * @self: a command
 * @write: whether it changes anything
 *
 * A write whose answer does not come fails with %WD_ERROR_UNKNOWN_OUTCOME.
 */
void
wd_redis_command_set_write (WdRedisCommand *self, gboolean write)
{
  g_return_if_fail (self != NULL);

  self->write = write;
}

/**
 * wd_redis_command_is_write:
 * @self: a command
 *
 * Returns: what wd_redis_command_set_write() said; %FALSE before
 */
gboolean
wd_redis_command_is_write (const WdRedisCommand *self)
{
  return self->write;
}

/**
 * wd_redis_command_get_script:
 * @self: a command
 *
 * Returns: (transfer none) (nullable): the script it calls
 */
WdRedisScript *
wd_redis_command_get_script (const WdRedisCommand *self)
{
  return self->script;
}

/**
 * wd_redis_command_format:
 * @self: a command
 * @with_source: for a script, send its source instead of its hash
 * @into: where the protocol's bytes are appended
 *
 * Returns: whether it could be done: %FALSE when the arguments pass 512 MB, or @into 2 GB
 */
gboolean
wd_redis_command_format (const WdRedisCommand *self, gboolean with_source, GByteArray *into)
{
  guint head = self->script ? 2 : 0;
  guint n = self->arguments->len + head;
  g_autofree const char **argv = g_new (const char *, n);
  g_autofree size_t *lengths = g_new (size_t, n);
  char *text = NULL;
  gint64 length;

  if (self->too_large)
    return FALSE;
  if (self->script != NULL)
    {
      argv[0] = with_source ? "EVAL" : "EVALSHA";
      argv[1] = with_source ? wd_redis_script_get_source (self->script)
                            : wd_redis_script_get_sha1 (self->script);
      lengths[0] = strlen (argv[0]);
      lengths[1] = strlen (argv[1]);
    }
  for (guint i = 0; i < self->arguments->len; i++)
    {
      const Argument *argument = &g_array_index (self->arguments, Argument, i);

      argv[head + i] = (const char *) self->data->data + argument->offset;
      lengths[head + i] = argument->length;
    }

  length = redisFormatCommandArgv (&text, (int) n, argv, lengths);
  if (length < 0)
    return FALSE;
  if (length > G_MAXINT32 - (gint64) into->len)
    {
      redisFreeCommand (text);
      return FALSE;
    }
  g_byte_array_append (into, (const guint8 *) text, (guint) length);
  redisFreeCommand (text);
  return TRUE;
}
