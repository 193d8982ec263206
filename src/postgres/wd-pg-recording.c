/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows written for workers that do not write them.
 *
 * How far a queue's events are recorded moves in the transaction of the rows they became, and only
 * from the place they were read from: the row of that place is locked first and compared. So an
 * instance that was paused, cut off or killed, and two at once, record each event once. An instance
 * that is heard of keeps the others from trying; nothing depends on that. */

#include "postgres/wd-pg-recording.h"

#include "postgres/wd-pg-columns.h"
#include "postgres/wd-pg-write.h"

/* Nothing was heard of whoever records: anybody may. */
#define SILENCE "interval '15 seconds'"
/* Less than it takes the server to look for deadlocks: whoever waits for what this transaction
 * holds goes on. */
#define LOCK_MS 200

#define LOCK                                                                               \
  "pg_catalog.pg_try_advisory_xact_lock "                                                  \
  "(pg_catalog.hashtextextended ($1::text || ':' || $2::text, 7324))"

#define SQL_TURN "SELECT " LOCK ", clock_timestamp()"

#define SQL_PLACE                                                                          \
  "SELECT site, last_id, n_read, gap_from, known_from, coalesce (holder <> $3::uuid "      \
  "AND heard_at > clock_timestamp() - " SILENCE ", false) "                                \
  "FROM worker_dashboard.recording WHERE prefix = $1::text AND queue = $2::text "          \
  "AND (SELECT " LOCK ") FOR UPDATE"

/* A row that stands for a promise that is not known to be kept is not what the queue said last. */
#define SQL_LOAD                                                                           \
  "SELECT j.id::text, j.job_id::text, j.job_type::text, j.status::text, j.error_message, " \
  "%s, j.completed_at, j.created_at, j.updated_at, j.retry_count, "                        \
  "j.updated_at < $4::timestamptz AND NOT EXISTS (SELECT FROM worker_dashboard.outbox AS o " \
  "WHERE o.job_log_id = j.id) OR EXISTS (SELECT FROM worker_dashboard.recording_mark AS m " \
  "WHERE m.prefix = $2::text AND m.queue = $3::text AND m.at = j.updated_at) "             \
  "FROM public.job_logs AS j WHERE j.job_id = ANY ($1::text[]) "                           \
  "ORDER BY j.job_id, j.created_at DESC NULLS LAST, j.id FOR NO KEY UPDATE OF j"

enum {
  COLUMN_ID,
  COLUMN_JOB_ID,
  COLUMN_JOB_TYPE,
  COLUMN_STATUS,
  COLUMN_ERROR,
  COLUMN_STARTED,
  COLUMN_COMPLETED,
  COLUMN_CREATED,
  COLUMN_UPDATED,
  COLUMN_RETRIES,
  COLUMN_OWN,
};

#define SQL_OPEN_JOBS                                                                      \
  "SELECT j.job_id::text FROM public.job_logs AS j WHERE j.status = $1 "                   \
  "AND j.job_type = ANY ($2::text[]) ORDER BY j.created_at DESC, j.id LIMIT $3::bigint"

/**
 * wd_pg_recording_place_clear:
 * @self: a place
 */
void
wd_pg_recording_place_clear (WdPgRecordingPlace *self)
{
  g_clear_pointer (&self->site, g_free);
  g_clear_pointer (&self->last, g_free);
  g_clear_pointer (&self->gap, g_free);
}

/**
 * wd_pg_recording_place_copy:
 * @self: a place
 * @copy: (out caller-allocates): gets the same; to be cleared
 */
void
wd_pg_recording_place_copy (const WdPgRecordingPlace *self, WdPgRecordingPlace *copy)
{
  *copy = *self;
  copy->site = g_strdup (self->site);
  copy->last = g_strdup (self->last);
  copy->gap = g_strdup (self->gap);
}

/**
 * wd_pg_recorded_row_new:
 * @job_id: as rows carry it
 *
 * Returns: (transfer full): what a row about that job would be, before anything is known
 */
WdPgRecordedRow *
wd_pg_recorded_row_new (const char *job_id)
{
  WdPgRecordedRow *self = g_new0 (WdPgRecordedRow, 1);

  self->job_id = g_strdup (job_id);
  wd_recorded_row_init (&self->row);
  return self;
}

/**
 * wd_pg_recorded_row_free:
 * @self: (transfer full): a row
 */
void
wd_pg_recorded_row_free (WdPgRecordedRow *self)
{
  g_free (self->id);
  g_free (self->job_id);
  g_free (self->job_type);
  wd_recorded_row_clear (&self->row);
  g_free (self->wallet);
  g_free (self->user);
  g_free (self->data);
  g_free (self->past_id);
  g_free (self);
}

static void
read_place (WdPgResult *turn, WdPgResult *result, WdPgRecordingPlace *place)
{
  *place = (WdPgRecordingPlace) { .n_read = -1, .known_from = WD_TIME_NONE };
  place->now = wd_pg_result_time (turn, 0, 1);
  place->taken = !wd_pg_result_bool (turn, 0, 0);
  if (wd_pg_result_get_rows (result) == 0)
    return;
  place->exists = TRUE;
  place->site = g_strdup (wd_pg_result_text (result, 0, 0));
  place->last = g_strdup (wd_pg_result_text (result, 0, 1));
  if (!wd_pg_result_is_null (result, 0, 2))
    place->n_read = wd_pg_result_int (result, 0, 2);
  place->gap = g_strdup (wd_pg_result_text (result, 0, 3));
  place->known_from = wd_pg_result_time (result, 0, 4);
  place->taken = place->taken || wd_pg_result_bool (result, 0, 5);
}

static WdPgParams *
recorder_params (const WdPgRecorder *recorder)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, recorder->prefix);
  wd_pg_params_text (params, recorder->queue);
  return params;
}

/**
 * wd_pg_recording_begin:
 * @self: a connection
 * @recorder: who wants to record what
 * @place: (out caller-allocates): how far that is; to be cleared
 * @deadline: of wd_deadline_in(); each statement of the transaction is ended by then
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Begins a transaction in which nobody else moves this place. Where it is another's turn it is
 * ended already. Worker.
 */
gboolean
wd_pg_recording_begin (WdPgConnection *self, const WdPgRecorder *recorder,
                       WdPgRecordingPlace *place, gint64 deadline, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (WdPgParams) turn = recorder_params (recorder);
  g_autoptr (WdPgParams) params = recorder_params (recorder);
  g_autoptr (GPtrArray) results = NULL;

  if (!wd_pg_connection_begin (self, FALSE, LOCK_MS, deadline, cancellable, error))
    return FALSE;
  wd_pg_params_text (params, recorder->holder);
  results = wd_pg_connection_query_many (self,
                                         (WdPgStatement[]) { { SQL_TURN, turn },
                                                             { SQL_PLACE, params },
                                                             { WD_PG_WRITE_BY_KEYS, NULL } },
                                         3, deadline, cancellable, error);
  if (results == NULL)
    {
      wd_pg_connection_rollback (self);
      return FALSE;
    }
  read_place (results->pdata[0], results->pdata[1], place);
  if (place->taken)
    wd_pg_connection_rollback (self);
  return TRUE;
}

static WdPgRecordedRow *
read_row (WdPgResult *result, guint i)
{
  WdPgRecordedRow *self = wd_pg_recorded_row_new (wd_pg_result_text (result, i, COLUMN_JOB_ID));

  self->id = g_strdup (wd_pg_result_text (result, i, COLUMN_ID));
  self->job_type = g_strdup (wd_pg_result_text (result, i, COLUMN_JOB_TYPE));
  self->row.exists = TRUE;
  self->row.status = wd_job_status_from_string (wd_pg_result_text (result, i, COLUMN_STATUS));
  self->row.error = g_strdup (wd_pg_result_text (result, i, COLUMN_ERROR));
  self->row.started = wd_pg_result_time (result, i, COLUMN_STARTED);
  self->row.completed = wd_pg_result_time (result, i, COLUMN_COMPLETED);
  self->row.created = wd_pg_result_time (result, i, COLUMN_CREATED);
  self->row.written = wd_pg_result_time (result, i, COLUMN_UPDATED);
  if (!wd_pg_result_is_null (result, i, COLUMN_RETRIES))
    self->row.retries = wd_pg_result_int (result, i, COLUMN_RETRIES);
  self->retries = self->row.retries;
  self->row.own = wd_pg_result_bool (result, i, COLUMN_OWN);
  return self;
}

/**
 * wd_pg_recording_load:
 * @self: a connection after wd_pg_recording_begin()
 * @recorder: who records what
 * @place: from where on
 * @job_ids: (array length=n_job_ids): as rows carry them
 * @n_job_ids: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR; %WD_ERROR_BUSY where somebody keeps one of them locked
 *
 * Nobody else changes them until the transaction ends. Worker.
 *
 * Returns: (transfer full) (element-type WdPgRecordedRow): the rows about these jobs, of several
 *   about one job the newest first
 */
GPtrArray *
wd_pg_recording_load (WdPgConnection *self, const WdPgRecorder *recorder,
                      const WdPgRecordingPlace *place, const char *const *job_ids, gsize n_job_ids,
                      gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *started = NULL, *sql = NULL;
  GPtrArray *rows;

  if (columns == NULL)
    return NULL;
  started = wd_pg_columns_job_started (columns);
  sql = g_strdup_printf (SQL_LOAD, started);
  wd_pg_params_text_array (params, job_ids, n_job_ids);
  wd_pg_params_text (params, recorder->prefix);
  wd_pg_params_text (params, recorder->queue);
  wd_pg_params_time (params, place->known_from);
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_pg_recorded_row_free);
  for (guint i = 0; i < wd_pg_result_get_rows (result); i++)
    g_ptr_array_add (rows, read_row (result, i));
  return rows;
}

/**
 * wd_pg_recording_clock:
 * @self: a connection
 * @now: (out): by the database's clock, by which rows say when they were written
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_recording_clock (WdPgConnection *self, WdTime *now, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = wd_pg_connection_query (self, "SELECT clock_timestamp()", NULL,
                                                          deadline, cancellable, error);

  if (result != NULL)
    *now = wd_pg_result_time (result, 0, 0);
  return result != NULL;
}

/**
 * wd_pg_recording_requires:
 * @self: a connection
 * @wallet: (out): whether every row needs a wallet
 * @user: (out): whether every row needs its owner
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_recording_requires (WdPgConnection *self, gboolean *wallet, gboolean *user, gint64 deadline,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgColumns) columns = wd_pg_columns_get (self, deadline, cancellable, error);
  const WdPgColumn *column;

  if (columns == NULL || !wd_pg_columns_require (columns, WD_PG_JOB_LOGS, error))
    return FALSE;
  column = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "wallet_address");
  *wallet = column != NULL && column->not_null;
  column = wd_pg_columns_find (columns, WD_PG_JOB_LOGS, "user_id");
  *user = column != NULL && column->not_null;
  return TRUE;
}

/**
 * wd_pg_recording_open_jobs:
 * @self: a connection to a migrated database
 * @job_types: (array zero-terminated=1): kinds of jobs
 * @status: of the rows
 * @limit: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * By the index of status and time. Worker.
 *
 * Returns: (transfer full) (element-type utf8): `job_id` of the newest such rows
 */
GPtrArray *
wd_pg_recording_open_jobs (WdPgConnection *self, const char *const *job_types, const char *status,
                           guint limit, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  GPtrArray *ids;

  wd_pg_params_text (params, status);
  wd_pg_params_text_array (params, job_types, g_strv_length ((char **) job_types));
  wd_pg_params_int (params, limit);
  result = wd_pg_connection_query (self, SQL_OPEN_JOBS, params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < wd_pg_result_get_rows (result); i++)
    g_ptr_array_add (ids, g_strdup (wd_pg_result_text (result, i, 0)));
  return ids;
}

/**
 * wd_pg_recording_leave:
 * @self: a connection
 * @recorder: who has recorded what
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Anybody else may go on at once. Worker.
 */
gboolean
wd_pg_recording_leave (WdPgConnection *self, const WdPgRecorder *recorder, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = recorder_params (recorder);

  wd_pg_params_text (params, recorder->holder);
  return wd_pg_write (self,
                      &(WdPgStatement) { "UPDATE worker_dashboard.recording SET holder = NULL, "
                                         "heard_at = NULL WHERE prefix = $1::text "
                                         "AND queue = $2::text AND holder = $3::uuid", params },
                      1, deadline, cancellable, error);
}
