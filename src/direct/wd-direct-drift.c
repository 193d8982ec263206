/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares the rows with the queues. Both go on changing while they are read, and neither is
 * locked: so the first look, in slices of a millisecond of Redis' time and a page of rows, brings
 * suspects only. A while later each of them is looked at again, its queue first and then its row,
 * since a worker tells its row before it ends the job. What was wrong in the same way both times is
 * a finding. */

#include "direct/wd-direct-drift.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "direct/wd-drift-search.h"

#define PAUSE_MS   700

/* Looking for an id in a list looks at every id of it: beyond this much of that in all, only those
 * are looked for of which a census may say something wrong. */
#define MOST_LOOKS 20000000

/* How many ids of lists must be looked at to find all suspects there. */
static gint64
cost_of_looking (WdDriftSearch *self)
{
  GHashTableIter iter;
  gpointer name, census;
  gint64 cost = 0;

  g_hash_table_iter_init (&iter, self->censuses);
  while (g_hash_table_iter_next (&iter, &name, &census))
    {
      gint64 n_here = 0;

      for (guint i = 0; i < self->suspects->len; i++)
        n_here += strcmp (((WdDriftCase *) self->suspects->pdata[i])->queue, name) == 0;
      cost += n_here * g_hash_table_size (wd_bullmq_census_get_jobs (census));
    }
  return cost;
}

/* A census may miss a job that moves while it is taken, or meet it twice. */
static gboolean
needs_exact_look (const WdDriftCase *item, WdDriftKind kind)
{
  return kind == WD_DRIFT_DUPLICATE || kind == WD_DRIFT_ORPHAN
         || (kind == WD_DRIFT_LOST && item->facts.exists);
}

static gboolean
look_by_census (WdDriftSearch *self, GPtrArray *cases, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) censuses
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                               (GDestroyNotify) wd_bullmq_census_free);

  if (!wd_drift_cases_look (self->lane, cases, FALSE, cancellable, error))
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];
      WdBullmqCensus *census = g_hash_table_lookup (censuses, item->queue);
      const WdQueueFacts *facts;

      /* Lost without a record: no list that holds its id would change that it does not run. */
      if (item->kind == WD_DRIFT_LOST && !item->facts.exists)
        continue;
      if (census == NULL)
        {
          census = wd_drift_search_take_census (self, item->queue, NULL, cancellable, error);
          if (census == NULL)
            return FALSE;
          g_hash_table_insert (censuses, item->queue, census);
        }
      facts = g_hash_table_lookup (wd_bullmq_census_get_jobs (census), item->queue_id);
      if (facts != NULL && item->facts.exists == facts->exists)
        item->facts.places |= facts->places;
    }
  return TRUE;
}

/* The second look at all suspects. Their kinds are changed to what is wrong now; those with which
 * nothing is, or something else than before, are dropped. */
static gboolean
confirm (WdDriftSearch *self, GCancellable *cancellable, GError **error)
{
  g_autofree WdDriftKind *before = g_new (WdDriftKind, self->suspects->len);
  g_autoptr (GPtrArray) exact = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean all_exact = cost_of_looking (self) <= MOST_LOOKS;

  for (guint i = 0; i < self->suspects->len; i++)
    {
      WdDriftCase *item = self->suspects->pdata[i];

      before[i] = item->kind;
      g_ptr_array_add (all_exact || needs_exact_look (item, item->kind) ? exact : others, item);
    }
  if ((others->len > 0 && !look_by_census (self, others, cancellable, error))
      || !wd_drift_cases_look (self->lane, exact, TRUE, cancellable, error)
      || !wd_drift_cases_read_rows (self->lane, self->suspects, FALSE, cancellable,
                                       error))
    return FALSE;
  for (guint i = self->suspects->len; i-- > 0;)
    {
      WdDriftCase *item = self->suspects->pdata[i];

      if (!wd_drift_case_judge (item, self->profile)
          || (item->n_rows > 1 ? !g_hash_table_add (told, item->id) : item->kind != before[i]))
        g_ptr_array_remove_index_fast (self->suspects, i);
    }
  return TRUE;
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  const WdDriftCase *one = *(WdDriftCase *const *) a;
  const WdDriftCase *other = *(WdDriftCase *const *) b;
  gint64 age = one->row != NULL ? one->row->age_ms : one->facts.age_ms;
  gint64 other_age = other->row != NULL ? other->row->age_ms : other->facts.age_ms;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  if (age != other_age)
    return age > other_age ? -1 : 1;
  return strcmp (one->id, other->id);
}

/* The findings that are told one by one: the oldest of each kind. */
static GPtrArray *
select_told (WdDriftSearch *self, WdDriftReport *report)
{
  GPtrArray *told = g_ptr_array_new ();
  guint n[WD_N_DRIFTS] = { 0 };

  g_ptr_array_sort (self->suspects, compare_cases);
  for (guint i = 0; i < self->suspects->len; i++)
    {
      WdDriftCase *item = self->suspects->pdata[i];

      wd_drift_report_tally (report, item->kind, wd_drift_case_type (item, self->profile),
                             wd_drift_case_since (item));
      if (n[item->kind]++ < WD_DRIFT_MOST_ITEMS)
        g_ptr_array_add (told, item);
    }
  return told;
}

static WdDriftReport *
make_report (WdDriftSearch *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdDriftReport) report = wd_drift_report_create ();
  g_autoptr (GPtrArray) told = select_told (self, report);
  g_autoptr (GPtrArray) lost = g_ptr_array_new ();

  for (guint i = 0; i < told->len; i++)
    if (((WdDriftCase *) told->pdata[i])->kind == WD_DRIFT_LOST)
      g_ptr_array_add (lost, told->pdata[i]);
  if (!wd_drift_cases_read_events (self->lane, lost, cancellable, error))
    return NULL;
  for (guint i = 0; i < told->len; i++)
    g_ptr_array_add (report->items, wd_drift_case_report (told->pdata[i], self->profile));
  report->n_jobs = self->n_jobs;
  report->n_rows = self->n_rows;
  report->checked_at = wd_time_now ();
  g_strfreev (report->notes);
  g_ptr_array_add (self->notes, NULL);
  report->notes = g_strdupv ((char **) self->notes->pdata);
  return g_steal_pointer (&report);
}

static gboolean
can_compare (WdLane *lane, GCancellable *cancellable, GError **error)
{
  WdPgConnection *postgres;

  if (!wd_lane_has_redis (lane))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                           _("This connection has no Redis: there are no queues to compare the "
                             "rows with"));
      return FALSE;
    }
  postgres = wd_lane_get_postgres (lane, cancellable, error);
  return postgres != NULL
         && wd_pg_drift_can_compare (postgres, wd_deadline_in (WD_READ_MS), cancellable, error);
}

/**
 * wd_direct_check_drift:
 * @lane: a lane of its own
 * @func: (nullable): told how far it is
 * @func_data: for @func
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NOT_SUPPORTED without a Redis, %WD_ERROR_NOT_MIGRATED; or either store's
 *
 * Writes nothing. Worker.
 *
 * Returns: (transfer full): how rows and queues disagree
 */
WdDriftReport *
wd_direct_check_drift (WdLane *lane, WdDirectDriftFunc func, gpointer func_data,
                       GCancellable *cancellable, GError **error)
{
  g_auto (WdDriftSearch) self = { 0 };

  wd_drift_search_init (&self, lane, func, func_data);
  if (!can_compare (lane, cancellable, error) || !wd_drift_search_run (&self, cancellable, error))
    return NULL;
  if (self.suspects->len > 0
      && (!wd_wait_ms (PAUSE_MS, cancellable, error) || !confirm (&self, cancellable, error)))
    return NULL;
  wd_fault_point ("drift:compared");
  return make_report (&self, cancellable, error);
}
