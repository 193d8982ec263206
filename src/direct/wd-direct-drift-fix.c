/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Remedies. What a report said is of the past: each job is looked at again, and nothing is done
 * about one with which something else is wrong by now, or nothing.
 *
 * A job is queued again as a retry is: the row changes and the promise is committed first, then a
 * script adds the job with its receipt, unless there is such a job, or the queue's events say that
 * it completed. Whoever dies in between leaves a promise, as every dispatch does.
 *
 * It is guarded as a retry is, too, against another job of its type under way for its wallet. That
 * it may run twice is said of the job itself and lifts nothing of that: whoever wants both marks
 * the row as failed, and retries it by force. */

#include "direct/wd-direct-drift.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "bullmq/wd-bullmq-queue.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-drift-case.h"
#include "direct/wd-drift-fix.h"
#include "model/wd-retry-rule.h"

#define SLICE 100

/* The job a finding's id names; NULL for what cannot be one. */
static WdDriftCase *
find_case (const WdProfile *profile, const char *id)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  g_autofree char *queue = NULL;
  g_autofree char *queue_id = NULL;

  for (gsize i = 0; i < n_types; i++)
    {
      const char *name = wd_profile_get_mapping (profile, types[i].name)->queue;
      gsize length = strlen (name);

      if (g_str_has_prefix (id, name) && id[length] == '/' && id[length + 1] != '\0')
        return wd_drift_case_new (name, id + length + 1);
    }
  if (strchr (id, '/') != NULL && wd_bullmq_job_id_split (id, "?", &queue, &queue_id)
      && strcmp (queue, "?") != 0)
    return wd_drift_case_new (queue, queue_id);
  return NULL;
}

static void
free_case (WdDriftCase *item)
{
  if (item != NULL)
    wd_drift_case_free (item);
}

static void
leave (WdOutboxReport *report, const char *id, int code, const char *message)
{
  g_ptr_array_add (report->left, wd_refusal_new (id, g_error_new_literal (WD_ERROR, code,
                                                                          message)));
}

/* Whether the remedy is one for what is wrong now; else it is said why not. */
static gboolean
admit (const WdDriftFix *fix, const WdDriftCase *item, const WdProfile *profile,
       WdOutboxReport *report)
{
  guint remedies = wd_drift_case_remedies (item, profile);

  if ((remedies & fix->remedy) == 0)
    {
      g_autofree char *why = wd_drift_case_explain (item, profile);

      leave (report, item->id, WD_ERROR_REFUSED, why);
      return FALSE;
    }
  if (fix->remedy == WD_DRIFT_REQUEUE && item->ran != WD_QUEUE_RAN_NOT && !fix->may_run_twice)
    {
      leave (report, item->id, WD_ERROR_REFUSED,
             _("Nothing proves that it did not run: queued again, it may pay twice. Look at the "
               "chain; if it did not, say that it may run twice."));
      return FALSE;
    }
  return TRUE;
}

/* Looks at jobs anew, and keeps those that the remedy is for. */
static gboolean
examine (WdLane *lane, const WdDriftFix *fix, GPtrArray *cases, WdOutboxReport *report,
         GCancellable *cancellable, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (lane);
  g_autoptr (GPtrArray) lost = g_ptr_array_new ();
  gboolean about_row = fix->remedy != WD_DRIFT_WRITE_ROW && fix->remedy != WD_DRIFT_REMOVE;

  if (!wd_drift_cases_look (lane, cases, TRUE, cancellable, error)
      || !wd_drift_cases_read_rows (lane, cases, about_row, cancellable, error))
    return FALSE;
  for (guint i = cases->len; i-- > 0;)
    {
      WdDriftCase *item = cases->pdata[i];

      if (!wd_drift_case_judge (item, profile))
        {
          leave (report, item->id, WD_ERROR_REFUSED,
                 item->row != NULL && item->row->promised
                   ? _("A promise about it is open: it stands among the undelivered jobs")
                   : _("Nothing is wrong with it any more, or it has only just changed"));
          g_ptr_array_remove_index (cases, i);
        }
      else if (item->kind == WD_DRIFT_LOST)
        g_ptr_array_add (lost, item);
    }
  if (!wd_drift_cases_read_events (lane, lost, cancellable, error))
    return FALSE;
  for (guint i = cases->len; i-- > 0;)
    if (!admit (fix, cases->pdata[i], profile, report))
      g_ptr_array_remove_index (cases, i);
  return TRUE;
}

static gboolean
fix_slice (WdLane *lane, const WdDriftFix *fix, GPtrArray *cases, WdOutboxReport *report,
           GCancellable *cancellable, GError **error)
{
  if (!examine (lane, fix, cases, report, cancellable, error))
    return FALSE;
  if (fix->remedy == WD_DRIFT_REQUEUE)
    return cases->len == 0 || wd_drift_requeue (lane, cases, report, cancellable, error);
  for (guint i = 0; i < cases->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];
      g_autoptr (GError) local = NULL;
      gboolean ok;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (fix->remedy == WD_DRIFT_WRITE_ROW)
        ok = wd_drift_write_row (lane, item, cancellable, &local);
      else if (fix->remedy == WD_DRIFT_REMOVE)
        ok = wd_drift_remove (lane, item, cancellable, &local);
      else
        ok = wd_drift_mark (lane, item, fix->remedy, cancellable, &local);
      if (ok)
        g_ptr_array_add (report->done, g_strdup (item->id));
      else
        g_ptr_array_add (report->left, wd_refusal_new (item->id, g_steal_pointer (&local)));
    }
  return TRUE;
}

static gboolean
has_case (GPtrArray *cases, const char *id)
{
  for (guint i = 0; i < cases->len; i++)
    if (strcmp (((const WdDriftCase *) cases->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Those that nothing was said of yet, after a failure amid @begun. */
static void
leave_rest (const WdDriftFix *fix, GPtrArray *begun, WdOutboxReport *report, const GError *reason)
{
  for (char **id = fix->ids; *id != NULL; id++)
    {
      gboolean told = g_ptr_array_find_with_equal_func (report->done, *id, g_str_equal, NULL);

      for (guint i = 0; !told && i < report->left->len; i++)
        told = strcmp (((WdRefusal *) report->left->pdata[i])->subject, *id) == 0;
      if (!told)
        g_ptr_array_add (report->left, has_case (begun, *id)
                                         ? wd_refusal_new_copy (*id, reason)
                                         : wd_refusal_new_untried (*id, reason));
    }
}

static gboolean
may_fix (WdLane *lane, GCancellable *cancellable, GError **error)
{
  gboolean uses_queue = FALSE;

  if (!wd_lane_check_writable (lane, cancellable, error)
      || !wd_direct_agree_delivery (lane, &uses_queue, cancellable, error))
    return FALSE;
  if (uses_queue)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("At this site workers poll the rows: what its queues hold does not count, "
                         "and nothing was written"));
  return FALSE;
}

/* One job in the order that it is taken in. */
typedef struct {
  WdDriftCase *item;  /* (unowned) */
  guint group;        /* the first place of a job that does the same work */
  guint place;        /* as it was named */
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a;
  const Placed *other = b;

  if (one->group != other->group)
    return one->group < other->group ? -1 : 1;
  return one->place < other->place ? -1 : one->place > other->place;
}

/* Of jobs that do the same work one goes, so they have to meet in one slice. Their rows are read
 * for that alone, and once more when it is their turn. */
static gboolean
find_groups (WdLane *lane, GPtrArray *cases, GArray *placed, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!wd_drift_cases_read_rows (lane, cases, TRUE, cancellable, error))
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      WdDriftCase *item = cases->pdata[i];
      char *key;
      gpointer group;

      if (item->row != NULL && wd_retry_is_guarded (item->row->job))
        {
          key = wd_retry_dup_guard_key (item->row->job);
          if (g_hash_table_lookup_extended (groups, key, NULL, &group))
            g_array_index (placed, Placed, i).group = GPOINTER_TO_UINT (group);
          else
            g_hash_table_insert (groups, g_strdup (key), GUINT_TO_POINTER (i));
          g_free (key);
        }
      g_clear_pointer (&item->row, wd_pg_drift_row_free);
      item->n_rows = 0;
    }
  return TRUE;
}

/* Puts the jobs in the order that they are taken in. @ends: gets where slices end. */
static gboolean
put_in_order (WdLane *lane, const WdDriftFix *fix, GPtrArray *cases, GArray *ends,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  guint from = 0;

  for (guint i = 0; i < cases->len; i++)
    {
      Placed one = { cases->pdata[i], i, i };

      g_array_append_val (placed, one);
    }
  if (fix->remedy == WD_DRIFT_REQUEUE
      && !find_groups (lane, cases, placed, cancellable, error))
    return FALSE;
  g_array_sort (placed, compare_placed);
  for (guint i = 0; i < placed->len; i++)
    {
      cases->pdata[i] = g_array_index (placed, Placed, i).item;
      if (i - from >= SLICE
          && g_array_index (placed, Placed, i).group != g_array_index (placed, Placed, i - 1).group)
        {
          g_array_append_val (ends, i);
          from = i;
        }
    }
  g_array_append_val (ends, placed->len);
  return TRUE;
}

/* Slice after slice. @begun: gets those of the last one. */
static gboolean
fix_all (WdLane *lane, const WdDriftFix *fix, GPtrArray *cases, GPtrArray *begun,
         WdOutboxReport *report, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint at = 0;

  if (cases->len == 0)
    return TRUE;
  if (!put_in_order (lane, fix, cases, ends, cancellable, error))
    return FALSE;
  for (guint i = 0; i < ends->len; i++)
    {
      g_ptr_array_set_size (begun, 0);
      for (; at < g_array_index (ends, guint, i); at++)
        g_ptr_array_add (begun, g_steal_pointer (&cases->pdata[at]));
      if (!fix_slice (lane, fix, begun, report, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type WdDriftCase): the jobs that are named, each once */
static GPtrArray *
find_cases (WdLane *lane, const WdDriftFix *fix, WdOutboxReport *report)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) free_case);

  for (char **id = fix->ids; *id != NULL; id++)
    {
      WdDriftCase *item;

      if (!g_hash_table_add (seen, *id))
        continue;
      item = find_case (wd_lane_get_profile (lane), *id);
      if (item != NULL)
        g_ptr_array_add (cases, item);
      else
        leave (report, *id, WD_ERROR_NOT_FOUND, _("It names no job of a known queue"));
    }
  return cases;
}

/**
 * wd_direct_fix_drift:
 * @lane: the lane of checks
 * @fix: what to do about which findings
 * @cancellable: (nullable): stops between two of them
 * @error: nothing was done
 *
 * Each job is looked at again right before, and left where something else is wrong with it by now.
 * Worker.
 *
 * Returns: (transfer full): the ids of what was done, and what was left and why
 */
WdOutboxReport *
wd_direct_fix_drift (WdLane *lane, const WdDriftFix *fix, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdOutboxReport) report = wd_outbox_report_create ();
  g_autoptr (GPtrArray) begun
      = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_case_free);
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GError) local = NULL;

  if (!may_fix (lane, cancellable, error))
    return NULL;
  cases = find_cases (lane, fix, report);
  if (!fix_all (lane, fix, cases, begun, report, cancellable, &local))
    {
      if (report->done->len + report->left->len == 0)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      leave_rest (fix, begun, report, local);
    }
  return g_steal_pointer (&report);
}
