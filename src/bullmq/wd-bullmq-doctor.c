/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-doctor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bullmq/wd-bullmq-permissions.h"
#include "model/wd-check.h"
#include "model/wd-queue.h"

/* A field of INFO's text; NULL when it is not there. */
static char *
info_field (const char *info, const char *name)
{
  g_autofree char *start = g_strconcat (name, ":", NULL);
  g_auto (GStrv) lines = g_strsplit (info, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, start))
      return g_strdup (g_strchomp (*line + strlen (start)));
  return NULL;
}

static void
add_remedy (GPtrArray *checks, WdCheck *check, const char *remedy)
{
  wd_check_take_remedy (check, g_strdup (remedy));
  g_ptr_array_add (checks, check);
}

static gboolean
field_is (const char *info, const char *name, const char *value)
{
  g_autofree char *found = info_field (info, name);

  return g_strcmp0 (found, value) == 0;
}

static void
check_version (const char *info, GPtrArray *checks)
{
  g_autofree char *version = info_field (info, "redis_version");
  int major = 0, minor = 0;

  if (version != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (version, ".", 3);

      major = (int) g_ascii_strtoll (parts[0], NULL, 10);
      minor = parts[1] != NULL ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0;
    }
  if (major < 5)
    g_ptr_array_add (checks, wd_check_new ("redis-version", WD_CHECK_ERROR,
                                           _("Redis %s is too old for BullMQ: use 6.2 or later"),
                                           version != NULL ? version : "?"));
  else if (major < 6 || (major == 6 && minor < 2))
    g_ptr_array_add (checks, wd_check_new ("redis-version", WD_CHECK_WARNING,
                                           _("Redis %s works; BullMQ recommends 6.2 or later"),
                                           version));
  else
    g_ptr_array_add (checks, wd_check_new ("redis-version", WD_CHECK_OK, _("Redis %s"), version));
}

static void
check_persistence (const char *info, GPtrArray *checks)
{
  const char *remedy = "CONFIG SET appendonly yes";

  if (field_is (info, "rdb_last_bgsave_status", "err")
      || field_is (info, "aof_last_write_status", "err"))
    g_ptr_array_add (checks,
                     wd_check_new ("redis-persistence", WD_CHECK_ERROR,
                                   _("The last save to disk failed: look at the server's log "
                                     "and its disk")));
  else if (!field_is (info, "aof_enabled", "1"))
    add_remedy (checks,
                wd_check_new ("redis-persistence", WD_CHECK_WARNING,
                              _("The append-only file is off: a crash loses the jobs since the "
                                "last snapshot. %s. Write the same into redis.conf"), remedy),
                remedy);
  else
    g_ptr_array_add (checks, wd_check_new ("redis-persistence", WD_CHECK_OK,
                                           _("The append-only file is on")));
}

static void
check_eviction (const char *info, GPtrArray *checks)
{
  g_autofree char *policy = info_field (info, "maxmemory_policy");
  const char *remedy = "CONFIG SET maxmemory-policy noeviction";

  if (g_strcmp0 (policy, "noeviction") == 0)
    g_ptr_array_add (checks, wd_check_new ("redis-eviction", WD_CHECK_OK,
                                           _("Nothing is evicted (noeviction)")));
  else
    add_remedy (checks,
                wd_check_new ("redis-eviction", WD_CHECK_ERROR,
                              _("The eviction policy is %s: Redis may throw jobs and receipts away "
                                "when memory is short. %s. Write the same into redis.conf"),
                              policy != NULL ? policy : "?", remedy),
                remedy);
}

static void
check_replication (const char *info, GPtrArray *checks)
{
  g_autofree char *replicas = info_field (info, "connected_slaves");

  if (!field_is (info, "role", "master"))
    g_ptr_array_add (checks,
                     wd_check_new ("redis-replication", WD_CHECK_ERROR,
                                   _("This is a replica: it takes no writes. Connect to the "
                                     "primary")));
  else if (g_strcmp0 (replicas, "0") == 0 || replicas == NULL)
    g_ptr_array_add (checks, wd_check_new ("redis-replication", WD_CHECK_OK,
                                           _("A primary without replicas")));
  else
    g_ptr_array_add (checks,
                     wd_check_new ("redis-replication", WD_CHECK_OK,
                                   _("A primary with %s replicas. After a failover, what was "
                                     "under way is listed as unknown"), replicas));
}

/* A user may be forbidden to ask who it is. */
static char *
dup_user (const redisReply *reply)
{
  return g_strdup (reply->type == REDIS_REPLY_STRING ? reply->str : "…");
}

static void
check_server (const redisReply *reply, const char *user, GPtrArray *checks)
{
  g_autofree char *remedy = g_strdup_printf ("ACL SETUSER %s +info", user);

  if (reply->type == REDIS_REPLY_STRING)
    {
      check_version (reply->str, checks);
      check_persistence (reply->str, checks);
      check_eviction (reply->str, checks);
      check_replication (reply->str, checks);
    }
  else
    add_remedy (checks,
                wd_check_new ("redis-server", WD_CHECK_UNKNOWN,
                              _("INFO is forbidden to this user: version, persistence, eviction "
                                "and replication cannot be seen, and an undelivered job is never "
                                "sent again by itself. %s"), remedy),
                remedy);
}

static void
check_queue (const WdQueueCounts *queue, const char *user, GPtrArray *checks)
{
  gint64 queued = queue->waiting + queue->prioritized + queue->delayed;
  g_autofree char *remedy = g_strdup_printf ("ACL SETUSER %s +client|list", user);

  if (queue->layout != NULL)
    g_ptr_array_add (checks, wd_check_new ("queue-layout", WD_CHECK_ERROR,
                                           _("%s is read-only for this program: %s"), queue->queue,
                                           queue->layout));
  if (queue->warning != NULL)
    g_ptr_array_add (checks, wd_check_new ("queue-lists", WD_CHECK_WARNING, "%s: %s", queue->queue,
                                           queue->warning));
  if (queue->lost_locks > 0)
    g_ptr_array_add (checks,
                     wd_check_new ("queue-locks", WD_CHECK_WARNING,
                                   ngettext ("%s: %d active job has lost its "
                                             "worker; BullMQ takes it up again when a worker "
                                             "checks for stalled jobs",
                                             "%s: %d active jobs have lost "
                                             "their worker; BullMQ takes them up again when a "
                                             "worker checks for stalled jobs",
                                             (gulong) queue->lost_locks),
                                   queue->queue, (int) queue->lost_locks));
  if (queue->workers < 0 && queue->has_signs && queue->connected != NULL)
    g_ptr_array_add (checks,
                     wd_check_new ("queue-workers", WD_CHECK_UNKNOWN,
                                   _("%s: no worker is seen, but there are signs of one"),
                                   queue->queue));
  else if (queue->workers < 0)
    add_remedy (checks,
                wd_check_new ("queue-workers", WD_CHECK_UNKNOWN,
                              _("%s: workers cannot be seen. %s"), queue->queue, remedy),
                remedy);
  else if (queue->workers == 0)
    g_ptr_array_add (checks,
                     wd_check_new ("queue-workers", WD_CHECK_WARNING,
                                   _("%s: no worker is connected (%d jobs queued). Start one"),
                                   queue->queue, (int) MIN (queued, G_MAXINT)));
  else
    g_ptr_array_add (checks,
                     wd_check_new ("queue-workers", WD_CHECK_OK,
                                   _("%s: %d connected, version %s"),
                                   queue->queue, (int) queue->workers,
                                   queue->version != NULL ? queue->version : _("not known")));
}

/* Returns: (transfer full): each version with its queues, `5.81.5 (gas-topup, sync), …` */
static char *
list_versions (GPtrArray *queues)
{
  g_autoptr (GHashTable) versions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *first = queues->pdata[i];

      if (first->version == NULL || !g_hash_table_add (versions, first->version))
        continue;
      g_string_append_printf (text, "%s%s (%s", text->len > 0 ? ", " : "", first->version,
                              first->queue);
      for (guint j = i + 1; j < queues->len; j++)
        {
          const WdQueueCounts *other = queues->pdata[j];

          if (g_strcmp0 (other->version, first->version) == 0)
            g_string_append_printf (text, ", %s", other->queue);
        }
      g_string_append_c (text, ')');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Different majors side by side lose jobs by themselves when a queue is paused. */
static void
check_versions (GPtrArray *queues, GPtrArray *checks)
{
  g_autofree char *found = list_versions (queues);
  g_autoptr (GHashTable) majors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *queue = queues->pdata[i];

      if (queue->version != NULL)
        g_hash_table_add (majors, g_strndup (queue->version, strcspn (queue->version, ".")));
    }
  if (g_hash_table_size (majors) > 1)
    g_ptr_array_add (checks,
                     wd_check_new ("bullmq-versions", WD_CHECK_WARNING,
                                   _("Queues were last opened by different major versions of "
                                     "BullMQ: %s. Where versions 5 and 6 share a queue, pausing "
                                     "or resuming it with version 5 loses jobs: pause and resume "
                                     "with this program"), found));
  else if (*found == '\0')
    g_ptr_array_add (checks, wd_check_new ("bullmq-versions", WD_CHECK_OK,
                                           _("No queue has been opened by BullMQ yet")));
  else
    g_ptr_array_add (checks, wd_check_new ("bullmq-versions", WD_CHECK_OK,
                                           _("BullMQ, by queue: %s"), found));
}

/**
 * wd_bullmq_doctor:
 * @conn: a connection
 * @prefix: of all BullMQ keys
 * @read_only: whether the connection is for reading alone
 * @queues: (element-type WdQueueCounts): what was read of the queues
 * @checks: (element-type WdCheck): gets the findings, each with what to do
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Writes nothing. Worker.
 */
gboolean
wd_bullmq_doctor (WdRedisConnection *conn, const char *prefix, gboolean read_only,
                  GPtrArray *queues, GPtrArray *checks, gint64 deadline, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (WdRedisCommand) info = wd_redis_command_new ("INFO", NULL);
  g_autoptr (WdRedisCommand) who = wd_redis_command_new ("ACL", "WHOAMI", NULL);
  WdRedisCommand *commands[] = { info, who };
  g_autoptr (GPtrArray) replies = wd_redis_connection_pipeline (conn, commands,
                                                                G_N_ELEMENTS (commands), deadline,
                                                                cancellable, error);
  g_autofree char *user = NULL;

  if (replies == NULL)
    return FALSE;
  user = dup_user (replies->pdata[1]);
  check_server (replies->pdata[0], user, checks);
  if (!wd_bullmq_permissions_check (conn, prefix, user, read_only, checks, deadline, cancellable,
                                    error))
    return FALSE;
  check_versions (queues, checks);
  for (guint i = 0; i < queues->len; i++)
    check_queue (queues->pdata[i], user, checks);
  return TRUE;
}
