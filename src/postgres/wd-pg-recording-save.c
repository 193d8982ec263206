/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What one transaction of recording writes: rows by the hundred in two statements, and how far that
 * is. */

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-recording.h"

#define MEMORY "interval '10 minutes'"

/* Whatever a trigger made of updated_at, it is how the row is known later. Tells what was written:
 * triggers and row security may silently leave out a row. */
#define MARKED                                                                             \
  "marked AS (INSERT INTO worker_dashboard.recording_mark (prefix, queue, at) "            \
  "SELECT DISTINCT $1::text, $2::text, updated_at FROM written "                           \
  "WHERE updated_at IS NOT NULL ON CONFLICT DO NOTHING) SELECT id FROM written"

/* A row that tells of another job from now on. */
#define ANEW(column, value)                                                                \
  column " = CASE WHEN t.anew::boolean THEN " value " ELSE j." column " END, "

#define CHANGES                                                                            \
  "unnest ($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], "       \
  "$9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], " \
  "$16::text[], $17::text[]) AS t (id, job_type, status, error, started, completed, retries, " \
  "most, created, data, wallet, owner, trigger, anew, past_id) "

/* %s: the columns for when a job began. */
#define SQL_UPDATE                                                                         \
  "WITH written AS (UPDATE public.job_logs AS j SET "                                      \
  "job_id = coalesce (t.past_id, j.job_id), status = t.status, "                           \
  "error_message = t.error, %s completed_at = t.completed::timestamptz, "                  \
  "retry_count = coalesce (t.retries::int, j.retry_count), "                               \
  ANEW ("job_type", "t.job_type") ANEW ("max_retries", "t.most::int")                      \
  ANEW ("created_at", "t.created::timestamptz") ANEW ("data", "t.data::jsonb")             \
  ANEW ("wallet_address", "t.wallet") ANEW ("user_id", "t.owner::uuid")                    \
  ANEW ("triggered_by", "t.trigger") "updated_at = now() "                                 \
  "FROM " CHANGES "WHERE j.id = t.id::uuid RETURNING j.updated_at, t.id), " MARKED

/* %s: further columns, and their values. */
#define SQL_INSERT                                                                         \
  "WITH written AS (INSERT INTO public.job_logs (job_id, job_type, status, error_message, " \
  "completed_at, retry_count, max_retries, created_at, data, wallet_address, user_id, "    \
  "triggered_by%s, updated_at) "                                                           \
  "SELECT coalesce (t.past_id, t.id), t.job_type, t.status, t.error, "                     \
  "t.completed::timestamptz, t.retries::int, t.most::int, t.created::timestamptz, "        \
  "t.data::jsonb, t.wallet, t.owner::uuid, t.trigger%s, now() FROM " CHANGES               \
  "WHERE NOT EXISTS "                                                                      \
  "(SELECT FROM public.job_logs AS k WHERE k.job_id = coalesce (t.past_id, t.id)) "        \
  "ON CONFLICT DO NOTHING RETURNING updated_at, job_id::text AS id), " MARKED

#define SQL_MOVE                                                                           \
  "INSERT INTO worker_dashboard.recording AS r (prefix, queue, site, last_id, n_read, gap_from, " \
  "known_from, holder, heard_at) "                                                         \
  "VALUES ($1, $2, $4, $5, $6::bigint, $7, now(), $3::uuid, clock_timestamp()) "           \
  "ON CONFLICT (prefix, queue) DO UPDATE SET site = excluded.site, "                       \
  "last_id = excluded.last_id, n_read = excluded.n_read, gap_from = excluded.gap_from, "   \
  "known_from = greatest (r.known_from, $8::timestamptz - " MEMORY "), "                   \
  "holder = excluded.holder, heard_at = excluded.heard_at WHERE r.last_id = $9"

#define SQL_FORGET                                                                         \
  "DELETE FROM worker_dashboard.recording_mark AS m USING worker_dashboard.recording AS r " \
  "WHERE r.prefix = $1 AND r.queue = $2 AND m.prefix = $1 AND m.queue = $2 "               \
  "AND m.at < r.known_from"

static const char *const starts[] = { "started_at", "processed_at" };

/* The columns of an unnest(): texts, or nulls. */
#define N_COLUMNS 15

typedef struct {
  GPtrArray *texts[N_COLUMNS];  /* (owned) (element-type utf8): its elements are owned, or NULL */
  guint n_rows;
} Columns;

static void
columns_init (Columns *self)
{
  self->n_rows = 0;
  for (guint i = 0; i < N_COLUMNS; i++)
    self->texts[i] = g_ptr_array_new_with_free_func (g_free);
}

static void
columns_clear (Columns *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->texts[i], g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static WdPgParams *
columns_to_params (const Columns *self, const WdPgRecorder *recorder)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, recorder->prefix);
  wd_pg_params_text (params, recorder->queue);
  for (guint i = 0; i < N_COLUMNS; i++)
    wd_pg_params_text_array (params, (const char *const *) self->texts[i]->pdata, self->n_rows);
  return params;
}

static char *
time_text (WdTime time)
{
  if (time == WD_TIME_NONE)
    return NULL;
  if (wd_time_is_finite (time))
    return wd_time_to_rfc3339 (time);
  return g_strdup (time == WD_TIME_INFINITY ? "infinity" : "-infinity");
}

static char *
int_text (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static const char *
status_word (const WdPgColumns *columns, WdJobStatus status)
{
  switch (status)
    {
    case WD_JOB_STATUS_ACTIVE:
      return wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "processed_at") != NULL ? "processing"
                                                                                  : "active";
    case WD_JOB_STATUS_COMPLETED:
      return "completed";
    case WD_JOB_STATUS_FAILED:
      return "failed";
    case WD_JOB_STATUS_RETRYING:
      return "retrying";
    case WD_JOB_STATUS_CANCELLED:
      return "cancelled";
    case WD_JOB_STATUS_PENDING:
    case WD_JOB_STATUS_OTHER:
    default:
      return "pending";
    }
}

/* A row is found by its own id; a new one has the job's. */
static void
columns_add (Columns *self, const WdPgColumns *columns, const WdPgRecordedRow *change)
{
  const WdRecordedRow *row = &change->row;
  gboolean is_told = change->id == NULL || row->retries != change->retries;
  char *values[N_COLUMNS] = {
    g_strdup (change->id != NULL ? change->id : change->job_id),
    g_strdup (change->job_type),
    g_strdup (status_word (columns, row->status)),
    g_strdup (row->error),
    time_text (row->started),
    time_text (row->completed),
    is_told ? int_text (row->retries) : NULL,
    int_text (change->max_retries),
    time_text (row->created),
    g_strdup (change->data),
    g_strdup (change->wallet),
    g_strdup (change->user),
    g_strdup (change->trigger),
    g_strdup (row->anew ? "true" : "false"),
    g_strdup (change->past_id),
  };

  for (guint i = 0; i < N_COLUMNS; i++)
    g_ptr_array_add (self->texts[i], values[i]);
  self->n_rows++;
}

static char *
make_update (const WdPgColumns *columns)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, starts[i]) != NULL)
      g_string_append_printf (list, "%s = t.started::timestamptz, ", starts[i]);
  return g_strdup_printf (SQL_UPDATE, list->str);
}

static char *
make_insert (const WdPgColumns *columns)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (wd_pg_columns_find (columns, WD_PG_JOB_LOGS, starts[i]) != NULL)
      {
        g_string_append_printf (names, ", %s", starts[i]);
        g_string_append (values, ", t.started::timestamptz");
      }
  return g_strdup_printf (SQL_INSERT, names->str, values->str);
}

static WdPgParams *
make_move (const WdPgRecorder *recorder, const WdPgRecordingPlace *place, const char *before)
{
  WdPgParams *params = wd_pg_params_new ();
  WdTime at = (WdTime) g_ascii_strtoull (place->last, NULL, 10) * 1000;

  wd_pg_params_text (params, recorder->prefix);
  wd_pg_params_text (params, recorder->queue);
  wd_pg_params_text (params, recorder->holder);
  wd_pg_params_text (params, place->site);
  wd_pg_params_text (params, place->last);
  if (place->n_read >= 0)
    wd_pg_params_int (params, place->n_read);
  else
    wd_pg_params_text (params, NULL);
  wd_pg_params_text (params, place->gap);
  /* An id may say anything of the time. */
  wd_pg_params_time (params, MIN (at, place->now));
  wd_pg_params_text (params, before);
  return params;
}

/* By what a statement tells of a change that it made. */
static const char *
name_of (const WdPgRecordedRow *change)
{
  if (change->id != NULL)
    return change->id;
  return change->past_id != NULL ? change->past_id : change->job_id;
}

/* Adds to @missed those of the changes that no result tells of. */
static void
find_missed (GPtrArray *results, guint n_results, const GPtrArray *changes, GPtrArray *missed)
{
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_results; i++)
    for (guint row = 0; row < wd_pg_result_get_rows (results->pdata[i]); row++)
      g_hash_table_add (written, (gpointer) wd_pg_result_text (results->pdata[i], row, 0));
  for (guint i = 0; i < changes->len; i++)
    if (!g_hash_table_contains (written, name_of (changes->pdata[i])))
      g_ptr_array_add (missed, changes->pdata[i]);
}

/* @n_writes: how many results tell of rows; that of the place follows */
static gboolean
check_affected (GPtrArray *results, guint n_writes, const GPtrArray *changes, GPtrArray *missed,
                GError **error)
{
  find_missed (results, n_writes, changes, missed);
  if (missed->len > 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           ((WdPgRecordedRow *) missed->pdata[0])->id != NULL
                             ? _("Rows of job_logs can be read but not changed: row security or a "
                                 "trigger may forbid it")
                             : _("Rows about these jobs appeared meanwhile, or are there and "
                                 "cannot be seen: row security or a trigger may hide them"));
      return FALSE;
    }
  if (wd_pg_result_get_affected (results->pdata[n_writes]) == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                           _("Somebody else has recorded this queue meanwhile"));
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_pg_recording_save:
 * @self: a connection after wd_pg_recording_begin()
 * @recorder: who records what
 * @place: how far that is now
 * @before: (nullable): id of the last event recorded until now; %NULL for none ever
 * @changes: (element-type WdPgRecordedRow): rows that say something else, or are new
 * @missed: (element-type WdPgRecordedRow): gets those that the database does not let be written,
 *   without saying why
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_REFUSED where some are @missed: perhaps since they appeared meanwhile
 *
 * In one round trip; the caller commits, or rolls back. Worker.
 */
gboolean
wd_pg_recording_save (WdPgConnection *self, const WdPgRecorder *recorder,
                      const WdPgRecordingPlace *place, const char *before,
                      const GPtrArray *changes, GPtrArray *missed, gint64 deadline,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_auto (Columns) updates = { .n_rows = 0 };
  g_auto (Columns) inserts = { .n_rows = 0 };
  g_autoptr (WdPgParams) update = NULL;
  g_autoptr (WdPgParams) insert = NULL;
  g_autoptr (WdPgParams) move = make_move (recorder, place, before);
  g_autoptr (WdPgParams) whose = wd_pg_params_new ();
  g_autofree char *update_sql = NULL, *insert_sql = NULL;
  g_autoptr (GPtrArray) results = NULL;
  WdPgStatement statements[4];
  guint n = 0;

  if (columns == NULL)
    return FALSE;
  columns_init (&updates);
  columns_init (&inserts);
  for (guint i = 0; i < changes->len; i++)
    {
      const WdPgRecordedRow *change = changes->pdata[i];

      columns_add (change->id != NULL ? &updates : &inserts, columns, change);
    }
  update_sql = make_update (columns);
  insert_sql = make_insert (columns);
  update = columns_to_params (&updates, recorder);
  insert = columns_to_params (&inserts, recorder);
  wd_pg_params_text (whose, recorder->prefix);
  wd_pg_params_text (whose, recorder->queue);
  if (updates.n_rows > 0)
    statements[n++] = (WdPgStatement) { update_sql, update };
  if (inserts.n_rows > 0)
    statements[n++] = (WdPgStatement) { insert_sql, insert };
  statements[n++] = (WdPgStatement) { SQL_MOVE, move };
  statements[n++] = (WdPgStatement) { SQL_FORGET, whose };
  results = wd_pg_connection_query_many (self, statements, n, deadline, cancellable, error);
  return results != NULL
         && check_affected (results, (updates.n_rows > 0) + (inserts.n_rows > 0), changes, missed,
                            error);
}
