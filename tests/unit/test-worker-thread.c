/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "base/wd-worker-thread.h"

/* What one test's tasks leave behind. */
typedef struct {
  GString *order;        /* (worker) letters of the tasks that ran */
  GMutex gate;           /* held by the test to keep the worker busy */
  int answers;
  int cancelled;
  int freed;             /* (atomic) */
  int idle;              /* (atomic) */
} Trace;

static void
free_resource (gpointer resource)
{
  g_atomic_int_inc (&((Trace *) resource)->freed);
}

static void
idle (gpointer resource)
{
  g_atomic_int_inc (&((Trace *) resource)->idle);
}

static void
run_letter (GTask *task, gpointer resource, gpointer letter, GCancellable *cancellable)
{
  Trace *trace = resource;

  g_string_append (trace->order, letter);
  g_task_return_boolean (task, TRUE);
}

static void
run_gate (GTask *task, gpointer resource, gpointer letter, GCancellable *cancellable)
{
  Trace *trace = resource;

  g_mutex_lock (&trace->gate);
  g_mutex_unlock (&trace->gate);
  g_task_return_boolean (task, TRUE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Trace *trace = data;
  g_autoptr (GError) error = NULL;

  trace->answers++;
  if (!g_task_propagate_boolean (G_TASK (result), &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    trace->cancelled++;
}

static void
push (WdWorkerThread *worker, Trace *trace, const char *letter, WdWorkerFunc func, int priority,
      GCancellable *cancellable)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, answered_cb, trace);

  g_task_set_task_data (task, (gpointer) letter, NULL);
  wd_worker_thread_push_full (worker, task, func, priority);
}

static void
wait_for_answers (Trace *trace, int n)
{
  while (trace->answers < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_flag (int *flag)
{
  for (int i = 0; i < 5000 && g_atomic_int_get (flag) == 0; i++)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (flag), ==, 1);
}

static void
set_up (Trace *trace)
{
  memset (trace, 0, sizeof *trace);
  trace->order = g_string_new (NULL);
  g_mutex_init (&trace->gate);
}

static void
tear_down (Trace *trace)
{
  g_string_free (trace->order, TRUE);
  g_mutex_clear (&trace->gate);
}

static void
test_order (void)
{
  Trace trace;
  g_autoptr (WdWorkerThread) worker = NULL;

  set_up (&trace);
  worker = wd_worker_thread_new ("test", &trace, free_resource);
  g_mutex_lock (&trace.gate);
  push (worker, &trace, "", run_gate, G_PRIORITY_HIGH, NULL);
  push (worker, &trace, "b", run_letter, G_PRIORITY_DEFAULT, NULL);
  push (worker, &trace, "c", run_letter, G_PRIORITY_DEFAULT, NULL);
  push (worker, &trace, "d", run_letter, G_PRIORITY_LOW, NULL);
  push (worker, &trace, "a", run_letter, G_PRIORITY_HIGH, NULL);
  g_mutex_unlock (&trace.gate);
  wait_for_answers (&trace, 5);
  g_assert_cmpstr (trace.order->str, ==, "abcd");
  wd_worker_thread_shut_down (worker);
  g_assert_true (wd_worker_thread_wait (worker, 10000));
  g_assert_cmpint (g_atomic_int_get (&trace.freed), ==, 1);
  tear_down (&trace);
}

static void
test_cancelled_while_queued (void)
{
  Trace trace;
  g_autoptr (WdWorkerThread) worker = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  set_up (&trace);
  worker = wd_worker_thread_new ("test", &trace, free_resource);
  g_mutex_lock (&trace.gate);
  push (worker, &trace, "", run_gate, G_PRIORITY_DEFAULT, NULL);
  push (worker, &trace, "x", run_letter, G_PRIORITY_DEFAULT, cancellable);
  g_cancellable_cancel (cancellable);
  g_mutex_unlock (&trace.gate);
  wait_for_answers (&trace, 2);
  g_assert_cmpstr (trace.order->str, ==, "");
  g_assert_cmpint (trace.cancelled, ==, 1);
  wd_worker_thread_shut_down (worker);
  wait_for_flag (&trace.freed);
  tear_down (&trace);
}

static void
test_shut_down (void)
{
  Trace trace;
  g_autoptr (WdWorkerThread) worker = NULL;

  set_up (&trace);
  worker = wd_worker_thread_new ("test", &trace, free_resource);
  g_mutex_lock (&trace.gate);
  push (worker, &trace, "", run_gate, G_PRIORITY_HIGH, NULL);
  push (worker, &trace, "x", run_letter, G_PRIORITY_DEFAULT, NULL);
  wd_worker_thread_shut_down (worker);
  push (worker, &trace, "y", run_letter, G_PRIORITY_DEFAULT, NULL);
  g_mutex_unlock (&trace.gate);
  wait_for_answers (&trace, 3);
  g_assert_cmpstr (trace.order->str, ==, "");
  g_assert_cmpint (trace.cancelled, >=, 2);
  wait_for_flag (&trace.freed);
  tear_down (&trace);
}

static void
test_never_started (void)
{
  Trace trace;
  WdWorkerThread *worker;

  set_up (&trace);
  worker = wd_worker_thread_new ("test", &trace, free_resource);
  g_object_unref (worker);
  g_assert_cmpint (trace.freed, ==, 1);
  tear_down (&trace);
}

static void
test_idle (void)
{
  Trace trace;
  g_autoptr (WdWorkerThread) worker = NULL;

  set_up (&trace);
  worker = wd_worker_thread_new ("test", &trace, free_resource);
  wd_worker_thread_set_idle (worker, 5, idle);
  push (worker, &trace, "a", run_letter, G_PRIORITY_DEFAULT, NULL);
  wait_for_answers (&trace, 1);
  wait_for_flag (&trace.idle);
  wd_worker_thread_shut_down (worker);
  wait_for_flag (&trace.freed);
  tear_down (&trace);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker-thread/order", test_order);
  g_test_add_func ("/worker-thread/cancelled-while-queued", test_cancelled_while_queued);
  g_test_add_func ("/worker-thread/shut-down", test_shut_down);
  g_test_add_func ("/worker-thread/never-started", test_never_started);
  g_test_add_func ("/worker-thread/idle", test_idle);
  return g_test_run ();
}
