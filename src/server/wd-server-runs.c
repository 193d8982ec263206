/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk runs take minutes, and nobody waits for an answer that long: whoever starts one is told as
 * soon as it is known to go on, and asks now and then how far it is, which stands in the database.
 * There is no list of runs but the one there: a service that dies leaves them to whoever comes
 * next, when nothing was heard of it for a minute. */

#include "server/wd-server-runs.h"

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "direct/wd-direct-service.h"
#include "server/wd-server-log.h"

/* What may not be run is known by then, and a small run is done. */
#define BEGUN_MS 1500

/* Whether those who let them go on may still do so is asked that often. */
#define CHECK_MS ((guint) (wd_fault_span ("runs:check", 5000000) / 1000))

typedef struct {
  WdServerRunsFunc func;
  gpointer data;
} Waiter;

typedef struct {
  WdServerRuns *runs;          /* (unowned) */
  char *id;                    /* (owned) */
  WdApiToken *token;           /* (owned): of who let it go on last */
  GCancellable *cancellable;   /* (owned): pauses it */
  GArray *begun;               /* (owned) (element-type Waiter): until it is known to go on */
  GArray *ended;               /* (owned) (element-type Waiter): until it ends */
  guint timer;
  guint place;
  gboolean goes_on;
} Run;

struct _WdServerRuns {
  guint n_references;
  WdServerPool *pool;          /* (unowned): outlives it */
  WdServerTokens *tokens;      /* (unowned): outlive it */
  GHashTable *by_id;           /* (owned) (element-type utf8 Run) */
  guint most;
  guint timer;                 /* while there are runs */
};

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->timer, g_source_remove);
  wd_api_token_unref (run->token);
  g_object_unref (run->cancellable);
  g_array_unref (run->begun);
  g_array_unref (run->ended);
  g_free (run->id);
  g_free (run);
}

/**
 * wd_server_runs_new:
 * @pool: who works on them; outlives them
 * @tokens: who may let them go on; outlive them
 * @most: how many at a time
 *
 * Returns: (transfer full): none yet
 */
WdServerRuns *
wd_server_runs_new (WdServerPool *pool, WdServerTokens *tokens, guint most)
{
  WdServerRuns *self = g_new0 (WdServerRuns, 1);

  self->n_references = 1;
  self->pool = pool;
  self->tokens = tokens;
  self->most = most;
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, run_free);
  return self;
}

static void
drop (WdServerRuns *self)
{
  if (--self->n_references == 0)
    g_free (self);
}

/**
 * wd_server_runs_free:
 * @self: (transfer full): runs, of which none goes on
 */
void
wd_server_runs_free (WdServerRuns *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  drop (self);
}

/* Whose token is not valid any more moves no more money. While nobody can tell, it goes on. */
static void
checked_cb (WdApiToken *token, const GError *error, gpointer data)
{
  WdServerRuns *self = data;
  GHashTableIter iter;
  gpointer value;

  if (error == NULL && self->by_id != NULL)
    {
      g_hash_table_iter_init (&iter, self->by_id);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const Run *run = value;

          if (g_cancellable_is_cancelled (run->cancellable)
              || wd_server_tokens_has (self->tokens, run->token))
            continue;
          wd_server_log_text ("warning", "Bulk run %s pauses: the token “%s”, which let it go on, "
                              "was revoked", run->id, run->token->name);
          g_cancellable_cancel (run->cancellable);
        }
    }
  drop (self);
}

static gboolean
check_cb (gpointer data)
{
  WdServerRuns *self = data;

  if (g_hash_table_size (self->by_id) == 0)
    {
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  self->n_references++;
  wd_server_tokens_look (self->tokens, checked_cb, self);
  return G_SOURCE_CONTINUE;
}

/* Each is told once. */
static void
tell (GArray *waiters, const GError *error)
{
  g_autoptr (GArray) all = g_array_copy (waiters);

  g_array_set_size (waiters, 0);
  for (guint i = 0; i < all->len; i++)
    {
      const Waiter *waiter = &g_array_index (all, Waiter, i);

      waiter->func (error, waiter->data);
    }
}

static void
goes_on (Run *run)
{
  run->goes_on = TRUE;
  g_clear_handle_id (&run->timer, g_source_remove);
  tell (run->begun, NULL);
}

static gboolean
begun_cb (gpointer data)
{
  Run *run = data;

  run->timer = 0;
  goes_on (run);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (gint64 done, gint64 refused, gint64 total, gpointer data)
{
  /* Where nothing is left it is about to end, and that is the better answer. */
  if (done + refused < total)
    goes_on (data);
}

static void
log_end (const Run *run, const WdBulkRun *done, const GError *error)
{
  if (done != NULL)
    wd_server_log_text ("info", "Bulk run %s is done: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                        ", %" G_GINT64_FORMAT " refused", run->id, done->done, done->total,
                        done->refused);
  else if (wd_error_is_cancelled (error))
    wd_server_log_text ("info", "Bulk run %s is paused", run->id);
  else
    wd_server_log_text ("error", "Bulk run %s is paused: %s", run->id, error->message);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  WdServerRuns *self = run->runs;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) done = wd_direct_run_bulk_finish (WD_DIRECT_BACKEND (source), result,
                                                          &error);

  log_end (run, done, error);
  wd_server_pool_give_back (self->pool, WD_SERVER_RUNS, run->place);
  g_hash_table_steal (self->by_id, run->id);
  tell (run->begun, wd_error_is_cancelled (error) ? NULL : error);
  tell (run->ended, NULL);
  run_free (run);
}

static void
add (GArray *waiters, WdServerRunsFunc func, gpointer data)
{
  Waiter waiter = { func, data };

  g_array_append_val (waiters, waiter);
}

/**
 * wd_server_runs_start:
 * @self: runs
 * @id: of one that somebody wants to go on
 * @origin: on whose behalf
 * @token: of that one: when it is revoked, the run pauses
 * @func: called once, as soon as it goes on, is done, or cannot
 * @data: for @func
 *
 * One that goes on already does so.
 *
 * Returns: whether it was started; else @func is not called
 */
WdServerRunsStart
wd_server_runs_start (WdServerRuns *self, const char *id, WdOrigin *origin, WdApiToken *token,
                      WdServerRunsFunc func, gpointer data)
{
  Run *run = g_hash_table_lookup (self->by_id, id);
  WdBackend *backend;

  if (run != NULL && g_cancellable_is_cancelled (run->cancellable))
    return WD_SERVER_RUNS_PAUSING;
  if (run != NULL)
    {
      wd_api_token_unref (run->token);
      run->token = wd_api_token_ref (token);
    }
  if (run != NULL && run->goes_on)
    {
      func (NULL, data);
      return WD_SERVER_RUNS_STARTED;
    }
  if (run == NULL)
    {
      if (g_hash_table_size (self->by_id) >= self->most)
        return WD_SERVER_RUNS_FULL;
      run = g_new0 (Run, 1);
      run->runs = self;
      run->id = g_strdup (id);
      run->token = wd_api_token_ref (token);
      run->cancellable = g_cancellable_new ();
      run->begun = g_array_new (FALSE, FALSE, sizeof (Waiter));
      run->ended = g_array_new (FALSE, FALSE, sizeof (Waiter));
      run->timer = g_timeout_add (BEGUN_MS, begun_cb, run);
      g_hash_table_insert (self->by_id, run->id, run);
      if (self->timer == 0)
        self->timer = g_timeout_add (CHECK_MS, check_cb, self);
      backend = wd_server_pool_take (self->pool, WD_SERVER_RUNS, &run->place);
      wd_direct_run_bulk_async (WD_DIRECT_BACKEND (backend), id, origin, progress_cb, run,
                                run->cancellable, ended_cb, run);
    }
  add (run->begun, func, data);
  return WD_SERVER_RUNS_STARTED;
}

/**
 * wd_server_runs_has:
 * @self: runs
 * @id: of any
 *
 * Returns: whether it is one of them
 */
gboolean
wd_server_runs_has (WdServerRuns *self, const char *id)
{
  return g_hash_table_contains (self->by_id, id);
}

/**
 * wd_server_runs_stop:
 * @self: runs
 * @id: of one that somebody wants to pause
 * @func: called once, when nothing goes on any more
 * @data: for @func
 *
 * Returns: whether it is one of them; else @func is not called
 */
gboolean
wd_server_runs_stop (WdServerRuns *self, const char *id, WdServerRunsFunc func, gpointer data)
{
  Run *run = g_hash_table_lookup (self->by_id, id);

  if (run == NULL)
    return FALSE;
  add (run->ended, func, data);
  g_cancellable_cancel (run->cancellable);
  return TRUE;
}

/**
 * wd_server_runs_stop_all:
 * @self: runs
 *
 * Each pauses between two slices; wd_server_runs_get_n() says when all have.
 */
void
wd_server_runs_stop_all (WdServerRuns *self)
{
  GHashTableIter iter;
  gpointer run;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    g_cancellable_cancel (((Run *) run)->cancellable);
}

/**
 * wd_server_runs_get_n:
 * @self: runs
 *
 * Returns: how many go on
 */
guint
wd_server_runs_get_n (WdServerRuns *self)
{
  return g_hash_table_size (self->by_id);
}
