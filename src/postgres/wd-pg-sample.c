/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-sample-place.h"
#include "base/wd-time.h"
#include "model/wd-wallet.h"
#include "postgres/wd-pg-migrator.h"
#include "postgres/wd-pg-write.h"

#define SQL_WHOSE "SELECT current_setting ('cluster_name')"

#define SQL_WALLETS                                                                       \
  "INSERT INTO public.user_wallets (id, user_id, address, balance, network, needs_gas, "  \
  "needs_consolidation, last_sync, created_at, updated_at) "                              \
  "SELECT w.* FROM unnest ($1::uuid[], $2::uuid[], $3::text[], $4::numeric[], "           \
  "$5::text[], $6::boolean[], $7::boolean[], $8::timestamptz[], $9::timestamptz[], "      \
  "$10::timestamptz[]) AS w"

#define SQL_JOBS                                                                          \
  "INSERT INTO public.job_logs (id, job_id, job_type, status, wallet_address, user_id, "  \
  "triggered_by, data, error_message, started_at, completed_at, retry_count, "            \
  "max_retries, created_at, updated_at) "                                                 \
  "SELECT j.* FROM unnest ($1::uuid[], $2::text[], $3::text[], $4::text[], "              \
  "$5::text[], $6::uuid[], $7::text[], $8::jsonb[], $9::text[], "                         \
  "$10::timestamptz[], $11::timestamptz[], $12::integer[], $13::integer[], "              \
  "$14::timestamptz[], $15::timestamptz[]) AS j"

#define SQL_ANALYZE_WALLETS "ANALYZE public.user_wallets"
#define SQL_ANALYZE_JOBS    "ANALYZE public.job_logs"

#define SQL_MOVE                                                                          \
  "UPDATE public.job_logs SET status = $2::text, retry_count = $3::integer, "             \
  "error_message = coalesce ($4::text, error_message), "                                  \
  "started_at = CASE WHEN $2::text = 'active' THEN now() ELSE started_at END, "           \
  "completed_at = CASE WHEN $2::text IN ('completed', 'failed') THEN now() END "          \
  "WHERE job_id = $1::text"

#define SQL_SETTLE                                                                        \
  "UPDATE public.user_wallets SET "                                                       \
  "needs_gas = needs_gas AND $2::text <> 'gas-topup', "                                   \
  "needs_consolidation = needs_consolidation AND $2::text <> 'consolidation', "           \
  "last_sync = CASE WHEN $2::text = 'sync' THEN now() ELSE last_sync END "                \
  "WHERE address = $1::text"

struct _WdPgSample {
  WdPgConnection *connection;   /* (owned) */
};

/**
 * wd_pg_sample_new:
 * @folder: of a sample
 * @error: %WD_ERROR_REFUSED where it is none
 *
 * Returns: (transfer full): its database, not connected yet
 */
WdPgSample *
wd_pg_sample_new (const char *folder, GError **error)
{
  g_autofree char *url = NULL;
  WdPgSample *self;

  if (!wd_sample_place_check (folder, error))
    return NULL;
  url = wd_sample_place_database_url (folder);
  self = g_new0 (WdPgSample, 1);
  self->connection = wd_pg_connection_new (url, NULL, NULL);
  return self;
}

/**
 * wd_pg_sample_free:
 * @self: (transfer full) (nullable): a database; its connection is closed. Worker
 */
void
wd_pg_sample_free (WdPgSample *self)
{
  if (self == NULL)
    return;
  wd_pg_connection_free (self->connection);
  g_free (self);
}

/**
 * wd_pg_sample_connect:
 * @self: a database
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NO_CONNECTION while it does not listen yet, %WD_ERROR_REFUSED where it is
 *   another one
 *
 * Worker.
 */
gboolean
wd_pg_sample_connect (WdPgSample *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) whose = NULL;

  if (!wd_pg_connection_ensure (self->connection, deadline, cancellable, error))
    return FALSE;
  whose = wd_pg_connection_query (self->connection, SQL_WHOSE, NULL, deadline, cancellable, error);
  if (whose == NULL)
    return FALSE;
  if (strcmp (wd_pg_result_text (whose, 0, 0), WD_SAMPLE_CLUSTER) == 0)
    return TRUE;
  wd_pg_connection_drop (self->connection);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                       _("This PostgreSQL is not the one of the sample data"));
  return FALSE;
}

/**
 * wd_pg_sample_migrate:
 * @self: a connected database
 * @cancellable: (nullable): stops before the next statement
 * @error: in #WD_ERROR
 *
 * Makes the tables, as at any site. Worker.
 */
gboolean
wd_pg_sample_migrate (WdPgSample *self, GCancellable *cancellable, GError **error)
{
  return wd_pg_migrator_apply (self->connection, NULL, NULL, NULL, NULL, cancellable, error);
}

typedef const char *(*TextOf) (gconstpointer record, gpointer data);

#define TEXT_OF(Type, name, value)                               \
  static const char *                                            \
  name (gconstpointer record, gpointer data)                     \
  {                                                              \
    const Type *self = record;                                   \
                                                                 \
    return value;                                                \
  }

/* Texts that are made on the way live in @data. */
static const char *
keep_text (gpointer data, char *text)
{
  g_ptr_array_add (data, text);
  return text;
}

static const char *
time_text (gpointer data, WdTime time)
{
  return time != WD_TIME_NONE ? keep_text (data, wd_time_to_rfc3339 (time)) : NULL;
}

static const char *
flag_text (WdTristate flag)
{
  return flag == WD_TRISTATE_UNSET ? NULL : flag == WD_TRISTATE_TRUE ? "true" : "false";
}

static const char *
int_text (gpointer data, gint64 number)
{
  return keep_text (data, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

TEXT_OF (WdWallet, wallet_id, self->id)
TEXT_OF (WdWallet, wallet_user, self->user_id)
TEXT_OF (WdWallet, wallet_address, self->address)
TEXT_OF (WdWallet, wallet_balance, self->balance)
TEXT_OF (WdWallet, wallet_network, self->network)
TEXT_OF (WdWallet, wallet_gas, flag_text (self->needs_gas))
TEXT_OF (WdWallet, wallet_consolidation, flag_text (self->needs_consolidation))
TEXT_OF (WdWallet, wallet_sync, time_text (data, self->last_sync))
TEXT_OF (WdWallet, wallet_created, time_text (data, self->created_at))
TEXT_OF (WdWallet, wallet_updated, time_text (data, self->updated_at))
TEXT_OF (WdJob, job_id, self->id)
TEXT_OF (WdJob, job_job_id, self->job_id)
TEXT_OF (WdJob, job_type, self->job_type)
TEXT_OF (WdJob, job_status, self->status)
TEXT_OF (WdJob, job_wallet, self->wallet_address)
TEXT_OF (WdJob, job_user, self->user_id)
TEXT_OF (WdJob, job_trigger, self->triggered_by)
TEXT_OF (WdJob, job_data, self->data)
TEXT_OF (WdJob, job_error, self->error_message)
TEXT_OF (WdJob, job_started, time_text (data, self->started_at))
TEXT_OF (WdJob, job_completed, time_text (data, self->completed_at))
TEXT_OF (WdJob, job_retries, int_text (data, self->retry_count))
TEXT_OF (WdJob, job_most_retries, int_text (data, self->max_retries))
TEXT_OF (WdJob, job_created, time_text (data, self->created_at))
TEXT_OF (WdJob, job_updated, time_text (data, self->updated_at))

static const TextOf wallet_columns[] = {
  wallet_id, wallet_user, wallet_address, wallet_balance, wallet_network, wallet_gas,
  wallet_consolidation, wallet_sync, wallet_created, wallet_updated,
};
static const TextOf job_columns[] = {
  job_id, job_job_id, job_type, job_status, job_wallet, job_user, job_trigger, job_data, job_error,
  job_started, job_completed, job_retries, job_most_retries, job_created, job_updated,
};

/* A column is an array, so that a statement takes all rows at once. */
static WdPgParams *
make_params (gconstpointer *records, gsize n_records, const TextOf *columns, gsize n_columns)
{
  WdPgParams *params = wd_pg_params_new ();
  g_autofree const char **values = g_new (const char *, n_records);

  for (gsize c = 0; c < n_columns; c++)
    {
      g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

      for (gsize i = 0; i < n_records; i++)
        values[i] = columns[c] (records[i], kept);
      wd_pg_params_text_array (params, values, n_records);
    }
  return params;
}

/**
 * wd_pg_sample_fill:
 * @self: a migrated database
 * @wallets: (element-type WdWallet): its wallets
 * @jobs: (element-type WdJob): its jobs
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_sample_fill (WdPgSample *self, GPtrArray *wallets, GPtrArray *jobs, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) wallet_params =
    make_params ((gconstpointer *) wallets->pdata, wallets->len, wallet_columns,
                 G_N_ELEMENTS (wallet_columns));
  g_autoptr (WdPgParams) job_params =
    make_params ((gconstpointer *) jobs->pdata, jobs->len, job_columns,
                 G_N_ELEMENTS (job_columns));
  const WdPgStatement statements[] = {
    { SQL_WALLETS, wallet_params },
    { SQL_JOBS, job_params },
    { SQL_ANALYZE_WALLETS, NULL },
    { SQL_ANALYZE_JOBS, NULL },
  };

  return wd_pg_write (self->connection, statements, G_N_ELEMENTS (statements), deadline,
                      cancellable, error);
}

/**
 * wd_pg_sample_add:
 * @self: a migrated database
 * @job: one more
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_sample_add (WdPgSample *self, const WdJob *job, gint64 deadline, GCancellable *cancellable,
                  GError **error)
{
  gconstpointer records[] = { job };
  g_autoptr (WdPgParams) params =
    make_params (records, 1, job_columns, G_N_ELEMENTS (job_columns));
  const WdPgStatement statement = { SQL_JOBS, params };

  return wd_pg_connection_ensure (self->connection, deadline, cancellable, error)
         && wd_pg_write (self->connection, &statement, 1, deadline, cancellable, error);
}

/**
 * wd_pg_sample_move:
 * @self: a migrated database
 * @move: what a worker tells
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_sample_move (WdPgSample *self, const WdPgSampleMove *move, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgParams) settle = wd_pg_params_new ();
  const WdPgStatement statements[] = { { SQL_MOVE, params }, { SQL_SETTLE, settle } };
  gboolean settles = move->wallet != NULL && strcmp (move->status, "completed") == 0;

  wd_pg_params_text (params, move->job_id);
  wd_pg_params_text (params, move->status);
  wd_pg_params_int (params, move->made);
  wd_pg_params_text (params, move->error);
  wd_pg_params_text (settle, move->wallet);
  wd_pg_params_text (settle, move->job_type);
  return wd_pg_connection_ensure (self->connection, deadline, cancellable, error)
         && wd_pg_write (self->connection, statements, settles ? 2 : 1, deadline, cancellable,
                         error);
}
