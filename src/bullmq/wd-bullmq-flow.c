/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The flow that a job is part of: up from it to the job that waits for all others, then down, level
 * by level. Everything is bounded, and a job is gone into once, so that one which stands below
 * itself does not hold this up. The levels are read one after the other: what changes meanwhile may
 * be told of as it was before. */

#include "bullmq/wd-bullmq-flow.h"

#include <string.h>

#include "bullmq/wd-bullmq-answer.h"
#include "bullmq/wd-bullmq-record.h"
#include "bullmq/wd-bullmq-script.h"

/* Jobs of one round trip. */
#define AT_ONCE 50

/* What flow.lua answers; then a number and some keys for each kind of children. */
enum {
  ANSWER_STATE,
  ANSWER_NAME,
  ANSWER_FAILED_REASON,
  ANSWER_PARENT,
  ANSWER_MADE,
  ANSWER_KIND,
  ANSWER_CHILDREN,
  N_ANSWERS = ANSWER_CHILDREN + 2 * WD_FLOW_N_LINKS,
};

/* A job that is to be read. */
typedef struct {
  WdBullmqQueue *queue;      /* (owned) */
  char *id;                  /* (owned) */
  WdFlowNode *node;          /* not owned (nullable): where it goes */
  const char *wanted;        /* not owned (nullable): key of the child on the way down */
  redisReply *reply;         /* (owned) (nullable): what was answered */
} Job;

typedef struct {
  WdRedisConnection *conn;
  const char *prefix;
  gint64 deadline;
  GCancellable *cancellable;
  GHashTable *seen;          /* (owned) (element-type utf8): keys of those that are gone into */
  GPtrArray *path;           /* (owned) (element-type utf8): keys from the job up to the root */
  GPtrArray *level;          /* (owned) (element-type Job) */
  GPtrArray *next;           /* (owned) (element-type Job): the level below */
  WdFlow *flow;              /* (owned) */
} Reading;

static void
job_free (gpointer data)
{
  Job *self = data;

  wd_bullmq_queue_free (self->queue);
  g_free (self->id);
  g_clear_pointer (&self->reply, freeReplyObject);
  g_free (self);
}

static void
reading_clear (Reading *self)
{
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->path);
  g_ptr_array_unref (self->level);
  g_ptr_array_unref (self->next);
  g_clear_pointer (&self->flow, wd_flow_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Returns: (nullable): a job to be read; %NULL where a key can be no job's */
static Job *
job_of_key (const Reading *self, const char *key)
{
  WdBullmqQueue *queue;
  char *id;
  Job *job;

  if (!wd_bullmq_job_key_split (key, self->prefix, &queue, &id))
    return NULL;
  job = g_new0 (Job, 1);
  job->queue = queue;
  job->id = id;
  return job;
}

static WdRedisCommand *
make_command (const Job *job)
{
  WdRedisCommand *command = wd_bullmq_script_command (WD_BULLMQ_SCRIPT_FLOW, job->queue);

  wd_redis_command_add_text (command, job->id);
  wd_redis_command_add_int (command, WD_FLOW_MOST_CHILDREN);
  wd_redis_command_add_text (command, job->wanted != NULL ? job->wanted : "");
  return command;
}

/* What cannot be read has no reply; the server's own troubles are an error. */
static gboolean
read_some (const Reading *self, Job **jobs, guint n, GError **error)
{
  g_autoptr (GPtrArray) commands =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_redis_command_free);
  g_autoptr (GPtrArray) replies = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (commands, make_command (jobs[i]));
  replies = wd_redis_connection_pipeline (self->conn, (WdRedisCommand *const *) commands->pdata, n,
                                          self->deadline, self->cancellable, error);
  if (replies == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      redisReply *reply = replies->pdata[i];

      if (!wd_redis_reply_expect (reply, REDIS_REPLY_ARRAY, error))
        return FALSE;
      jobs[i]->reply = reply;
      replies->pdata[i] = NULL;
    }
  return TRUE;
}

static char *
text_of (const redisReply *reply, gsize i)
{
  const char *text = wd_bullmq_answer_text (reply, i);

  return *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}

static gboolean
is_missing (const redisReply *reply)
{
  return strcmp (wd_bullmq_answer_text (reply, ANSWER_STATE), "missing") == 0;
}

/* Goes up from the job that was asked for; the last key of the path is the root's. */
static gboolean
climb (Reading *self, Job *job, GError **error)
{
  g_autoptr (GHashTable) passed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);
  Job *at = job;

  for (;;)
    {
      const char *parent;

      if (!read_some (self, &at, 1, error))
        return FALSE;
      if (at != job && is_missing (at->reply))
        {
          /* Its parent is gone: the flow begins below. */
          g_ptr_array_remove_index (self->path, self->path->len - 1);
          return TRUE;
        }
      parent = wd_bullmq_answer_text (at->reply, ANSWER_PARENT);
      g_hash_table_add (passed, g_ptr_array_index (self->path, self->path->len - 1));
      if (*parent == '\0')
        return TRUE;
      self->flow->has_more_above = self->path->len >= WD_FLOW_MOST_LEVELS
                                   || g_hash_table_contains (passed, parent);
      at = self->flow->has_more_above ? NULL : job_of_key (self, parent);
      if (at == NULL)
        return TRUE;
      g_ptr_array_add (jobs, at);
      g_ptr_array_add (self->path, g_strdup (parent));
    }
}

/* Returns: (nullable): the key of the child of a job that is on the way down to the one asked
 * for */
static const char *
find_wanted (const Reading *self, const char *key)
{
  for (guint i = 1; i < self->path->len; i++)
    if (strcmp (self->path->pdata[i], key) == 0)
      return self->path->pdata[i - 1];
  return NULL;
}

static WdFlowNode *
make_node (Reading *self, const char *key, WdFlowLink link)
{
  Job *job = job_of_key (self, key);
  g_autofree char *queue = NULL;
  WdFlowNode *node;

  if (job == NULL)
    {
      queue = g_utf8_make_valid (key, -1);
      node = wd_flow_node_new ("", queue);
      node->is_foreign = TRUE;
      node->link = link;
      return node;
    }
  queue = wd_bullmq_queue_describe (job->queue, self->prefix);
  node = wd_flow_node_new (queue, job->id);
  node->is_foreign = strcmp (job->queue->prefix, self->prefix) != 0;
  node->is_subject = strcmp (key, self->path->pdata[0]) == 0;
  node->is_repeated = !g_hash_table_add (self->seen, g_strdup (key));
  node->link = link;
  job->node = node;
  job->wanted = node->is_repeated ? NULL : find_wanted (self, key);
  g_ptr_array_add (self->next, job);
  self->flow->n_nodes++;
  return node;
}

static void
add_child (Reading *self, WdFlowNode *node, const char *key, WdFlowLink link)
{
  g_ptr_array_add (node->children, make_node (self, key, link));
  if (link != WD_FLOW_UNLINKED)
    node->n_more--;
}

/* The child on the way down is told of in any case, as the first. */
static void
add_children (Reading *self, Job *job)
{
  WdFlowNode *node = job->node;
  const redisReply *kind = job->reply->element[ANSWER_KIND];

  if (job->wanted != NULL)
    add_child (self, node, job->wanted,
               kind->type == REDIS_REPLY_INTEGER && kind->integer >= 0
                   && kind->integer < WD_FLOW_N_LINKS ? (WdFlowLink) kind->integer
                                                      : WD_FLOW_UNLINKED);
  for (guint link = 0; link < WD_FLOW_N_LINKS; link++)
    {
      const redisReply *keys = job->reply->element[ANSWER_CHILDREN + 2 * link + 1];

      for (gsize i = 0; keys->type == REDIS_REPLY_ARRAY && i < keys->elements; i++)
        if (g_strcmp0 (wd_bullmq_answer_text (keys, i), job->wanted) != 0
            && self->flow->n_nodes < WD_FLOW_MOST_NODES
            && node->children->len < WD_FLOW_MOST_CHILDREN)
          add_child (self, node, wd_bullmq_answer_text (keys, i), link);
    }
}

static void
take (Reading *self, Job *job, guint depth)
{
  WdFlowNode *node = job->node;

  node->state = is_missing (job->reply) ? NULL : text_of (job->reply, ANSWER_STATE);
  if (job->reply->elements < N_ANSWERS)
    return;
  node->name = text_of (job->reply, ANSWER_NAME);
  node->failed_reason = text_of (job->reply, ANSWER_FAILED_REASON);
  node->made_ms = g_ascii_strtoll (wd_bullmq_answer_text (job->reply, ANSWER_MADE), NULL, 10);
  for (guint link = 0; link < WD_FLOW_N_LINKS; link++)
    {
      const redisReply *n = job->reply->element[ANSWER_CHILDREN + 2 * link];

      node->n_children[link] = n->type == REDIS_REPLY_INTEGER ? n->integer : 0;
      node->n_more += node->n_children[link];
    }
  if (!node->is_repeated && depth < WD_FLOW_MOST_LEVELS)
    add_children (self, job);
}

static gboolean
descend (Reading *self, GError **error)
{
  for (guint depth = 0; self->next->len > 0; depth++)
    {
      GPtrArray *level = g_steal_pointer (&self->next);

      g_ptr_array_unref (self->level);
      self->level = level;
      self->next = g_ptr_array_new_with_free_func (job_free);
      for (guint i = 0; i < level->len; i += AT_ONCE)
        if (!read_some (self, (Job **) level->pdata + i, MIN (AT_ONCE, level->len - i), error))
          return FALSE;
      for (guint i = 0; i < level->len; i++)
        take (self, level->pdata[i], depth);
    }
  return TRUE;
}

/**
 * wd_bullmq_flow:
 * @conn: a connection
 * @queue: where the job is
 * @id: of the job
 * @deadline: for all of it
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NOT_FOUND, and as wd_redis_connection_ensure() and
 *   wd_redis_connection_pipeline()
 *
 * In a worker thread.
 *
 * Returns: (transfer full) (nullable): the flow that the job is part of, perhaps of nothing else
 */
WdFlow *
wd_bullmq_flow (WdRedisConnection *conn, const WdBullmqQueue *queue, const char *id,
                gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_auto (Reading) self = {
    conn, queue->prefix, deadline, cancellable,
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (job_free),
    g_ptr_array_new_with_free_func (job_free), wd_flow_new (),
  };
  g_autofree char *key = wd_bullmq_key (queue, id);
  Job *job;

  g_return_val_if_fail (conn != NULL && id != NULL, NULL);

  if (!wd_bullmq_queue_check (queue, error)
      || !wd_redis_connection_ensure (conn, deadline, cancellable, error))
    return NULL;
  job = g_new0 (Job, 1);
  job->queue = wd_bullmq_queue_new (queue->prefix, queue->name, NULL);
  job->id = g_strdup (id);
  g_ptr_array_add (self.level, job);
  g_ptr_array_add (self.path, g_strdup (key));
  if (!climb (&self, job, error))
    return NULL;
  if (is_missing (job->reply))
    {
      wd_bullmq_record_set_missing (error, queue, id);
      return NULL;
    }
  self.flow->root = make_node (&self, g_ptr_array_index (self.path, self.path->len - 1),
                               WD_FLOW_UNLINKED);
  self.flow->read_at = wd_time_now ();
  return descend (&self, error) ? g_steal_pointer (&self.flow) : NULL;
}
