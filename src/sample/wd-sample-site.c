/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sample/wd-sample-site.h"

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "model/wd-profile.h"

/* How long to wait for the servers to listen, and for each thing asked of them. */
#define LISTEN_MS 30000
#define LOOK_MS   25
#define ASK_MS    20000

/* They were started just now: a refusal means that they do not listen yet, unless one has ended. */
static gboolean
wait_listening (WdSampleSite *self, WdSampleServers *servers, GCancellable *cancellable,
                GError **error)
{
  gint64 deadline = wd_deadline_in (LISTEN_MS);

  for (;;)
    {
      g_autoptr (GError) problem = NULL;

      if (wd_pg_sample_connect (self->database, deadline, cancellable, &problem)
          && wd_bullmq_sample_begin (self->queues[0].queue, deadline, cancellable, &problem))
        return TRUE;
      if (!wd_sample_servers_check (servers, error))
        return FALSE;
      if (!g_error_matches (problem, WD_ERROR, WD_ERROR_NO_CONNECTION)
          || wd_deadline_left_ms (deadline) == 0)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!wd_wait_ms (LOOK_MS, cancellable, error))
        return FALSE;
    }
}

static gboolean
put_jobs (WdSampleSite *self, GCancellable *cancellable, GError **error)
{
  for (gsize i = 0; i < self->n_queues; i++)
    {
      GArray *jobs = wd_sample_data_get_queued (self->data, self->queues[i].type->name);

      if (!wd_bullmq_sample_put (self->queues[i].queue, (const WdBullmqSampleJob *) jobs->data,
                                 jobs->len, wd_deadline_in (ASK_MS), cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
connect_site (WdSampleSite *self, const char *folder, GError **error)
{
  g_autoptr (WdProfile) usual = wd_profile_create ("");
  g_autofree char *mark = g_uuid_string_random ();
  const WdJobType *types = wd_job_types (&self->n_queues);

  self->queues = g_new0 (WdSampleQueue, self->n_queues);
  self->database = wd_pg_sample_new (folder, error);
  for (gsize i = 0; i < self->n_queues; i++)
    {
      self->queues[i].type = &types[i];
      self->queues[i].queue = self->database == NULL
                                ? NULL : wd_bullmq_sample_new (folder, usual->prefix,
                                                               types[i].queue, mark, error);
      if (self->queues[i].queue == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * wd_sample_site_make:
 * @servers: just started
 * @progress: told of each step, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): ends it at once
 * @error: in #WD_ERROR, with what a server said
 *
 * Makes tables and queues and fills them. Worker.
 *
 * Returns: (transfer full): what is to be worked on
 */
WdSampleSite *
wd_sample_site_make (WdSampleServers *servers, WdSampleProgress progress, gpointer user_data,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdSampleSite) self = g_new0 (WdSampleSite, 1);

  if (!connect_site (self, wd_sample_servers_get_folder (servers), error)
      || !wait_listening (self, servers, cancellable, error))
    return NULL;
  progress (WD_SAMPLE_STEP_TABLES, user_data);
  if (!wd_pg_sample_migrate (self->database, cancellable, error))
    return NULL;
  progress (WD_SAMPLE_STEP_ROWS, user_data);
  self->data = wd_sample_data_new (wd_time_now ());
  if (!wd_pg_sample_fill (self->database, wd_sample_data_get_wallets (self->data),
                          wd_sample_data_get_jobs (self->data), wd_deadline_in (ASK_MS),
                          cancellable, error))
    return NULL;
  progress (WD_SAMPLE_STEP_JOBS, user_data);
  if (!put_jobs (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wd_sample_site_free:
 * @self: (transfer full) (nullable): a site; its connections are closed. Worker
 */
void
wd_sample_site_free (WdSampleSite *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < self->n_queues; i++)
    wd_bullmq_sample_free (self->queues[i].queue);
  g_free (self->queues);
  wd_pg_sample_free (self->database);
  wd_sample_data_free (self->data);
  g_free (self);
}

/**
 * wd_sample_site_get_queue:
 * @self: a site
 * @job_type: a kind of job
 *
 * Returns: (transfer none): the queue of its jobs
 */
WdSampleQueue *
wd_sample_site_get_queue (WdSampleSite *self, const char *job_type)
{
  for (gsize i = 0; i < self->n_queues; i++)
    if (g_strcmp0 (self->queues[i].type->name, job_type) == 0)
      return &self->queues[i];
  return &self->queues[0];
}
