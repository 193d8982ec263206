/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the endpoints of `rest-api` answer. */

#include "wire/wd-wire-read-answer.h"

#include <string.h>

#include "base/wd-error.h"
#include "model/wd-job-type.h"
#include "model/wd-page.h"
#include "wire/wd-wire-read-row.h"
#include "wire/wd-wire-read.h"

typedef gpointer (*ReadRowFunc) (const char *object, GError **error);

/**
 * wd_wire_rows_free:
 * @self: (transfer full): rows
 */
void
wd_wire_rows_free (WdWireRows *self)
{
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->objects);
  g_free (self->next_cursor);
  g_free (self);
}

static WdWireRows *
read_rows (const char *text, gsize length, const char *name, ReadRowFunc read_row,
           GDestroyNotify unref_row, GError **error)
{
  g_autoptr (WdWireRows) rows = g_new0 (WdWireRows, 1);
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMembers members;
  WdJsonMember member;

  rows->items = g_ptr_array_new_with_free_func (unref_row);
  rows->objects = g_ptr_array_new ();
  if (object == NULL
      || !wd_wire_read_array (object, name, WD_PAGE_LIMIT_MAX, &members, error)
      || !wd_wire_read_count (object, "total", -1, &rows->total, error))
    return NULL;
  while (wd_json_members_next (&members, &member))
    {
      gpointer row = read_row (member.value, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows->items, row);
      g_ptr_array_add (rows->objects, (gpointer) member.value);
    }
  rows->next_cursor = wd_wire_read_text_member (object, "next_cursor");
  return g_steal_pointer (&rows);
}

static gpointer
read_job_row (const char *object, GError **error)
{
  return wd_wire_read_job (object, error);
}

static gpointer
read_wallet_row (const char *object, GError **error)
{
  return wd_wire_read_wallet (object, error);
}

/**
 * wd_wire_read_jobs:
 * @text: a list of jobs, with a zero byte behind it; must outlive the answer
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): its rows
 */
WdWireRows *
wd_wire_read_jobs (const char *text, gsize length, GError **error)
{
  return read_rows (text, length, "jobs", read_job_row, (GDestroyNotify) wd_job_unref, error);
}

/**
 * wd_wire_read_wallets:
 * @text: a list of wallets, with a zero byte behind it; must outlive the answer
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): its rows
 */
WdWireRows *
wd_wire_read_wallets (const char *text, gsize length, GError **error)
{
  return read_rows (text, length, "wallets", read_wallet_row, (GDestroyNotify) wd_wallet_unref,
                    error);
}

static gboolean
read_status (const char *object, WdWorkerStatus *status, GError **error)
{
  g_autofree char *word = wd_wire_read_text_member (object, "status");

  for (*status = WD_WORKER_STATUS_ACTIVE; *status <= WD_WORKER_STATUS_STOPPED; (*status)++)
    if (g_strcmp0 (word, wd_worker_status_word (*status)) == 0)
      return TRUE;
  return wd_wire_read_refuse ("status", error);
}

static const WdJobType *
find_type (const char *worker_name)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (g_strcmp0 (types[i].worker_name, worker_name) == 0)
      return &types[i];
  return NULL;
}

/* Adds one worker. Those of kinds that nobody here knows are left out. */
static gboolean
read_worker (const char *object, GPtrArray *workers, GError **error)
{
  static const WdWireField fields[] = {
    { "last_active", WD_WIRE_TIME, G_STRUCT_OFFSET (WdWorkerStats, last_active) },
    { "oldest_waiting", WD_WIRE_TIME, G_STRUCT_OFFSET (WdWorkerStats, oldest_waiting) },
    { "signs_of_workers", WD_WIRE_FLAG, G_STRUCT_OFFSET (WdWorkerStats, has_signs) },
    { NULL },
  };
  g_autofree char *name = wd_wire_read_text_member (object, "worker_name");
  const WdJobType *type = find_type (name);
  WdWorkerStats *worker;
  WdJsonMember paused, seen;

  if (name == NULL)
    return wd_wire_read_refuse ("worker_name", error);
  if (type == NULL)
    return TRUE;
  worker = wd_worker_stats_new ();
  g_ptr_array_add (workers, worker);
  worker->worker_name = type->worker_name;
  worker->job_type = g_strdup (type->name);
  worker->queue = wd_wire_read_text_member (object, "queue");
  worker->paused = wd_wire_read_member (object, "paused", &paused) && *paused.value == 't';
  worker->sees_workers = wd_wire_read_member (object, "workers_can_be_seen", &seen)
                         && *seen.value == 't';
  return wd_wire_read_fields (fields, NULL, object, worker, error)
         && wd_wire_read_count (object, "active_jobs", 0, &worker->active, error)
         && wd_wire_read_count (object, "queued_jobs", 0, &worker->queued, error)
         && wd_wire_read_count (object, "waiting_jobs", -1, &worker->waiting, error)
         && wd_wire_read_count (object, "overdue_jobs", 0, &worker->overdue, error)
         && wd_wire_read_count (object, "completed_jobs", 0, &worker->completed, error)
         && wd_wire_read_count (object, "failed_jobs", 0, &worker->failed, error)
         && wd_wire_read_count (object, "completed_today", 0, &worker->completed_today, error)
         && wd_wire_read_count (object, "finished_last_hour", -1, &worker->finished_last_hour,
                                error)
         && wd_wire_read_count (object, "failed_last_hour", -1, &worker->failed_last_hour, error)
         && wd_wire_read_count (object, "connected_workers", -1, &worker->workers, error)
         && read_status (object, &worker->status, error);
}

/**
 * wd_wire_read_stats:
 * @text: the statistics of the workers, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * What the answer does not say is -1 or %WD_TIME_NONE.
 *
 * Returns: (transfer full): the statistics
 */
WdStats *
wd_wire_read_stats (const char *text, gsize length, GError **error)
{
  static const WdWireField fields[] = {
    { "last_updated", WD_WIRE_TIME, G_STRUCT_OFFSET (WdStats, last_updated) },
    { NULL },
  };
  g_autoptr (WdStats) stats = wd_stats_new ();
  const char *object = wd_wire_read_document (text, length, error);
  gsize n_types;
  WdJsonMembers members;
  WdJsonMember member;

  wd_job_types (&n_types);
  stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
  stats->wallets = stats->wallets_need_gas = stats->wallets_need_consolidation = -1;
  stats->failed_last_day = stats->finished_last_day = -1;
  if (object == NULL || !wd_wire_read_array (object, "workers", 100, &members, error)
      || !wd_wire_read_fields (fields, NULL, object, stats, error)
      || !wd_wire_read_count (object, "pending_jobs", 0, &stats->pending_jobs, error)
      || !wd_wire_read_count (object, "active_jobs", 0, &stats->active_jobs, error)
      || !wd_wire_read_count (object, "completed_jobs_today", 0, &stats->completed_jobs_today,
                              error)
      || !wd_wire_read_count (object, "undelivered_jobs", -1, &stats->undelivered_jobs, error))
    return NULL;
  while (wd_json_members_next (&members, &member))
    if (!read_worker (member.value, stats->workers, error))
      return NULL;
  if (stats->workers->len <= n_types)
    return g_steal_pointer (&stats);
  wd_wire_read_refuse ("workers", error);
  return NULL;
}

/**
 * wd_wire_read_bare_job:
 * @text: a job, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the job
 */
WdJob *
wd_wire_read_bare_job (const char *text, gsize length, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);

  return object != NULL ? wd_wire_read_job (object, error) : NULL;
}

/* Returns: (nullable): what a write that went well says it wrote */
static const char *
find_written (const char *text, gsize length, const char *name, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMember member;

  if (object == NULL)
    return NULL;
  if (!wd_wire_read_member (object, "success", &member) || *member.value != 't')
    wd_wire_read_refuse ("success", error);
  else if (!wd_wire_read_member (object, name, &member) || *member.value != '{')
    wd_wire_read_refuse (name, error);
  else
    return member.value;
  return NULL;
}

/**
 * wd_wire_read_written_job:
 * @text: the answer to a dispatch or a retry, with a zero byte behind it
 * @length: bytes of it
 * @delivered: (out): whether its queue has it, where the server tells the two apart
 * @note: (out) (transfer full) (nullable): what the server says about it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the job as it was written
 */
WdJob *
wd_wire_read_written_job (const char *text, gsize length, gboolean *delivered, char **note,
                          GError **error)
{
  const char *object = find_written (text, length, "job", error);
  WdJob *job = object != NULL ? wd_wire_read_job (object, error) : NULL;
  WdJsonMember member;

  *delivered = job == NULL || !wd_wire_read_member (object, "delivered", &member)
               || *member.value != 'f';
  *note = job != NULL ? wd_wire_read_text_member (object, "note") : NULL;
  return job;
}

/**
 * wd_wire_read_written_wallet:
 * @text: the answer to a change of flags, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the wallet as it is now
 */
WdWallet *
wd_wire_read_written_wallet (const char *text, gsize length, GError **error)
{
  const char *object = find_written (text, length, "wallet", error);

  return object != NULL ? wd_wire_read_wallet (object, error) : NULL;
}

/**
 * wd_wire_read_failure:
 * @text: what came with an error status, with a zero byte behind it: anything
 * @length: bytes of it
 * @code: (out): the #WdError it names, or -1
 *
 * Returns: (transfer full) (nullable): the reason it gives; %NULL where it is not the error object
 *   of the API
 */
char *
wd_wire_read_failure (const char *text, gsize length, int *code)
{
  static const struct {
    const char *reason;
    WdError code;
  } known[] = {
    { "Only failed jobs can be retried", WD_ERROR_NOT_FAILED },
    { "Maximum retries exceeded", WD_ERROR_RETRIES_EXHAUSTED },
    { "Job not found", WD_ERROR_NOT_FOUND },
    { "Wallet not found", WD_ERROR_NOT_FOUND },
  };
  const char *object = wd_wire_read_document (text, length, NULL);
  g_autofree char *reason = NULL;
  g_autofree char *word = NULL;

  *code = -1;
  if (object == NULL)
    return NULL;
  reason = wd_wire_read_text_member (object, "error");
  word = wd_wire_read_text_member (object, "code");
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].reason, reason) == 0)
      *code = known[i].code;
  for (int i = 0; word != NULL && i <= WD_ERROR_NOT_SUPPORTED; i++)
    if (g_str_equal (wd_error_code_name (i), word))
      *code = i;
  return g_steal_pointer (&reason);
}
