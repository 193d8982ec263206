/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sample data to explore: servers of their own, what fills them, and workers that go on.
 *
 * All of it is done in one worker thread; the main thread keeps the pipe whose end ends the
 * servers, and hears when one of them ends by itself. */

#include "sample/wd-sample.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-sample-place.h"
#include "base/wd-worker-thread.h"
#include "sample/wd-sample-servers.h"
#include "sample/wd-sample-workers.h"

struct _WdSample {
  GObject parent_instance;

  WdWorkerThread *thread;    /* (owned) (nullable): while it is started or runs */
  WdSampleServers *servers;  /* (owned) (nullable) */
  GCancellable *working;     /* (owned) (nullable): of the workers */
  guint watch;               /* source id */
};

/* What the thread works on. */
typedef struct {
  WdSampleSite *site;        /* (owned) (nullable): once it was made */
} Shop;

typedef struct {
  WdSample *self;            /* (owned) */
  WdSampleStep step;
} Step;

enum {
  SIGNAL_STEP,
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSample, wd_sample, G_TYPE_OBJECT)

/* Worker. */
static void
shop_free (gpointer data)
{
  Shop *shop = data;

  wd_sample_site_free (shop->site);
  g_free (shop);
}

static const char *
step_text (WdSampleStep step)
{
  switch (step)
    {
    case WD_SAMPLE_STEP_CLUSTER:
      return _("Making a private PostgreSQL…");
    case WD_SAMPLE_STEP_SERVERS:
      return _("Starting PostgreSQL and Redis…");
    case WD_SAMPLE_STEP_TABLES:
      return _("Making the tables…");
    case WD_SAMPLE_STEP_ROWS:
      return _("Inventing wallets and jobs…");
    case WD_SAMPLE_STEP_JOBS:
      return _("Queuing jobs…");
    default:
      g_assert_not_reached ();
    }
}

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  g_signal_emit (step->self, signals[SIGNAL_STEP], 0, step_text (step->step));
  return G_SOURCE_REMOVE;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->self);
  g_free (step);
}

/* Worker. */
static void
progress (WdSampleStep step, gpointer data)
{
  Step *told = g_new0 (Step, 1);

  told->self = g_object_ref (data);
  told->step = step;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, told, step_free);
}

/* Worker. */
static void
start (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  WdSample *self = g_task_get_source_object (task);
  Shop *shop = resource;
  g_autoptr (WdSampleServers) servers = NULL;
  GError *error = NULL;

  servers = wd_sample_servers_start (progress, self, cancellable, &error);
  if (servers != NULL)
    shop->site = wd_sample_site_make (servers, progress, self, cancellable, &error);
  if (shop->site != NULL)
    g_task_return_pointer (task, g_steal_pointer (&servers),
                           (GDestroyNotify) wd_sample_servers_free);
  else
    g_task_return_error (task, error);
}

/* Worker. */
static void
run_workers (GTask *task, gpointer resource, gpointer task_data, GCancellable *cancellable)
{
  wd_sample_workers_run (((Shop *) resource)->site, cancellable);
  g_task_return_boolean (task, TRUE);
}

static gboolean
servers_cb (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (WdSample) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;

  if (wd_sample_servers_check (self->servers, &error))
    return G_SOURCE_CONTINUE;
  self->watch = 0;
  wd_sample_stop (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
  return G_SOURCE_REMOVE;
}

static void
wd_sample_dispose (GObject *object)
{
  wd_sample_stop (WD_SAMPLE (object));
  G_OBJECT_CLASS (wd_sample_parent_class)->dispose (object);
}

static void
wd_sample_class_init (WdSampleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_sample_dispose;

  /* What is being done, translated, while it is started. */
  signals[SIGNAL_STEP] =
    g_signal_new ("step", WD_TYPE_SAMPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);
  /* A server ended by itself, and with it the sample: why. */
  signals[SIGNAL_ENDED] =
    g_signal_new ("ended", WD_TYPE_SAMPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_ERROR);
}

static void
wd_sample_init (WdSample *self)
{
}

/**
 * wd_sample_new:
 *
 * Returns: (transfer full): sample data that are not there yet
 */
WdSample *
wd_sample_new (void)
{
  return g_object_new (WD_TYPE_SAMPLE, NULL);
}

/**
 * wd_sample_start_async:
 * @self: sample data that are not there
 * @cancellable: (nullable): a cancellable; what was begun is cleared up
 * @callback: called with the answer
 * @data: for @callback
 *
 * Emits "step" on the way.
 */
void
wd_sample_start_async (WdSample *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_SAMPLE (self));
  g_return_if_fail (self->thread == NULL);

  self->thread = wd_worker_thread_new ("wd-sample", g_new0 (Shop, 1), shop_free);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wd_sample_start_async);
  wd_worker_thread_push (self->thread, task, start);
}

static WdProfile *
make_profile (const char *folder)
{
  WdProfile *profile = wd_profile_create (_("Sample Data"));

  profile->passing = TRUE;
  profile->keyring = FALSE;
  profile->sample = g_strdup (folder);
  profile->database_url = wd_sample_place_database_url (folder);
  profile->redis_url = wd_sample_place_redis_url (folder);
  return profile;
}

/**
 * wd_sample_start_finish:
 * @self: the sample data
 * @result: of the call
 * @error: %WD_ERROR_NOT_FOUND where servers are not installed, %WD_ERROR_REFUSED as root,
 *   %WD_ERROR_FAILED with what a server said; nothing was left behind
 *
 * Its workers begin now.
 *
 * Returns: (transfer full): how to connect
 */
WdProfile *
wd_sample_start_finish (WdSample *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GTask) task = NULL;
  WdProfile *profile;

  self->servers = g_task_propagate_pointer (G_TASK (result), error);
  if (self->servers == NULL)
    {
      wd_sample_stop (self);
      return NULL;
    }
  self->working = g_cancellable_new ();
  self->watch = g_unix_fd_add (wd_sample_servers_get_fd (self->servers), G_IO_IN, servers_cb, self);
  profile = make_profile (wd_sample_servers_get_folder (self->servers));
  task = g_task_new (NULL, self->working, NULL, NULL);
  g_task_set_source_tag (task, wd_sample_start_finish);
  wd_worker_thread_push (self->thread, task, run_workers);
  return profile;
}

/**
 * wd_sample_stop:
 * @self: the sample data
 *
 * Ends workers and servers and removes what they kept, without waiting for it.
 */
void
wd_sample_stop (WdSample *self)
{
  g_return_if_fail (WD_IS_SAMPLE (self));

  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  if (self->thread != NULL)
    wd_worker_thread_shut_down (self->thread);
  g_clear_object (&self->thread);
  g_clear_pointer (&self->servers, wd_sample_servers_free);
}
