/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Step 1 of a dispatch: the row, the promise and the entry of the audit trail, in one transaction.
 *
 * The wallets are locked first, in the order of their addresses (so that two dispatches never wait
 * for each other in a ring), and only then is it asked which of them have a job of this type under
 * way: a statement sees what was committed before it began, so whoever held the lock before us is
 * seen. Eight programs dispatching one wallet at once write one row.
 *
 * BullMQ may be about to try a job once more whose row says that it failed: so of those the queues
 * are asked meanwhile, as a retry does. Where they do not answer nothing is written. */

#include "postgres/wd-pg-dispatch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-under-way.h"
#include "postgres/wd-pg-write.h"

static void
init_slice (WdPgDispatchSlice *slice, const char *const *wallets, gsize n_wallets)
{
  *slice = (WdPgDispatchSlice) { .wallets = wallets, .n_wallets = n_wallets };
  slice->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  slice->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) wd_job_unref);
  slice->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  slice->newer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  slice->ids = g_ptr_array_new_with_free_func (g_free);
  slice->outbox_ids = g_ptr_array_new_with_free_func (g_free);
  slice->addresses = g_ptr_array_new ();
  slice->users = g_ptr_array_new ();
}

static void
clear_slice (WdPgDispatchSlice *slice)
{
  g_hash_table_unref (slice->owners);
  g_hash_table_unref (slice->under_way);
  g_hash_table_unref (slice->states);
  g_clear_pointer (&slice->changed, g_hash_table_unref);
  g_hash_table_unref (slice->newer);
  g_clear_pointer (&slice->due, g_hash_table_unref);
  g_ptr_array_unref (slice->ids);
  g_ptr_array_unref (slice->outbox_ids);
  g_ptr_array_unref (slice->addresses);
  g_ptr_array_unref (slice->users);
}

/* Whether it may have been dealt with since the preview of a bulk run, or since its flag was
 * read. */
static gboolean
has_changed (const WdPgDispatch *order, const WdPgDispatchSlice *slice, const char *wallet,
             WdActionResult *result)
{
  const WdBulkItem *item
      = order->items != NULL ? g_hash_table_lookup (order->items, wallet) : NULL;

  if (slice->changed != NULL && g_hash_table_contains (slice->changed, wallet))
    wd_action_result_refuse (result, wallet, WD_ERROR_REFUSED,
                             _("The wallet changed since the preview"));
  else if (g_hash_table_contains (slice->newer, wallet)
           || (item != NULL && g_strcmp0 (item->forecast, WD_PG_BULK_UNDER_WAY) == 0))
    wd_action_result_refuse (result, wallet, WD_ERROR_DUPLICATE,
                             _("Such a job was made for this wallet since the preview, or has "
                               "ended since"));
  else if (slice->due != NULL && !g_hash_table_contains (slice->due, wallet))
    wd_action_result_refuse (result, wallet, WD_ERROR_REFUSED,
                             _("No job is due for its flag any more"));
  else
    return FALSE;
  return TRUE;
}

/* Parts the wallets into those that get a job and those that are refused; the busy ones last, so
 * that they stand together with @conflicts. */
static void
sort_out (const WdPgDispatch *order, WdPgDispatchSlice *slice, WdActionResult *result,
          GPtrArray *conflicts)
{
  g_autoptr (GPtrArray) busy = g_ptr_array_new ();
  gboolean force = order->request->force;

  for (gsize i = 0; i < slice->n_wallets; i++)
    {
      const char *wallet = slice->wallets[i];
      const char *user = order->request->user_id;

      if (!g_hash_table_add (order->seen, (gpointer) wallet))
        wd_action_result_refuse (result, wallet, WD_ERROR_DUPLICATE,
                                 _("The wallet is named twice in this request"));
      else if (!force && !g_hash_table_contains (slice->owners, wallet))
        wd_action_result_refuse (result, wallet, WD_ERROR_NOT_FOUND, _("Wallet not found"));
      else if (!force && g_hash_table_contains (slice->under_way, wallet))
        g_ptr_array_add (busy, (gpointer) wallet);
      else if (!has_changed (order, slice, wallet, result))
        {
          g_ptr_array_add (slice->ids, g_uuid_string_random ());
          g_ptr_array_add (slice->outbox_ids, g_uuid_string_random ());
          g_ptr_array_add (slice->addresses, (gpointer) wallet);
          g_ptr_array_add (slice->users, user != NULL ? (gpointer) user
                                                      : g_hash_table_lookup (slice->owners,
                                                                             wallet));
        }
    }
  for (guint i = 0; i < busy->len; i++)
    {
      WdJob *job = g_hash_table_lookup (slice->under_way, busy->pdata[i]);
      const char *state = g_hash_table_lookup (slice->states, busy->pdata[i]);

      if (state != NULL)
        wd_pg_under_way_refuse_queued (result, busy->pdata[i], job, state);
      else
        wd_pg_under_way_refuse (result, busy->pdata[i], job);
      g_ptr_array_add (conflicts, wd_job_ref (job));
    }
}

static WdJob *
make_job (const WdPgDispatch *order, WdPgResult *rows, guint row)
{
  WdJob *job = wd_job_new ();

  job->id = g_strdup (wd_pg_result_text (rows, row, 0));
  job->job_id = g_strdup (job->id);
  job->job_type = g_strdup (order->request->job_type);
  job->status = g_strdup ("pending");
  job->wallet_address = g_strdup (wd_pg_result_text (rows, row, 1));
  job->user_id = g_strdup (wd_pg_result_text (rows, row, 2));
  job->triggered_by = g_strdup (wd_pg_dispatch_trigger (order));
  job->data = g_strdup (wd_pg_result_text (rows, row, 3));
  job->started_at = job->completed_at = WD_TIME_NONE;
  job->created_at = job->updated_at = wd_pg_result_time (rows, row, 4);
  job->retry_count = 0;
  job->max_retries = order->mapping->attempts;
  return job;
}

static WdOutboxEntry *
make_entry (const WdPgDispatch *order, const WdJob *job, const char *outbox_id)
{
  WdOutboxEntry *entry = wd_outbox_entry_new ();

  entry->id = g_strdup (outbox_id);
  entry->job_log_id = g_strdup (job->id);
  entry->job_id = g_strdup (job->job_id);
  entry->job_type = g_strdup (job->job_type);
  entry->operation = g_strdup ("dispatch");
  entry->queue = g_strdup (order->mapping->queue);
  entry->prefix = g_strdup (order->prefix);
  entry->options = g_strdup (order->options);
  entry->row_status = g_strdup (job->status);
  entry->wallet_address = g_strdup (job->wallet_address);
  entry->data = g_strdup (job->data);
  entry->created_at = job->created_at;
  entry->attempts = 1;
  return entry;
}

/* A rule or trigger of the site may have changed what was written, or dropped it: there must be no
 * promise about a row that is not there. */
static gboolean
rows_are_ours (WdPgResult *rows, const WdPgDispatchSlice *slice, GError **error)
{
  gboolean ours = wd_pg_result_get_rows (rows) == slice->ids->len;

  for (guint i = 0; ours && i < slice->ids->len; i++)
    ours = strcmp (wd_pg_result_text (rows, i, 0), slice->ids->pdata[i]) == 0
           && g_strcmp0 (wd_pg_result_text (rows, i, 1), slice->addresses->pdata[i]) == 0;
  if (!ours)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED,
                         _("the database does not keep all rows as they are written (a trigger of "
                           "this site?)"));
  return ours;
}

/* All of it is in the database or nothing: one row speaks for all. */
static gboolean
commit (WdPgConnection *self, const char *xid, const WdPgDispatchSlice *slice, gint64 deadline,
        GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  WdPgStatement proof = { "SELECT 1 FROM public.job_logs WHERE id = $1::uuid", params };

  wd_pg_params_text (params, slice->ids->pdata[0]);
  return wd_pg_write_commit_proven (self, xid, &proof, deadline, error);
}

static gboolean
run (WdPgConnection *self, const WdPgDispatch *order, WdPgDispatchSlice *slice,
     WdActionResult *result, GPtrArray *jobs, GPtrArray *entries, GPtrArray *conflicts,
     gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autofree char *xid = NULL;
  g_autoptr (WdPgResult) rows = NULL;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  if (!wd_pg_dispatch_lock (self, order, slice, deadline, cancellable, error))
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  sort_out (order, slice, result, conflicts);
  if (slice->ids->len == 0)
    {
      wd_pg_connection_rollback (self);
      return TRUE;
    }
  rows = wd_pg_dispatch_write (self, order, slice, deadline, cancellable, error);
  if (rows == NULL || !rows_are_ours (rows, slice, error))
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  if (!commit (self, xid, slice, deadline, error))
    return FALSE;
  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdJob *job = make_job (order, rows, i);

      g_ptr_array_add (jobs, job);
      if (order->uses_queue)
        g_ptr_array_add (entries, make_entry (order, job, slice->outbox_ids->pdata[i]));
    }
  return TRUE;
}

/**
 * wd_pg_dispatch:
 * @self: a connection to a migrated database
 * @order: what the jobs have in common
 * @wallets: (array length=n_wallets): addresses
 * @n_wallets: how many
 * @result: gets the refusals; those for a job under way come last
 * @jobs: (element-type WdJob): gets the rows written
 * @entries: (element-type WdOutboxEntry): gets their promises; none where workers poll
 * @conflicts: (element-type WdJob): gets the jobs under way, beside the last refusals
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME; then nothing was added to any array
 *   but refusals
 *
 * Worker.
 */
gboolean
wd_pg_dispatch (WdPgConnection *self, const WdPgDispatch *order, const char *const *wallets,
                gsize n_wallets, WdActionResult *result, GPtrArray *jobs, GPtrArray *entries,
                GPtrArray *conflicts, gint64 deadline, GCancellable *cancellable, GError **error)
{
  WdPgDispatchSlice slice;
  gboolean ok;

  init_slice (&slice, wallets, n_wallets);
  ok = run (self, order, &slice, result, jobs, entries, conflicts, deadline, cancellable, error);
  clear_slice (&slice);
  return ok;
}
