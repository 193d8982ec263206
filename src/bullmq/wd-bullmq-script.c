/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bullmq/wd-bullmq-script.h"

#include "wd-bullmq-resources.h"

#define RESOURCE_FOLDER "/org/workerdashboard/WorkerDashboard/bullmq/"

/* In the order that layout.lua names them. */
static const char *const suffixes[] = {
  "meta", "id", "wait", "paused", "active", "prioritized", "pc", "delayed", "completed", "failed",
  "waiting-children", "marker", "events", "stalled", "limiter", "repeat", "priority",
};

typedef struct {
  const char *file;
  gboolean writes;
} Script;

static const Script scripts[WD_BULLMQ_N_SCRIPTS] = {
  [WD_BULLMQ_SCRIPT_ADD] = { "add.lua", TRUE },
  [WD_BULLMQ_SCRIPT_RETRY] = { "retry.lua", TRUE },
  [WD_BULLMQ_SCRIPT_DISCARD] = { "discard.lua", TRUE },
  [WD_BULLMQ_SCRIPT_PAUSE] = { "pause.lua", TRUE },
  [WD_BULLMQ_SCRIPT_RESUME] = { "resume.lua", TRUE },
  [WD_BULLMQ_SCRIPT_PROMOTE] = { "promote.lua", TRUE },
  [WD_BULLMQ_SCRIPT_EVICT] = { "evict.lua", TRUE },
  [WD_BULLMQ_SCRIPT_INSPECT] = { "inspect.lua", FALSE },
  [WD_BULLMQ_SCRIPT_STATES] = { "states.lua", FALSE },
  [WD_BULLMQ_SCRIPT_GLANCE] = { "glance.lua", FALSE },
  [WD_BULLMQ_SCRIPT_JOB] = { "job.lua", FALSE },
  [WD_BULLMQ_SCRIPT_JOBS] = { "jobs.lua", FALSE },
  [WD_BULLMQ_SCRIPT_FLOW] = { "flow.lua", FALSE },
  [WD_BULLMQ_SCRIPT_HEALTH] = { "health.lua", FALSE },
  [WD_BULLMQ_SCRIPT_WALK] = { "walk.lua", FALSE },
  [WD_BULLMQ_SCRIPT_LOOK] = { "look.lua", FALSE },
  [WD_BULLMQ_SCRIPT_REMOVE] = { "remove.lua", TRUE },
  [WD_BULLMQ_SCRIPT_SCHEDULERS] = { "schedulers.lua", FALSE },
  [WD_BULLMQ_SCRIPT_UNSCHEDULE] = { "unschedule.lua", TRUE },
  [WD_BULLMQ_SCRIPT_LIMIT] = { "limit.lua", TRUE },
  [WD_BULLMQ_SCRIPT_RECALL] = { "recall.lua", FALSE },
  [WD_BULLMQ_SCRIPT_SAMPLE] = { "sample.lua", TRUE },
};

static gpointer
load_scripts (gpointer data)
{
  WdRedisScript **loaded = g_new0 (WdRedisScript *, WD_BULLMQ_N_SCRIPTS);

  g_resources_register (wd_bullmq_get_resource ());
  for (gsize i = 0; i < WD_BULLMQ_N_SCRIPTS; i++)
    {
      g_autofree char *path = g_strconcat (RESOURCE_FOLDER, scripts[i].file, NULL);
      g_autoptr (GError) error = NULL;

      loaded[i] = wd_redis_script_new_from_resource (path, &error);
      if (loaded[i] == NULL)
        g_error ("A script that was compiled in is missing: %s", error->message);
    }
  return loaded;
}

/* For the life of the program. Any thread. */
static WdRedisScript *
get_script (WdBullmqScript which)
{
  static GOnce once = G_ONCE_INIT;
  WdRedisScript **loaded = g_once (&once, load_scripts, NULL);

  g_return_val_if_fail (which < WD_BULLMQ_N_SCRIPTS, NULL);

  return loaded[which];
}

/**
 * wd_bullmq_key:
 * @queue: a queue
 * @suffix: what follows
 *
 * Returns: (transfer full): a key of @queue
 */
char *
wd_bullmq_key (const WdBullmqQueue *queue, const char *suffix)
{
  return g_strconcat (queue->prefix, ":", queue->name, ":", suffix, NULL);
}

/**
 * wd_bullmq_site_key:
 * @prefix: of all queues
 *
 * Returns: (transfer full): the key of the random text that tells one Redis from another
 */
char *
wd_bullmq_site_key (const char *prefix)
{
  return g_strconcat (prefix, ":worker-dashboard:site", NULL);
}

/**
 * wd_bullmq_script_command:
 * @which: of ours
 * @queue: to run it on
 *
 * Returns: (transfer full): a call with all its keys and its first argument, what the keys of
 *   @queue begin with
 */
WdRedisCommand *
wd_bullmq_script_command (WdBullmqScript which, const WdBullmqQueue *queue)
{
  char *keys[G_N_ELEMENTS (suffixes) + 1];
  g_autofree char *base = wd_bullmq_key (queue, "");
  WdRedisCommand *command;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    keys[i] = wd_bullmq_key (queue, suffixes[i]);
  keys[G_N_ELEMENTS (suffixes)] = wd_bullmq_site_key (queue->prefix);
  command = wd_redis_command_new_script (get_script (which), (const char *const *) keys,
                                         G_N_ELEMENTS (keys));
  wd_redis_command_set_write (command, scripts[which].writes);
  wd_redis_command_add_text (command, base);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_free (keys[i]);
  return command;
}
