/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of wallets with a flag, and the jobs that are due for them. What is due is decided by
 * wd_flag_rule(), here over what was read without a lock, and again in the transaction that makes
 * the job (wd-pg-flagged.c). */

#include "direct/wd-flag-look.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-direct-dispatch.h"
#include "model/wd-request.h"

#define PAGE  200
/* Wallets of one transaction: few enough to hold their locks for milliseconds. */
#define SLICE 50

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
sort_page (WdFlagLook *self, GPtrArray *wallets, Page *page)
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
take_result (WdFlagLook *self, GPtrArray *due, const WdActionResult *result)
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

/* FALSE: nothing more should be tried. The turn knows how many of them it got to. */
static gboolean
serve_some (WdFlagLook *self, GPtrArray *due, guint first, guint n, GError **error)
{
  g_autoptr (GPtrArray) wallets = g_ptr_array_new ();
  g_autoptr (WdActionResult) result = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (wallets, ((WdFlagFacts *) due->pdata[i])->address);
  g_ptr_array_add (wallets, NULL);
  self->turn.n_tried = 0;
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
 * theirs. @n_tried becomes how many of them it got to. */
static gboolean
serve_slice (WdFlagLook *self, GPtrArray *due, guint first, guint n, guint *n_tried, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean served = serve_some (self, due, first, n, &local);

  *n_tried = served ? self->turn.n_tried : 0;
  if (served)
    return TRUE;
  for (guint i = first; g_error_matches (local, WD_ERROR, WD_ERROR_FAILED) && i < first + n; i++)
    {
      g_autoptr (GError) of_one = NULL;

      if (serve_some (self, due, i, 1, &of_one))
        {
          if (self->turn.n_tried == 0)
            return TRUE;
          *n_tried += 1;
          continue;
        }
      *n_tried += 1;
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

static guint
pretend (WdFlagLook *self, GPtrArray *due)
{
  guint n = MIN (due->len, self->room);

  for (guint i = 0; i < n; i++)
    wd_flag_round_add (self->round->made, self->turn.flag, due->pdata[i], NULL);
  return n;
}

/* Goes on until as many jobs were made as there is room for: those that are refused take none.
 * Returns: how many of them it got to */
static guint
serve_page (WdFlagLook *self, GPtrArray *due, GError **error)
{
  guint n_before = self->round->made->len;
  guint first = 0;

  if (self->request->dry_run)
    return pretend (self, due);
  while (first < due->len && self->round->made->len - n_before < self->room)
    {
      guint n = MIN (SLICE, due->len - first);
      guint n_tried;

      if (!serve_slice (self, due, first, n, &n_tried, error))
        break;
      first += n_tried;
      if (n_tried < n)
        break;
    }
  return first;
}

static gboolean
write_notes (WdFlagLook *self, WdPgConnection *postgres, const Page *page, GError **error)
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
work_page (WdFlagLook *self, WdPgConnection *postgres, GPtrArray *wallets, Page *page, char **after,
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

/**
 * wd_flag_look_at_page:
 * @self: a look
 * @after: (inout) (nullable): the wallet after which to begin; then the one with which it ended,
 *   %NULL for the last
 * @error: in #WD_ERROR; what was made before it is in the round
 *
 * Makes the jobs that are due for the next wallets with the flag. Worker.
 *
 * Returns: whether to go on with the page after it
 */
gboolean
wd_flag_look_at_page (WdFlagLook *self, char **after, GError **error)
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
