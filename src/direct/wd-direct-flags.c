/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One look at the wallets with flags, and the jobs that are due by it: of a few pages, for the next
 * look goes on where this one ended, and after the last wallet at the first. What is due is decided
 * by wd_flag_rule(), here over what was read without a lock, and again in the transaction that
 * makes the job (wd-pg-flagged.c). */

#include "direct/wd-direct-flags.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-dispatch.h"
#include "direct/wd-direct-write.h"
#include "model/wd-request.h"
#include "postgres/wd-pg-flagged.h"
#include "postgres/wd-pg-migrator.h"
#include "postgres/wd-pg-setting.h"

#define PAGE  200
#define PAGES 10
/* Wallets of one transaction: few enough to hold their locks for milliseconds. */
#define SLICE 50

typedef struct {
  WdLane *lane;                       /* (unowned) */
  const WdFlagRoundRequest *request;  /* (unowned) */
  WdFlagRound *round;                 /* (unowned) */
  WdPgFlagTurn turn;
  guint room;                         /* how many jobs more this minute has room for */
  GCancellable *cancellable;          /* (unowned) (nullable) */
} Look;

/* What is to be done about the wallets of one page. */
typedef struct {
  GPtrArray *due;      /* (owned) (element-type WdFlagFacts): unowned ones */
  WdPgFlagNote ended;
  WdPgFlagNote stopped;
} Page;

static void
init_page (Page *page)
{
  page->due = g_ptr_array_new ();
  page->ended = (WdPgFlagNote) { g_ptr_array_new (), g_ptr_array_new () };
  page->stopped = (WdPgFlagNote) { g_ptr_array_new (), g_ptr_array_new () };
}

static void
clear_page (Page *page)
{
  g_ptr_array_unref (page->due);
  g_ptr_array_unref (page->ended.addresses);
  g_ptr_array_unref (page->ended.jobs);
  g_ptr_array_unref (page->stopped.addresses);
  g_ptr_array_unref (page->stopped.jobs);
}

static void
note (WdPgFlagNote *note, const WdFlagFacts *facts)
{
  g_ptr_array_add (note->addresses, facts->address);
  g_ptr_array_add (note->jobs, facts->served_job);
}

static void
sort_page (Look *self, GPtrArray *wallets, Page *page)
{
  WdFlagRound *round = self->round;
  WdFlag flag = self->turn.flag;

  for (guint i = 0; i < wallets->len; i++)
    {
      const WdFlagFacts *facts = wallets->pdata[i];
      WdFlagVerdict verdict = wd_flag_rule (flag, facts, self->turn.policy);

      round->n[flag][verdict]++;
      if (wd_flag_facts_has_ended (facts))
        note (&page->ended, facts);
      if (verdict == WD_FLAG_STOPPED && !self->request->dry_run
          && wd_flag_facts_is_new_stop (facts))
        {
          note (&page->stopped, facts);
          wd_flag_round_add (round->stopped, flag, facts, facts->served_job);
        }
      if (verdict != WD_FLAG_DUE)
        continue;
      if (wd_wallet_address_validate (facts->address, NULL))
        g_ptr_array_add (page->due, (gpointer) facts);
      else if (round->unusable == NULL)
        round->unusable = g_strescape (facts->address, NULL);
    }
}

/* Somebody else's jobs are none of ours: that one was faster is no error. */
static void
take_result (Look *self, GPtrArray *due, const WdActionResult *result)
{
  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];

      for (guint j = 0; j < due->len; j++)
        {
          const WdFlagFacts *facts = due->pdata[j];

          if (strcmp (facts->address, outcome->job->wallet_address) == 0)
            wd_flag_round_add (self->round->made, self->turn.flag, facts, outcome->job->id);
        }
      if (!outcome->delivered)
        self->round->n_undelivered++;
    }
}

/* FALSE: nothing more should be tried. */
static gboolean
serve_some (Look *self, GPtrArray *due, guint first, guint n, GError **error)
{
  g_autoptr (GPtrArray) wallets = g_ptr_array_new ();
  g_autoptr (WdActionResult) result = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (wallets, ((WdFlagFacts *) due->pdata[i])->address);
  g_ptr_array_add (wallets, NULL);
  result = wd_direct_dispatch_flagged (self->lane, &self->turn,
                                       (const char *const *) wallets->pdata, self->cancellable,
                                       error);
  if (result == NULL)
    return FALSE;
  self->round->standing_by = !self->turn.taken;
  take_result (self, due, result);
  return self->turn.taken;
}

/* A wallet for which the database takes no job, whatever the reason, must not keep the others from
 * theirs. */
static gboolean
serve_slice (Look *self, GPtrArray *due, guint first, guint n, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (serve_some (self, due, first, n, &local))
    return TRUE;
  for (guint i = first; g_error_matches (local, WD_ERROR, WD_ERROR_FAILED) && i < first + n; i++)
    {
      g_autoptr (GError) of_one = NULL;

      if (serve_some (self, due, i, 1, &of_one))
        continue;
      if (!g_error_matches (of_one, WD_ERROR, WD_ERROR_FAILED))
        {
          if (of_one != NULL)
            g_propagate_error (error, g_steal_pointer (&of_one));
          return FALSE;
        }
      g_free (self->round->failure);
      self->round->failure = g_strdup_printf ("%s: %s", ((WdFlagFacts *) due->pdata[i])->address,
                                              of_one->message);
    }
  if (g_error_matches (local, WD_ERROR, WD_ERROR_FAILED))
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Returns: how many of them it got to */
static guint
serve_page (Look *self, GPtrArray *due, GError **error)
{
  guint n = MIN (due->len, self->room);

  for (guint i = 0; self->request->dry_run && i < n; i++)
    wd_flag_round_add (self->round->made, self->turn.flag, due->pdata[i], NULL);
  if (self->request->dry_run)
    return n;
  for (guint first = 0; first < n; first += SLICE)
    if (!serve_slice (self, due, first, MIN (SLICE, n - first), error))
      return first;
  return n;
}

static gboolean
write_notes (Look *self, WdPgConnection *postgres, const Page *page, GError **error)
{
  if (self->request->dry_run
      || (page->ended.addresses->len == 0 && page->stopped.addresses->len == 0))
    return TRUE;
  if (!wd_pg_flagged_note (postgres, &self->turn, &page->ended, &page->stopped,
                           wd_deadline_in (WD_WRITE_MS), self->cancellable, error))
    return FALSE;
  self->round->standing_by = !self->turn.taken;
  return self->turn.taken;
}

/* Does what is to be done about the wallets of a page, and notes in @after how far it got. Returns:
 * whether to go on with the page after it. */
static gboolean
work_page (Look *self, WdPgConnection *postgres, GPtrArray *wallets, Page *page, char **after,
           GError **error)
{
  guint n_told = self->round->stopped->len;
  const WdFlagFacts *last = NULL;
  guint n_served;

  sort_page (self, wallets, page);
  if (!write_notes (self, postgres, page, error))
    {
      /* Only whoever writes it tells of it. */
      g_ptr_array_set_size (self->round->stopped, (int) n_told);
      return FALSE;
    }
  n_served = serve_page (self, page->due, error);
  if (n_served < page->due->len && n_served == 0)
    return FALSE;
  if (n_served < page->due->len)
    last = page->due->pdata[n_served - 1];
  else if (wallets->len == PAGE)
    last = wallets->pdata[PAGE - 1];
  g_free (*after);
  *after = last != NULL ? g_strdup (last->address) : NULL;
  return last != NULL && n_served == page->due->len;
}

/* Returns: whether to go on with the page after it */
static gboolean
look_at_page (Look *self, char **after, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, self->cancellable, error);
  g_autoptr (GPtrArray) wallets = NULL;
  gboolean goes_on;
  Page page;

  if (postgres == NULL)
    return FALSE;
  wallets = wd_pg_flagged_list (postgres, &self->turn, *after, PAGE, &self->room,
                                wd_deadline_in (WD_READ_MS), self->cancellable, error);
  if (wallets == NULL)
    return FALSE;
  init_page (&page);
  goes_on = work_page (self, postgres, wallets, &page, after, error);
  clear_page (&page);
  return goes_on;
}

/* Why no jobs of the type are made now, though they could be. */
static char *
find_hindrance (Look *self, gboolean uses_queue, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (self->lane);
  const WdQueueMapping *mapping
      = wd_profile_get_mapping (profile, wd_flag_job_type (self->turn.flag));
  g_autoptr (WdQueueCounts) counts = NULL;
  g_autoptr (GError) local = NULL;

  if (!uses_queue)
    return NULL;
  counts = wd_direct_read_queue (self->lane, mapping->queue, self->cancellable, &local);
  if (counts == NULL && g_error_matches (local, WD_ERROR, WD_ERROR_LAYOUT))
    return g_strdup (local->message);
  if (counts == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (counts->paused)
    return g_strdup_printf (_("The queue “%s” is paused"), mapping->queue);
  return NULL;
}

static gboolean
look_at_flag (Look *self, WdFlag flag, gboolean uses_queue, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *after = g_strdup (self->request->after[flag]);
  guint n_pages = 0;

  self->turn = (WdPgFlagTurn) { .flag = flag, .policy = &self->request->policy };
  self->round->hindrance[flag] = find_hindrance (self, uses_queue, &local);
  if (local == NULL && self->round->hindrance[flag] == NULL)
    while (look_at_page (self, &after, &local) && ++n_pages < PAGES)
      continue;
  self->round->has_more |= local == NULL && !self->round->standing_by
                           && n_pages == PAGES;
  g_free (self->round->after[flag]);
  self->round->after[flag] = g_steal_pointer (&after);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* How a site delivers is settled by whoever dispatches first: not by a service that was told of no
 * Redis, perhaps by mistake. */
static gboolean
find_delivery (Look *self, gboolean *uses_queue, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, self->cancellable, error);
  g_autoptr (GError) local = NULL;
  g_autofree char *agreed = NULL;

  if (postgres == NULL)
    return FALSE;
  agreed = wd_pg_setting_get (postgres, "delivery", wd_deadline_in (WD_READ_MS), self->cancellable,
                              &local);
  if (agreed != NULL)
    return wd_direct_agree_delivery (self->lane, uses_queue, self->cancellable, error);
  *uses_queue = TRUE;
  if (!g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!wd_lane_has_redis (self->lane))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                         _("It is not settled yet how this site's workers get their jobs: "
                           "dispatch one by hand first"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check (Look *self, GError **error)
{
  WdPgConnection *postgres;

  if (!self->request->dry_run)
    return wd_lane_check_writable (self->lane, self->cancellable, error);
  postgres = wd_lane_get_postgres (self->lane, self->cancellable, error);
  return postgres != NULL
         && wd_pg_schema_is_current (postgres, wd_deadline_in (WD_READ_MS), self->cancellable,
                                     error);
}

static WdFlagRound *
serve_flags (WdLane *lane, const WdFlagRoundRequest *request, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (WdFlagRound) round = wd_flag_round_create ();
  Look self = { .lane = lane, .request = request, .round = round, .cancellable = cancellable };
  g_autoptr (GError) local = NULL;
  gboolean uses_queue;

  if (!check (&self, error) || !find_delivery (&self, &uses_queue, error))
    return NULL;
  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag < WD_N_FLAGS; flag++)
    round->after[flag] = g_strdup (request->after[flag]);
  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag < WD_N_FLAGS && !round->standing_by; flag++)
    if (!look_at_flag (&self, flag, uses_queue, &local))
      break;
  /* What was made is told before what went wrong after it: that comes again. */
  if (local == NULL || round->made->len > 0 || round->stopped->len > 0)
    return g_steal_pointer (&round);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
serve_flags_cb (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  g_autoptr (WdOrigin) origin = wd_origin_create ("system", wd_actor_get_default ()->host);
  GError *error = NULL;
  WdFlagRound *round;

  wd_lane_act_for (lane, origin);
  round = serve_flags (lane, data, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  wd_direct_return (task, round, wd_flag_round_unref, error);
}

/**
 * wd_direct_serve_flags_async:
 * @self: a backend
 * @request: how, and where to go on
 * @cancellable: (nullable): heeded until a transaction is committed
 * @callback: called with the answer
 * @data: for @callback
 *
 * Makes the jobs that are due for wallets with flags, at most so many, as "system".
 */
void
wd_direct_serve_flags_async (WdDirectBackend *self, const WdFlagRoundRequest *request,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wd_direct_serve_flags_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, wd_flag_round_request_copy (request),
                        (GDestroyNotify) wd_flag_round_request_free);
  wd_worker_thread_push (self->writes, task, serve_flags_cb);
}

/**
 * wd_direct_serve_flags_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR: nothing was made
 *
 * Returns: (transfer full): what was made
 */
WdFlagRound *
wd_direct_serve_flags_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
