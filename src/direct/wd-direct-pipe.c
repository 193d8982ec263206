/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps 2 and 3 of a slice, in a thread with a lane of its own, beside step 1 of the slice after
 * it: Redis and PostgreSQL then work at the same time. Nothing of the protocol changes. A slice is
 * handed over when its promises are committed, and waits for the one before, so whoever dies leaves
 * two slices of promises at most; and the Redis that the thread's connection reaches must be the
 * one that the promises name.
 *
 * A result belongs to the thread from wd_direct_pipe_send() until wd_direct_pipe_wait(). */

#include "direct/wd-direct-pipe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-settlement.h"

typedef struct {
  char *identity;         /* (owned) */
  GPtrArray *jobs;        /* (owned) */
  GPtrArray *entries;     /* (owned) */
  WdActionResult *result; /* (owned) */
} Load;

struct _WdDirectPipe {
  GThread *thread;        /* (owned) (nullable): made with the first load */
  WdLane *lane;           /* (owned) (thread) */
  GMutex mutex;
  GCond cond;
  Load *load;             /* (owned) (nullable) (mutex): not begun yet */
  guint64 n_sent;         /* (mutex) */
  guint64 n_delivered;    /* (mutex) */
  gboolean closing;       /* (mutex) */
};

static void
load_free (Load *load)
{
  g_free (load->identity);
  g_ptr_array_unref (load->jobs);
  g_ptr_array_unref (load->entries);
  wd_action_result_unref (load->result);
  g_free (load);
}

/* Nothing is sent to another Redis than the promises say: they stay for whoever can tell. */
static void
leave_open (WdDirectPipe *self, const Load *load, const WdBullmqSite *site, const GError *problem)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  g_autoptr (WdBullmqSite) none = g_new0 (WdBullmqSite, 1);

  g_ptr_array_set_size (results, (int) load->entries->len);
  wd_settle (self->lane, site != NULL ? site : none, load->jobs, load->entries, results, problem,
             load->result);
}

static void
deliver (WdDirectPipe *self, const Load *load)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WdBullmqSite) site = wd_lane_read_site (self->lane, TRUE, NULL, &problem);

  if (site != NULL && strcmp (wd_bullmq_site_get_identity (site), load->identity) != 0)
    problem = g_error_new_literal (WD_ERROR, WD_ERROR_NO_CONNECTION,
                                   _("Another Redis answered at this very moment: it was not "
                                     "sent. Order it again."));
  if (problem != NULL)
    leave_open (self, load, site, problem);
  else
    wd_direct_deliver (self->lane, site, load->jobs, load->entries, load->result);
}

static gpointer
run (gpointer data)
{
  WdDirectPipe *self = data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      Load *load;

      while (self->load == NULL && !self->closing)
        g_cond_wait (&self->cond, &self->mutex);
      load = g_steal_pointer (&self->load);
      if (load == NULL)
        break;
      g_mutex_unlock (&self->mutex);
      deliver (self, load);
      load_free (load);
      g_mutex_lock (&self->mutex);
      self->n_delivered++;
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
  wd_lane_disconnect (self->lane);
  return NULL;
}

/**
 * wd_direct_pipe_new:
 * @lane: of whoever makes the promises: where to, and on whose behalf
 *
 * Connects with its first load.
 *
 * Returns: (transfer full): a pipe, used by one thread
 */
WdDirectPipe *
wd_direct_pipe_new (WdLane *lane)
{
  WdDirectPipe *self = g_new0 (WdDirectPipe, 1);

  self->lane = wd_lane_new ((WdProfile *) wd_lane_get_profile (lane));
  wd_lane_act_as (self->lane, lane);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

/**
 * wd_direct_pipe_free:
 * @self: (transfer full): a pipe
 *
 * Waits until everything it was given is delivered, or known not to be. Blocks.
 */
void
wd_direct_pipe_free (WdDirectPipe *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  wd_lane_free (self->lane);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/**
 * wd_direct_pipe_send:
 * @self: a pipe
 * @identity: of the Redis that the promises name
 * @jobs: (element-type WdJob): what step 1 wrote
 * @entries: (element-type WdOutboxEntry): their promises beside them
 * @result: gets an outcome or a refusal for each; nobody may touch it until
 *   wd_direct_pipe_wait() for wd_direct_pipe_get_sent()
 *
 * Waits until the one before is delivered. Each step of that has a deadline, so the wait has an
 * end. Blocks.
 */
void
wd_direct_pipe_send (WdDirectPipe *self, const char *identity, GPtrArray *jobs, GPtrArray *entries,
                     WdActionResult *result)
{
  Load *load = g_new0 (Load, 1);

  load->identity = g_strdup (identity);
  load->jobs = g_ptr_array_ref (jobs);
  load->entries = g_ptr_array_ref (entries);
  load->result = wd_action_result_ref (result);
  if (self->thread == NULL)
    self->thread = g_thread_new ("wd-pipe", run, self);
  g_mutex_lock (&self->mutex);
  while (self->n_delivered < self->n_sent)
    g_cond_wait (&self->cond, &self->mutex);
  self->load = load;
  self->n_sent++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * wd_direct_pipe_get_sent:
 * @self: a pipe
 *
 * Returns: how many loads it was given: the number of the last one
 */
guint64
wd_direct_pipe_get_sent (WdDirectPipe *self)
{
  guint64 n_sent;

  g_mutex_lock (&self->mutex);
  n_sent = self->n_sent;
  g_mutex_unlock (&self->mutex);
  return n_sent;
}

/**
 * wd_direct_pipe_wait:
 * @self: a pipe
 * @number: of a load
 *
 * Returns when that one and those before it are delivered, or known not to be. Blocks.
 */
void
wd_direct_pipe_wait (WdDirectPipe *self, guint64 number)
{
  g_mutex_lock (&self->mutex);
  while (self->n_delivered < number)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
