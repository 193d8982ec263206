/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One thread, one queue of GTasks, one owner of a connection.
 *
 * GTask's shared pool is wrong for blocking work: ten slow queries fill it, and then nothing that
 * uses it moves, in the whole process; and a pool cannot own a connection, so each would need a
 * lock. Here the connection belongs to the thread and a task waits only behind its own kind.
 *
 * The queue is ordered by priority (lower first), then by arrival. A task whose cancellable was
 * triggered while it waited is returned without running. Shutting down does not wait: the thread
 * finishes the task it is in (its cancellable is the caller's to trigger), returns the rest as
 * cancelled and ends. */

#include "base/wd-worker-thread.h"

typedef struct {
  GTask *task;          /* (owned) */
  WdWorkerFunc func;
  int priority;
} Item;

struct _WdWorkerThread {
  GObject parent_instance;

  char *name;           /* (owned) */
  GThread *thread;      /* (owned) (nullable) (mutex lock) started with the first task */
  GMutex lock;
  GCond changed;
  GQueue items;         /* (mutex lock) of Item */
  gboolean stopping;    /* (mutex lock) */
  gboolean ended;       /* (mutex lock) the resource is freed and no task will run */
  guint idle_ms;        /* (mutex lock) 0 = never */
  GDestroyNotify idle_func; /* (mutex lock) called in the worker */
  gpointer resource;    /* (owned) (worker) what the thread works on: its connections */
  GDestroyNotify resource_free;
};

G_DEFINE_FINAL_TYPE (WdWorkerThread, wd_worker_thread, G_TYPE_OBJECT)

/* An item already there stands before a new one of the same priority. */
static int
compare_items (gconstpointer there, gconstpointer fresh, gpointer data)
{
  return ((const Item *) there)->priority > ((const Item *) fresh)->priority ? 1 : -1;
}

static void
run_item (WdWorkerThread *self, Item *item)
{
  g_autoptr (GTask) task = item->task;

  if (!g_task_return_error_if_cancelled (task))
    item->func (task, self->resource, g_task_get_task_data (task),
                g_task_get_cancellable (task));
  g_free (item);
}

/* Returns the next item, or NULL when the thread shall end. Called with the lock held. */
static Item *
wait_for_item (WdWorkerThread *self)
{
  gboolean idle_done = FALSE;

  while (g_queue_is_empty (&self->items) && !self->stopping)
    {
      if (self->idle_func == NULL || idle_done)
        g_cond_wait (&self->changed, &self->lock);
      else if (!g_cond_wait_until (&self->changed, &self->lock,
                                   g_get_monotonic_time () + (gint64) self->idle_ms * 1000))
        {
          GDestroyNotify func = self->idle_func;

          g_mutex_unlock (&self->lock);
          func (self->resource);
          g_mutex_lock (&self->lock);
          idle_done = TRUE;
        }
    }
  return self->stopping ? NULL : g_queue_pop_head (&self->items);
}

static void
free_resource (WdWorkerThread *self)
{
  gpointer resource = g_steal_pointer (&self->resource);

  if (resource != NULL && self->resource_free != NULL)
    self->resource_free (resource);
}

static gpointer
worker_main (gpointer data)
{
  g_autoptr (WdWorkerThread) self = data;
  Item *item;

  g_mutex_lock (&self->lock);
  while ((item = wait_for_item (self)) != NULL)
    {
      g_mutex_unlock (&self->lock);
      run_item (self, item);
      g_mutex_lock (&self->lock);
    }
  while ((item = g_queue_pop_head (&self->items)) != NULL)
    {
      g_task_return_new_error (item->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
      g_object_unref (item->task);
      g_free (item);
    }
  g_mutex_unlock (&self->lock);
  free_resource (self);
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
wd_worker_thread_finalize (GObject *object)
{
  WdWorkerThread *self = WD_WORKER_THREAD (object);

  /* The running thread holds a reference, so it has ended, or never begun, or this is it. */
  g_clear_pointer (&self->thread, g_thread_unref);
  free_resource (self);
  g_assert (g_queue_is_empty (&self->items));
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->name);

  G_OBJECT_CLASS (wd_worker_thread_parent_class)->finalize (object);
}

static void
wd_worker_thread_class_init (WdWorkerThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_worker_thread_finalize;
}

static void
wd_worker_thread_init (WdWorkerThread *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->items);
}

/**
 * wd_worker_thread_new:
 * @name: of the thread, for debuggers
 * @resource: (transfer full) (nullable): what the thread alone touches, such as a connection
 * @resource_free: (nullable): frees @resource, in the worker where it ever ran
 *
 * Returns: (transfer full): a worker whose thread starts with its first task. Its owner calls
 *   wd_worker_thread_shut_down() before letting go.
 */
WdWorkerThread *
wd_worker_thread_new (const char *name, gpointer resource, GDestroyNotify resource_free)
{
  WdWorkerThread *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (WD_TYPE_WORKER_THREAD, NULL);
  self->name = g_strdup (name);
  self->resource = resource;
  self->resource_free = resource_free;
  return self;
}

/**
 * wd_worker_thread_push:
 * @self: a worker
 * @task: (transfer none): a task; the worker keeps a reference until it has run
 * @func: runs in the worker and returns @task
 */
void
wd_worker_thread_push (WdWorkerThread *self, GTask *task, WdWorkerFunc func)
{
  wd_worker_thread_push_full (self, task, func, G_PRIORITY_DEFAULT);
}

/**
 * wd_worker_thread_push_full:
 * @self: a worker
 * @task: (transfer none): a task
 * @func: runs in the worker and returns @task
 * @priority: lower runs first; equal ones in order of arrival
 */
void
wd_worker_thread_push_full (WdWorkerThread *self, GTask *task, WdWorkerFunc func, int priority)
{
  Item *item;

  g_return_if_fail (WD_IS_WORKER_THREAD (self));
  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  g_mutex_lock (&self->lock);
  if (self->stopping)
    {
      g_mutex_unlock (&self->lock);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed");
      return;
    }
  item = g_new0 (Item, 1);
  item->task = g_object_ref (task);
  item->func = func;
  item->priority = priority;
  g_queue_insert_sorted (&self->items, item, compare_items, NULL);
  if (self->thread == NULL)
    self->thread = g_thread_new (self->name, worker_main, g_object_ref (self));
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * wd_worker_thread_set_idle:
 * @self: a worker
 * @milliseconds: without a task
 * @func: runs once in the worker, with its resource, after that time; there to close a connection
 *   nobody uses
 */
void
wd_worker_thread_set_idle (WdWorkerThread *self, guint milliseconds, GDestroyNotify func)
{
  g_return_if_fail (WD_IS_WORKER_THREAD (self));

  g_mutex_lock (&self->lock);
  self->idle_ms = milliseconds;
  self->idle_func = func;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * wd_worker_thread_shut_down:
 * @self: a worker
 *
 * Ends the thread after the task it is in, without waiting for it. Tasks still queued return
 * %G_IO_ERROR_CANCELLED.
 */
void
wd_worker_thread_shut_down (WdWorkerThread *self)
{
  g_return_if_fail (WD_IS_WORKER_THREAD (self));

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * wd_worker_thread_wait:
 * @self: a worker that was shut down
 * @milliseconds: at most
 *
 * For a program about to exit: waits until the thread has freed its resource, so that connections
 * are closed in good order. Not for a main loop.
 *
 * Returns: whether it has
 */
gboolean
wd_worker_thread_wait (WdWorkerThread *self, guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  gboolean ended = TRUE;

  g_return_val_if_fail (WD_IS_WORKER_THREAD (self), FALSE);

  g_mutex_lock (&self->lock);
  while (self->thread != NULL && !self->ended && ended)
    ended = g_cond_wait_until (&self->changed, &self->lock, deadline);
  ended = self->thread == NULL || self->ended;
  g_mutex_unlock (&self->lock);
  return ended;
}
