/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

/* Between an id that was given again and when its former job was made, in milliseconds. */
#define PAST "@"

/* What BullMQ calls keys of a queue: a job of such an id would break it. Words of our own receipts
 * are here too. */
static const char *const reserved_ids[] = {
  "meta", "id", "wait", "paused", "active", "prioritized", "pc", "delayed", "completed", "failed",
  "waiting-children", "marker", "events", "stalled", "stalled-check", "limiter", "repeat", "de",
  "dn", "metrics", "priority", "waiting", "resumed", "drained", "progress", "delay", "wd-receipt",
};

static gboolean
is_integer (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;

  if (*digits == '\0' || (*digits == '0' && digits[1] != '\0'))
    return FALSE;
  return strspn (digits, "0123456789") == strlen (digits);
}

static gboolean
is_word_of_keys (const char *text)
{
  return strspn (text, "abcdefghijklmnopqrstuvwxyz-") == strlen (text);
}

/**
 * wd_bullmq_prefix_is_valid:
 * @prefix: of keys
 *
 * Returns: whether BullMQ could use it; it may hold colons and a cluster's hash tag
 */
gboolean
wd_bullmq_prefix_is_valid (const char *prefix)
{
  return prefix != NULL && *prefix != '\0' && g_utf8_validate (prefix, -1, NULL);
}

/**
 * wd_bullmq_queue_name_is_valid:
 * @name: of a queue
 *
 * The name `worker-dashboard` is ours: what identifies a Redis stands there.
 *
 * Returns: whether BullMQ 5 and 6 accept it
 */
gboolean
wd_bullmq_queue_name_is_valid (const char *name)
{
  return name != NULL && *name != '\0' && strchr (name, ':') == NULL
         && g_utf8_validate (name, -1, NULL) && strcmp (name, "worker-dashboard") != 0;
}

/**
 * wd_bullmq_job_id_is_valid:
 * @id: of a job to be made
 *
 * Stricter than BullMQ: an id that equals one of its key names breaks the whole queue, and one
 * that begins with `0:` is dropped by every worker.
 *
 * Returns: whether a job may be added under this id
 */
gboolean
wd_bullmq_job_id_is_valid (const char *id)
{
  if (id == NULL || *id == '\0' || strchr (id, ':') != NULL || !g_utf8_validate (id, -1, NULL))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (reserved_ids); i++)
    if (strcmp (id, reserved_ids[i]) == 0)
      return FALSE;
  return !is_integer (id) && !is_word_of_keys (id);
}

/**
 * wd_bullmq_queue_check:
 * @self: a queue
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether both parts are valid
 */
gboolean
wd_bullmq_queue_check (const WdBullmqQueue *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!wd_bullmq_prefix_is_valid (self->prefix))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The key prefix of the queues must not be empty"));
      return FALSE;
    }
  if (!wd_bullmq_queue_name_is_valid (self->name))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("“%s” cannot be the name of a queue: it must not be empty or hold a colon"),
                   self->name ? self->name : "");
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_bullmq_queue_new:
 * @prefix: of its keys
 * @name: its name
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): a queue, its parts checked
 */
WdBullmqQueue *
wd_bullmq_queue_new (const char *prefix, const char *name, GError **error)
{
  WdBullmqQueue queue = { (char *) prefix, (char *) name };
  WdBullmqQueue *self;

  if (!wd_bullmq_queue_check (&queue, error))
    return NULL;
  self = g_new (WdBullmqQueue, 1);
  self->prefix = g_strdup (prefix);
  self->name = g_strdup (name);
  return self;
}

/**
 * wd_bullmq_queue_free:
 * @self: (nullable) (transfer full): a queue made by wd_bullmq_queue_new()
 */
void
wd_bullmq_queue_free (WdBullmqQueue *self)
{
  if (self == NULL)
    return;
  g_free (self->prefix);
  g_free (self->name);
  g_free (self);
}

/**
 * wd_bullmq_job_id_join:
 * @queue: name of a queue
 * @id: an id that BullMQ chose
 *
 * Ids that BullMQ counts up are unique within a queue only, a row's `job_id` within the table.
 *
 * Returns: (transfer full): what the row carries
 */
char *
wd_bullmq_job_id_join (const char *queue, const char *id)
{
  g_return_val_if_fail (queue != NULL && id != NULL, NULL);

  return g_strconcat (queue, "/", id, NULL);
}

/**
 * wd_bullmq_job_id_of:
 * @queue: name of a queue
 * @id: of a job there
 *
 * Returns: (transfer full): what the row about it carries
 */
char *
wd_bullmq_job_id_of (const char *queue, const char *id)
{
  return wd_bullmq_job_id_is_automatic (id) ? wd_bullmq_job_id_join (queue, id) : g_strdup (id);
}

/**
 * wd_bullmq_job_id_is_automatic:
 * @id: of a job in its queue
 *
 * Returns: whether BullMQ made it: it is unique within its queue only
 */
gboolean
wd_bullmq_job_id_is_automatic (const char *id)
{
  return is_integer (id);
}

/**
 * wd_bullmq_job_id_is_scheduled:
 * @id: of a job in its queue
 *
 * Returns: whether a scheduler made it
 */
gboolean
wd_bullmq_job_id_is_scheduled (const char *id)
{
  return g_str_has_prefix (id, "repeat:");
}

/**
 * wd_bullmq_job_id_may_return:
 * @job_id: of a row
 * @id: of its job in the queue
 *
 * An id that no job can be added under is one that BullMQ made, whatever its row calls it.
 *
 * Returns: whether the job can be added again under its id once its queue no longer holds it
 */
gboolean
wd_bullmq_job_id_may_return (const char *job_id, const char *id)
{
  return strcmp (id, job_id) == 0 && wd_bullmq_job_id_is_valid (id);
}

/**
 * wd_bullmq_job_id_of_past:
 * @job_id: of a row about a job whose automatic id its queue has given again
 * @made: when that job was made
 *
 * A queue that was emptied counts from one again.
 *
 * Returns: (transfer full): what the row carries from now on: no job bears that id
 */
char *
wd_bullmq_job_id_of_past (const char *job_id, WdTime made)
{
  return g_strdup_printf ("%s" PAST "%" G_GINT64_FORMAT, job_id, made / 1000);
}

/* Returns: whether it is an integer, or one behind which stands when its job was made */
static gboolean
is_counted (const char *id)
{
  const char *past = strstr (id, PAST);
  g_autofree char *number = past != NULL ? g_strndup (id, past - id) : g_strdup (id);

  return is_integer (number) && (past == NULL || is_integer (past + strlen (PAST)));
}

/**
 * wd_bullmq_job_id_is_past:
 * @id: of a job in its queue, as wd_bullmq_job_id_split() tells it
 *
 * Returns: whether it is that of a job whose automatic id its queue has given again
 */
gboolean
wd_bullmq_job_id_is_past (const char *id)
{
  return is_counted (id) && !is_integer (id);
}

/**
 * wd_bullmq_job_id_split:
 * @job_id: (nullable): of a row
 * @default_queue: where ids that name no queue belong
 * @queue: (out) (transfer full): the queue
 * @id: (out) (transfer full): the id there
 *
 * The reverse of wd_bullmq_job_id_join(). Of a job whose id the queue has given again it is an id
 * that none bears. Any other text is an id of @default_queue.
 *
 * Returns: whether there can be a job of this id at all
 */
gboolean
wd_bullmq_job_id_split (const char *job_id, const char *default_queue, char **queue, char **id)
{
  const char *slash = job_id ? strrchr (job_id, '/') : NULL;
  g_autofree char *before = slash ? g_strndup (job_id, slash - job_id) : NULL;

  g_return_val_if_fail (queue != NULL && id != NULL, FALSE);

  *queue = NULL;
  *id = NULL;
  if (job_id == NULL || *job_id == '\0')
    return FALSE;
  if (slash != NULL && is_counted (slash + 1) && wd_bullmq_queue_name_is_valid (before))
    {
      *queue = g_steal_pointer (&before);
      *id = g_strdup (slash + 1);
      return TRUE;
    }
  if (!wd_bullmq_queue_name_is_valid (default_queue))
    return FALSE;
  *queue = g_strdup (default_queue);
  *id = g_strdup (job_id);
  return TRUE;
}

/* BullMQ lets an id hold no colon, or two; those that schedulers make hold at least two. */
static gboolean
may_be_id (const char *id)
{
  gsize n_colons = 0;

  for (const char *at = id; *at != '\0'; at++)
    n_colons += *at == ':';
  return *id != '\0' && n_colons != 1;
}

/* Returns: (nullable): where the id begins in a key whose prefix nobody knows */
static const char *
find_id (const char *key)
{
  const char *scheduled = strstr (key, ":repeat:");
  const char *colon = strrchr (key, ':');

  if (scheduled != NULL)
    return scheduled + 1;
  return colon != NULL ? colon + 1 : NULL;
}

/**
 * wd_bullmq_job_key_split:
 * @key: of a job's record
 * @prefix: that it most likely begins with
 * @queue: (out) (transfer full): its queue, perhaps with another prefix
 * @id: (out) (transfer full): its id there
 *
 * Jobs of a flow name each other so. Prefixes and ids may hold colons, names of queues none.
 *
 * Returns: whether it can be the key of a job
 */
gboolean
wd_bullmq_job_key_split (const char *key, const char *prefix, WdBullmqQueue **queue, char **id)
{
  gsize length = strlen (prefix);
  const char *name = strncmp (key, prefix, length) == 0 && key[length] == ':'
                       ? key + length + 1 : NULL;
  const char *own = name != NULL ? strchr (name, ':') : NULL;
  const char *at = own != NULL && may_be_id (own + 1) ? own + 1 : find_id (key);
  g_autofree char *before = at != NULL ? g_strndup (key, at - key - 1) : NULL;
  char *colon = before != NULL ? strrchr (before, ':') : NULL;

  *queue = NULL;
  *id = NULL;
  if (colon == NULL || *at == '\0')
    return FALSE;
  *colon = '\0';
  *queue = wd_bullmq_queue_new (before, colon + 1, NULL);
  if (*queue == NULL)
    return FALSE;
  *id = g_strdup (at);
  return TRUE;
}

/**
 * wd_bullmq_queue_describe:
 * @self: a queue
 * @prefix: of the connection's queues
 *
 * Returns: (transfer full): its name; with its prefix before it where that is another one: no queue
 *   of the connection is called so
 */
char *
wd_bullmq_queue_describe (const WdBullmqQueue *self, const char *prefix)
{
  return strcmp (self->prefix, prefix) == 0 ? g_strdup (self->name)
                                            : g_strconcat (self->prefix, ":", self->name, NULL);
}
