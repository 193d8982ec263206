/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire-support.h"

#include <string.h>

#include "model/wd-audit-entry.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-page.h"
#include "wire/wd-wire-queue.h"
#include "wire/wd-wire-read-answer.h"
#include "wire/wd-wire-stats.h"
#include "wire/wd-wire-wallet.h"

static void
test_job_data (gconstpointer user_data)
{
  const char *data = user_data;
  g_autoptr (WdJob) job = make_job (data);
  g_autofree char *expected = g_strdup_printf ("\"data\":%s,\"error_message\":null", data);
  g_autofree char *document = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_wire_job (writer, job);
  document = finish (writer);
  assert_has (document, expected);
}

static void
test_job (void)
{
  static const char *const members[] = {
    "id", "job_id", "job_type", "status", "wallet_address", "user_id", "triggered_by", "data",
    "error_message", "started_at", "completed_at", "retry_count", "max_retries", "created_at",
    "updated_at", NULL
  };
  g_autoptr (WdJob) job = make_job (NULL);
  g_autofree char *document = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_wire_job (writer, job);
  document = finish (writer);
  assert_members (document, "$", members);
  assert_has (document, "\"status\":\"processing\"");
  assert_has (document, "\"wallet_address\":null");
  assert_has (document, "\"data\":null");
  assert_has (document, "\"started_at\":null,\"completed_at\":\"infinity\"");
  assert_has (document, "\"retry_count\":null,\"max_retries\":3");
  assert_has (document, "\"created_at\":\"2025-11-23T12:00:00.123456Z\"");
  assert_has (document, "\"updated_at\":\"2025-11-23T12:00:00Z\"");
}

static void
test_job_detail (void)
{
  static const char *const members[] = {
    "queue", "state", "attempts_made", "attempts_started", "attempts", "priority", "delay",
    "progress", "processed_on", "finished_on", "failed_reason", "stacktrace", "logs", NULL
  };
  const char *const traces[] = { "Error: \"no\"\n    at topup", NULL };
  g_autoptr (WdJobDetail) detail = wd_job_detail_new ();
  g_autofree char *without = NULL, *with = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  detail->job = make_job ("{}");
  wd_json_writer_begin_object (writer);
  wd_wire_job_detail_members (writer, detail);
  wd_json_writer_end_object (writer);
  without = finish (writer);
  assert_has (without, "\"queue_job\":null}");

  detail->queue_job = wd_queue_job_new ();
  detail->queue_job->queue = g_strdup ("gas-topup");
  detail->queue_job->state = g_strdup ("failed");
  detail->queue_job->progress = g_strdup ("{\"sent\":0.123456789012345678901}");
  detail->queue_job->processed_on = MIDDAY;
  detail->queue_job->finished_on = WD_TIME_NONE;
  detail->queue_job->stacktrace = g_strdupv ((char **) traces);
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_job_detail_members (writer, detail);
  wd_json_writer_end_object (writer);
  with = finish (writer);
  assert_members (with, "$.queue_job", members);
  assert_has (with, "\"progress\":{\"sent\":0.123456789012345678901}");
  assert_has (with, "\"stacktrace\":[\"Error: \\\"no\\\"\\n    at topup\"],\"logs\":[]");
}

static void
test_wallet (void)
{
  static const char *const members[] = {
    "id", "user_id", "address", "balance", "on_chain_balance", "trx_balance", "locked_balance",
    "total_balance", "network", "needs_consolidation", "needs_gas", "last_sync", "created_at",
    "updated_at", NULL
  };
  g_autoptr (WdWallet) wallet = wd_wallet_new ();
  g_autofree char *document = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  wallet->address = g_strdup ("T\xff\"x");
  wallet->balance = g_strdup ("123456789012345678901234567890.000000000000000001");
  wallet->on_chain_balance = g_strdup ("NaN");
  wallet->needs_gas = WD_TRISTATE_UNSET;
  wallet->needs_consolidation = WD_TRISTATE_TRUE;
  wallet->last_sync = WD_TIME_NEGATIVE_INFINITY;
  wallet->created_at = WD_TIME_NONE;
  wallet->updated_at = WD_TIME_NONE;
  wd_wire_wallet (writer, wallet);
  document = finish (writer);
  assert_members (document, "$", members);
  assert_has (document, "\"balance\":\"123456789012345678901234567890.000000000000000001\"");
  assert_has (document, "\"on_chain_balance\":\"NaN\",\"trx_balance\":null");
  assert_has (document, "\"address\":\"T\uFFFD\\\"x\"");
  assert_has (document, "\"needs_consolidation\":true,\"needs_gas\":null");
  assert_has (document, "\"last_sync\":\"-infinity\"");
}

static void
test_pages (void)
{
  g_autoptr (WdPage) page = wd_page_new ();
  g_autofree char *jobs = NULL, *wallets = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  page->items = g_ptr_array_new ();
  page->total = -1;
  wd_json_writer_begin_object (writer);
  wd_wire_job_page_members (writer, page);
  wd_json_writer_end_object (writer);
  jobs = finish (writer);
  g_assert_cmpstr (jobs, ==,
                   "{\"jobs\":[],\"total\":null,\"total_is_exact\":false,\"next_cursor\":null}");

  page->total = G_GINT64_CONSTANT (9007199254740993);
  page->total_is_exact = TRUE;
  page->next_cursor = g_strdup ("c");
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_wallet_page_members (writer, page);
  wd_json_writer_end_object (writer);
  wallets = finish (writer);
  g_assert_cmpstr (wallets, ==,
                   "{\"wallets\":[],\"total\":9007199254740993,\"total_is_exact\":true,"
                   "\"next_cursor\":\"c\"}");
}

static WdWorkerStats *
make_worker (WdWorkerStatus status, gint64 workers)
{
  WdWorkerStats *worker = wd_worker_stats_new ();

  worker->worker_name = "gas-topup-worker";
  worker->job_type = g_strdup ("gas-topup");
  worker->queue = g_strdup ("gas-topup");
  worker->status = status;
  worker->workers = workers;
  return worker;
}

static void
test_stats (void)
{
  static const char *const members[] = {
    "worker_name", "job_type", "queue", "active_jobs", "queued_jobs", "waiting_jobs",
    "oldest_waiting", "overdue_jobs", "completed_jobs", "failed_jobs", "completed_today",
    "finished_last_hour", "failed_last_hour", "last_active", "paused", "connected_workers",
    "signs_of_workers", "workers_can_be_seen", "status", NULL
  };
  g_autoptr (WdStats) stats = wd_stats_new ();
  g_autofree char *seen = NULL, *unseen = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
  g_ptr_array_add (stats->workers, make_worker (WD_WORKER_STATUS_ACTIVE, 2));
  g_ptr_array_add (stats->workers, make_worker (WD_WORKER_STATUS_IDLE, -1));
  g_ptr_array_add (stats->workers, make_worker (WD_WORKER_STATUS_ERROR, 0));
  g_ptr_array_add (stats->workers, make_worker (WD_WORKER_STATUS_STOPPED, 0));
  stats->undelivered_jobs = -1;
  stats->last_updated = MIDDAY;
  wd_json_writer_begin_object (writer);
  wd_wire_stats_members (writer, stats);
  wd_json_writer_end_object (writer);
  seen = finish (writer);
  assert_members (seen, "$.workers[0]", members);
  assert_has (seen, "\"paused\":false,\"connected_workers\":2,\"signs_of_workers\":null,"
                    "\"workers_can_be_seen\":null,\"status\":\"active\"");
  assert_has (seen, "\"connected_workers\":null,\"signs_of_workers\":null,"
                    "\"workers_can_be_seen\":null,\"status\":\"idle\"");
  assert_has (seen, "\"total_workers\":4,\"healthy_workers\":2,\"error_workers\":1,"
                    "\"undelivered_jobs\":null,\"last_updated\":\"2025-11-23T12:00:00.123456Z\"");

  stats->queue_error = g_strdup ("Redis is down");
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_stats_members (writer, stats);
  wd_json_writer_end_object (writer);
  unseen = finish (writer);
  assert_has (unseen, "\"paused\":null");
  assert_has (unseen, "\"waiting_jobs\":null,\"oldest_waiting\":null");
}

/* Returns: (transfer full): what a client reads of @stats */
static WdStats *
send_and_read (const WdStats *stats)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();
  WdStats *read;

  wd_json_writer_begin_object (writer);
  wd_wire_stats_members (writer, stats);
  wd_json_writer_end_object (writer);
  text = finish (writer);
  read = wd_wire_read_stats (text, strlen (text), &error);
  g_assert_no_error (error);
  return read;
}

/* What a window shows of queues upon the stores it shows upon a service. */
static void
test_stats_of_queues (void)
{
  g_autoptr (WdStats) stats = wd_stats_new ();
  g_autoptr (WdStats) read = NULL, unseen = NULL;
  WdWorkerStats *worker;

  stats->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_worker_stats_free);
  for (guint i = 0; i < 3; i++)
    {
      worker = make_worker (WD_WORKER_STATUS_IDLE, -1);
      worker->overdue = 5 * i;
      g_ptr_array_add (stats->workers, worker);
      if (i == 2)
        continue;
      worker->has_signs = i == 1 ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
      worker->sees_workers = i == 1;
    }
  read = send_and_read (stats);
  worker = read->workers->pdata[1];
  g_assert_cmpint (worker->overdue, ==, 5);
  g_assert_cmpint (worker->has_signs, ==, WD_TRISTATE_TRUE);
  g_assert_true (worker->sees_workers);
  g_assert_true (wd_stats_has_unseen_workers (read));
  g_assert_false (wd_stats_is_queue_told (read, 0));
  g_assert_true (wd_stats_is_queue_told (read, 1));
  /* Into this one nobody looked. */
  worker = read->workers->pdata[2];
  g_assert_cmpint (worker->overdue, ==, 0);
  g_assert_cmpint (worker->has_signs, ==, WD_TRISTATE_UNSET);
  g_assert_false (wd_stats_is_queue_told (read, 2));
  /* That Redis does not say who is connected is no sign. */
  worker = stats->workers->pdata[1];
  worker->sees_workers = FALSE;
  unseen = send_and_read (stats);
  g_assert_false (wd_stats_has_unseen_workers (unseen));
}

static void
test_queues (void)
{
  g_autoptr (GPtrArray) queues = g_ptr_array_new ();
  g_autoptr (WdQueueCounts) counts = wd_queue_counts_new ();
  g_autofree char *document = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  counts->queue = g_strdup ("sync-balances");
  counts->waiting = 7;
  counts->workers = -1;
  counts->paused = TRUE;
  counts->version = g_strdup ("bullmq:5.81.5");
  g_ptr_array_add (queues, counts);
  wd_json_writer_begin_object (writer);
  wd_wire_queues_members (writer, queues);
  wd_json_writer_end_object (writer);
  document = finish (writer);
  g_assert_cmpstr (document, ==,
                   "{\"queues\":[{\"queue\":\"sync-balances\",\"waiting\":7,\"prioritized\":0,"
                   "\"delayed\":0,\"active\":0,\"completed\":0,\"failed\":0,\"waiting_children\":0,"
                   "\"paused\":true,\"version\":\"bullmq:5.81.5\",\"connected_workers\":null}]}");
}

static void
test_audit (void)
{
  WdAuditEntry *entry = wd_audit_entry_new ();
  g_autoptr (WdPage) page = wd_page_new ();
  g_autofree char *document = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  entry->id = g_strdup ("9007199254740993");
  entry->at = MIDDAY;
  entry->os_user = g_strdup ("ann\n");
  entry->db_role = g_strdup ("ops");
  entry->action = g_strdup ("set-flags");
  entry->target_type = g_strdup ("wallet");
  entry->target_id = g_strdup ("TX");
  entry->after = g_strdup ("{\"n\": 1e400}");
  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_audit_entry_unref);
  g_ptr_array_add (page->items, entry);
  page->total = 1;
  page->total_is_exact = TRUE;
  wd_json_writer_begin_object (writer);
  wd_wire_audit_page_members (writer, page);
  wd_json_writer_end_object (writer);
  document = wd_json_writer_finish (writer);
  g_assert_cmpstr (document, ==,
                   "{\"entries\":[{\"id\":9007199254740993,\"at\":\"2025-11-23T12:00:00.123456Z\","
                   "\"os_user\":\"ann\\n\",\"host\":null,\"db_role\":\"ops\",\"client\":null,"
                   "\"action\":\"set-flags\",\"target_type\":\"wallet\",\"target_id\":\"TX\","
                   "\"before\":null,\"after\":{\"n\": 1e400}}],"
                   "\"total\":1,\"total_is_exact\":true,\"next_cursor\":null}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/job", test_job);
  g_test_add_func ("/wire/job-detail", test_job_detail);
  g_test_add_data_func ("/wire/job-data/object",
                        "{\"amount\":123456789.123456789123456789,\"n\":18446744073709551617}",
                        test_job_data);
  g_test_add_data_func ("/wire/job-data/array", "[1e400,-0.0,1e-18]", test_job_data);
  g_test_add_data_func ("/wire/job-data/text", "\"\\u0007 … \\\\\"", test_job_data);
  g_test_add_data_func ("/wire/job-data/null", "null", test_job_data);
  g_test_add_func ("/wire/wallet", test_wallet);
  g_test_add_func ("/wire/pages", test_pages);
  g_test_add_func ("/wire/audit", test_audit);
  g_test_add_func ("/wire/stats", test_stats);
  g_test_add_func ("/wire/stats-of-queues", test_stats_of_queues);
  g_test_add_func ("/wire/queues", test_queues);
  return g_test_run ();
}
