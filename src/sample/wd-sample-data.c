/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two weeks of a platform's work: busy days, quiet nights, one bad evening, and what is under way
 * now. Of the jobs that are not finished, and of those that failed lately, the queues know too. */

#include "sample/wd-sample-data.h"

#include <math.h>
#include <string.h>

#include "base/wd-json-writer.h"
#include "sample/wd-sample-kind.h"
#include "sample/wd-sample-wallets.h"

#define SEED 20260401
#define N_WALLETS 600
#define N_JOBS 5000
#define N_WAITING 14
#define N_DELAYED 6
#define N_RETRYING 3

#define SECOND G_TIME_SPAN_SECOND
#define MINUTE (60 * SECOND)
#define DAY (24 * 60 * MINUTE)
#define DAYS 14
/* When the Tron node was down: this long ago, for so long. */
#define OUTAGE_AGO (3 * DAY + 5 * 60 * MINUTE)
#define OUTAGE_LENGTH (100 * MINUTE)
#define OUTAGE_ERROR \
  "timeout of 30000ms exceeded: POST https://tron-node.internal/wallet/broadcasttransaction"
/* Failed jobs younger than this still stand in their queues. */
#define FAILED_KEPT (2 * DAY)
/* The last minutes are calm, so that no worker begins in trouble. */
#define CALM (90 * MINUTE)

struct _WdSampleData {
  GRand *random;        /* (owned) */
  GPtrArray *wallets;   /* (owned) (element-type WdWallet) */
  GPtrArray *jobs;      /* (owned) (element-type WdJob): the oldest first */
  GHashTable *queued;   /* (owned) (element-type utf8 GArray): by type */
};

/* Of @ago, 1 at the height of a working day; now is near such an hour, whatever the clock says. */
static double
busyness (WdTime ago)
{
  double days = (double) ago / DAY;

  return (0.55 + 0.45 * cos ((days + 0.04) * 2 * G_PI)) * ((int) days % 7 / 5 == 0 ? 1.0 : 0.55);
}

static int
compare_ages (gconstpointer a, gconstpointer b)
{
  WdTime first = *(const WdTime *) a, second = *(const WdTime *) b;

  return (first < second) - (first > second);
}

/* Returns how long ago each job was made, the oldest first. */
static GArray *
pick_ages (GRand *random)
{
  GArray *ages = g_array_new (FALSE, FALSE, sizeof (WdTime));

  while (ages->len < N_JOBS)
    {
      WdTime age = (WdTime) (g_rand_double (random) * DAYS * DAY) + MINUTE;

      if (g_rand_double (random) < busyness (age))
        g_array_append_val (ages, age);
    }
  g_array_sort (ages, compare_ages);
  return ages;
}

static char *
make_data (const WdWallet *wallet, const WdJob *job, GRand *random)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();
  g_autofree char *created = wd_time_to_rfc3339 (job->created_at);

  wd_json_writer_begin_object (writer);
  if (strcmp (job->job_type, "deposit-detection") == 0)
    {
      wd_json_writer_string_member (writer, "network", wallet->network);
      wd_json_writer_int_member (writer, "from_block",
                                 61000000 + g_rand_int_range (random, 0, 200000));
      wd_json_writer_int_member (writer, "blocks", 20);
    }
  else
    {
      wd_json_writer_string_member (writer, "wallet_address", wallet->address);
      wd_json_writer_string_member (writer, "user_id", wallet->user_id);
      wd_json_writer_int_member (writer, "priority", 5);
      wd_json_writer_string_member (writer, "created_at", created);
    }
  wd_json_writer_boolean_member (writer, "sample", TRUE);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}

/* A pending job; @wallet is told for its network. */
static WdJob *
make_job (WdSampleData *self, const WdSampleKind *kind, WdTime created, const WdWallet **wallet)
{
  WdJob *job = wd_job_new ();

  *wallet = self->wallets->pdata[g_rand_int_range (self->random, 0, (gint32) self->wallets->len)];
  job->id = wd_sample_uuid (self->random);
  job->job_id = g_strdup (job->id);
  job->job_type = g_strdup (kind->job_type);
  job->status = g_strdup ("pending");
  job->triggered_by = g_strdup (wd_sample_kind_pick_trigger (self->random));
  job->created_at = job->updated_at = created;
  job->started_at = job->completed_at = WD_TIME_NONE;
  job->max_retries = wd_job_type_lookup (kind->job_type)->attempts;
  job->data = make_data (*wallet, job, self->random);
  if (strcmp (kind->job_type, "deposit-detection") != 0)
    {
      job->wallet_address = g_strdup ((*wallet)->address);
      job->user_id = g_strdup ((*wallet)->user_id);
    }
  return job;
}

static void
set_status (WdJob *job, const char *status, const char *error)
{
  g_free (job->status);
  job->status = g_strdup (status);
  job->error_message = g_strdup (error);
}

/* How a job of the past ended. */
static void
finish_job (WdSampleData *self, WdJob *job, const WdSampleKind *kind, const WdWallet *wallet,
            WdTime now)
{
  WdTime age = now - job->created_at;
  gint32 chance = g_rand_int_range (self->random, 0, 1000);
  WdTime wait = g_rand_int_range (self->random, 40, 4000) * G_TIME_SPAN_MILLISECOND;
  WdTime run = wd_sample_kind_pick_ms (kind, self->random) * G_TIME_SPAN_MILLISECOND;
  gboolean outage = age < OUTAGE_AGO && age > OUTAGE_AGO - OUTAGE_LENGTH
                    && strcmp (wallet->network, "tron") == 0 && chance < 650;

  if (age < CALM)
    chance = chance < 12 ? 0 : 999;
  if (outage)
    set_status (job, "failed", OUTAGE_ERROR);
  else if (chance < (gint32) kind->failures)
    set_status (job, "failed", wd_sample_kind_pick_error (kind, self->random));
  else if (chance >= 990 && age > CALM)
    set_status (job, "cancelled", NULL);
  else
    set_status (job, "completed", NULL);
  if (strcmp (job->status, "failed") == 0)
    job->retry_count = job->max_retries - 1;
  else if (chance < (gint32) kind->failures * 3)
    job->retry_count = 1;
  job->started_at = job->created_at + wait + job->retry_count * 5 * SECOND;
  job->completed_at = MIN (job->started_at + run, now);
  job->updated_at = job->completed_at;
}

/**
 * wd_sample_data_queue_job:
 * @job: a row
 * @state: where it stands in its queue
 * @at: when it is due, or when it failed
 *
 * Returns: the same job for its queue; its texts are those of @job
 */
WdBullmqSampleJob
wd_sample_data_queue_job (const WdJob *job, const char *state, WdTime at)
{
  return (WdBullmqSampleJob) {
    .id = job->job_id,
    .name = wd_job_type_lookup (job->job_type)->bullmq_name,
    .data = job->data,
    .attempts = (int) job->max_retries,
    .created = job->created_at,
    .state = state,
    .at = at,
    .made = strcmp (state, "failed") == 0 ? (int) job->max_retries : (int) job->retry_count,
    .reason = job->error_message,
  };
}

static void
queue_job (WdSampleData *self, const WdJob *job, const char *state, WdTime at)
{
  WdBullmqSampleJob queued = wd_sample_data_queue_job (job, state, at);
  GArray *jobs = wd_sample_data_get_queued (self, job->job_type);

  g_array_append_val (jobs, queued);
}

static void
add_past (WdSampleData *self, WdTime now)
{
  g_autoptr (GArray) ages = pick_ages (self->random);

  for (guint i = 0; i < ages->len; i++)
    {
      const WdSampleKind *kind = wd_sample_kind_pick (self->random);
      const WdWallet *wallet;
      WdJob *job = make_job (self, kind, now - g_array_index (ages, WdTime, i), &wallet);

      finish_job (self, job, kind, wallet, now);
      g_ptr_array_add (self->jobs, job);
      if (strcmp (job->status, "failed") == 0 && now - job->created_at < FAILED_KEPT)
        queue_job (self, job, "failed", job->completed_at);
    }
}

/* What waits, what is due later, and what waits for its next attempt. */
static void
add_present (WdSampleData *self, WdTime now)
{
  for (guint i = 0; i < N_DELAYED + N_RETRYING + N_WAITING; i++)
    {
      const WdSampleKind *kind = wd_sample_kind_pick (self->random);
      gboolean delayed = i < N_DELAYED;
      gboolean retrying = !delayed && i < N_DELAYED + N_RETRYING;
      WdTime age = (N_DELAYED + N_RETRYING + N_WAITING - i) * SECOND;
      const WdWallet *wallet;
      WdJob *job = make_job (self, kind, now - age, &wallet);

      g_ptr_array_add (self->jobs, job);
      if (retrying)
        {
          set_status (job, "retrying", wd_sample_kind_pick_error (kind, self->random));
          job->retry_count = 1;
          job->started_at = now - age;
        }
      if (delayed)
        queue_job (self, job, "delayed", now + (i + 1) * 4 * MINUTE);
      else if (retrying)
        queue_job (self, job, "delayed", now + (i + 1) * 6 * SECOND);
      else
        queue_job (self, job, "waiting", now);
    }
}

/**
 * wd_sample_data_new:
 * @now: the time
 *
 * Worker: takes some hundredths of a second.
 *
 * Returns: (transfer full): wallets and jobs
 */
WdSampleData *
wd_sample_data_new (WdTime now)
{
  WdSampleData *self = g_new0 (WdSampleData, 1);

  self->random = g_rand_new_with_seed (SEED);
  self->wallets = wd_sample_wallets_make (self->random, N_WALLETS, now);
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  self->queued = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_array_unref);
  add_past (self, now);
  add_present (self, now);
  return self;
}

/**
 * wd_sample_data_free:
 * @self: (transfer full) (nullable): data
 */
void
wd_sample_data_free (WdSampleData *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->queued);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->wallets);
  g_rand_free (self->random);
  g_free (self);
}

/**
 * wd_sample_data_get_wallets:
 * @self: data
 *
 * Returns: (transfer none) (element-type WdWallet): the wallets
 */
GPtrArray *
wd_sample_data_get_wallets (WdSampleData *self)
{
  return self->wallets;
}

/**
 * wd_sample_data_get_jobs:
 * @self: data
 *
 * Returns: (transfer none) (element-type WdJob): the rows
 */
GPtrArray *
wd_sample_data_get_jobs (WdSampleData *self)
{
  return self->jobs;
}

/**
 * wd_sample_data_get_queued:
 * @self: data
 * @job_type: a kind of job
 *
 * Returns: (transfer none) (element-type WdBullmqSampleJob): what its queue holds at first
 */
GArray *
wd_sample_data_get_queued (WdSampleData *self, const char *job_type)
{
  GArray *jobs = g_hash_table_lookup (self->queued, job_type);

  if (jobs == NULL)
    {
      jobs = g_array_new (FALSE, TRUE, sizeof (WdBullmqSampleJob));
      g_hash_table_insert (self->queued, g_strdup (job_type), jobs);
    }
  return jobs;
}

/**
 * wd_sample_data_get_random:
 * @self: data
 *
 * Returns: (transfer none): the numbers that it is made of
 */
GRand *
wd_sample_data_get_random (WdSampleData *self)
{
  return self->random;
}

/**
 * wd_sample_data_next_job:
 * @self: data
 * @now: the time
 *
 * Returns: (transfer full): one more job, pending
 */
WdJob *
wd_sample_data_next_job (WdSampleData *self, WdTime now)
{
  const WdWallet *wallet;

  return make_job (self, wd_sample_kind_pick (self->random), now, &wallet);
}
