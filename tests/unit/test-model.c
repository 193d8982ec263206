/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>

#include "base/wd-error.h"
#include "model/wd-bulk-run.h"
#include "model/wd-profile.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "model/wd-stats.h"

static void
test_judge (void)
{
  static const struct {
    const char *name;
    WdWorkerStats stats;
    WdWorkerStatus expected;
  } table[] = {
    { "paused wins over all", { .paused = TRUE, .workers = 3, .lost_locks = 1 },
      WD_WORKER_STATUS_STOPPED },
    { "nobody connected", { .workers = 0, .active = 2 }, WD_WORKER_STATUS_STOPPED },
    { "cannot be seen, idle", { .workers = -1 }, WD_WORKER_STATUS_IDLE },
    { "cannot be seen, active", { .workers = -1, .active = 1 }, WD_WORKER_STATUS_ACTIVE },
    { "lost lock", { .workers = 1, .active = 1, .lost_locks = 1 }, WD_WORKER_STATUS_ERROR },
    { "four finished say nothing", { .workers = 1, .finished_last_hour = 4, .failed_last_hour = 4 },
      WD_WORKER_STATUS_IDLE },
    { "at the threshold", { .workers = 1, .finished_last_hour = 5, .failed_last_hour = 1 },
      WD_WORKER_STATUS_IDLE },
    { "over the threshold", { .workers = 1, .finished_last_hour = 5, .failed_last_hour = 2 },
      WD_WORKER_STATUS_ERROR },
    { "active", { .workers = 1, .active = 1 }, WD_WORKER_STATUS_ACTIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].name);
      g_assert_cmpint (wd_worker_stats_judge (&table[i].stats, 20), ==, table[i].expected);
    }
}

static void
test_dispatch_request (void)
{
  static const struct {
    const char *type, *wallet, *user;
    gboolean good;
  } table[] = {
    { "gas-topup", "T1", NULL, TRUE },
    { "sync", "T1", "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d", TRUE },
    { "sync", "T1", "not-a-uuid", FALSE },
    { "deposit-detection", "T1", NULL, FALSE },
    { "payout", "T1", NULL, FALSE },
    { "gas-topup", "", NULL, FALSE },
    { "gas-topup", "a\nb", NULL, FALSE },
    { "gas-topup", "\xff", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (WdDispatchRequest) request = wd_dispatch_request_new (table[i].type);
      g_autoptr (WdDispatchRequest) copy = NULL;
      g_autoptr (GError) error = NULL;

      request->wallets = g_new0 (char *, 2);
      request->wallets[0] = g_strdup (table[i].wallet);
      request->user_id = g_strdup (table[i].user);
      copy = wd_dispatch_request_copy (request);
      g_assert_cmpint (wd_dispatch_request_validate (copy, &error), ==, table[i].good);
      if (table[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

/* What says which, in a request for bulk work. */
enum { JOBS = 1, WALLETS = 2, NAMED = 4, NONE_NAMED = 8 };

static WdBulkRequest *
make_bulk (WdBulkOperation operation, const char *type, guint which, const char *subject)
{
  WdBulkRequest *request = wd_bulk_request_new (operation);

  request->job_type = g_strdup (type);
  request->jobs = (which & JOBS) != 0 ? wd_job_filter_new () : NULL;
  request->wallets = (which & WALLETS) != 0 ? wd_wallet_filter_new () : NULL;
  if ((which & (NAMED | NONE_NAMED)) != 0)
    request->subjects = g_new0 (char *, 2);
  if ((which & NAMED) != 0)
    request->subjects[0] = g_strdup (subject);
  return request;
}

static void
test_bulk_request (void)
{
  static const char uuid[] = "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d";
  static const struct {
    WdBulkOperation operation;
    const char *type;
    guint which;
    const char *subject;
    WdTristate gas;
    gboolean good;
  } table[] = {
    { WD_BULK_RETRY, NULL, JOBS, NULL, WD_TRISTATE_UNSET, TRUE },
    { WD_BULK_RETRY, NULL, NAMED, uuid, WD_TRISTATE_UNSET, TRUE },
    { WD_BULK_RETRY, NULL, NAMED, "T1", WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_RETRY, NULL, 0, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_RETRY, NULL, NONE_NAMED, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_RETRY, NULL, JOBS | NAMED, uuid, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_RETRY, NULL, WALLETS, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "sync", WALLETS, NULL, WD_TRISTATE_UNSET, TRUE },
    { WD_BULK_DISPATCH, "sync", NAMED, "T1", WD_TRISTATE_UNSET, TRUE },
    { WD_BULK_DISPATCH, "sync", NAMED, "a\nb", WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "sync", NONE_NAMED, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "sync", 0, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "sync", WALLETS | NAMED, "T1", WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "sync", JOBS, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, NULL, WALLETS, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_DISPATCH, "deposit-detection", WALLETS, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_SET_FLAGS, NULL, WALLETS, NULL, WD_TRISTATE_FALSE, TRUE },
    { WD_BULK_SET_FLAGS, NULL, WALLETS, NULL, WD_TRISTATE_UNSET, FALSE },
    { WD_BULK_SET_FLAGS, NULL, JOBS, NULL, WD_TRISTATE_TRUE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (WdBulkRequest) request
          = make_bulk (table[i].operation, table[i].type, table[i].which, table[i].subject);
      g_autoptr (WdBulkRequest) copy = NULL;
      g_autoptr (GError) error = NULL;

      request->needs_gas = table[i].gas;
      copy = wd_bulk_request_copy (request);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (wd_bulk_request_validate (copy, &error), ==, table[i].good);
      if (table[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_bulk_words (void)
{
  WdBulkOperation operation;
  WdBulkState state;

  for (WdBulkOperation one = WD_BULK_RETRY; one <= WD_BULK_SET_FLAGS; one++)
    {
      g_assert_true (wd_bulk_operation_from_word (wd_bulk_operation_word (one), &operation));
      g_assert_cmpint (operation, ==, one);
    }
  for (WdBulkState one = WD_BULK_FROZEN; one <= WD_BULK_DISCARDED; one++)
    {
      g_assert_true (wd_bulk_state_from_word (wd_bulk_state_word (one), &state));
      g_assert_cmpint (state, ==, one);
    }
  g_assert_false (wd_bulk_operation_from_word ("payout", &operation));
  g_assert_false (wd_bulk_state_from_word (NULL, &state));
}

static void
test_bulk_run (void)
{
  g_autoptr (WdBulkRun) run = wd_bulk_run_new ();

  run->started_at = run->heartbeat = WD_TIME_NONE;
  g_assert_cmpfloat (wd_bulk_run_get_rate (run), ==, 0);
  run->started_at = 10 * G_USEC_PER_SEC;
  run->heartbeat = 14 * G_USEC_PER_SEC;
  run->settled_before = 500;
  run->done = 2000;
  run->refused = 500;
  run->is_running = TRUE;
  g_assert_cmpfloat (wd_bulk_run_get_rate (run), ==, 500);
}

static void
test_filters (void)
{
  g_autoptr (WdJobFilter) jobs = wd_job_filter_new ();
  g_autoptr (WdJobFilter) same = NULL;
  g_autoptr (WdWalletFilter) wallets = wd_wallet_filter_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (wd_job_filter_is_empty (jobs));
  jobs->statuses = g_strsplit ("failed", ",", -1);
  jobs->from = 2;
  jobs->to = 1;
  same = wd_job_filter_copy (jobs);
  g_assert_true (wd_job_filter_equal (jobs, same));
  g_assert_false (wd_job_filter_is_empty (jobs));
  g_assert_false (wd_job_filter_validate (jobs, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  same->to = 3;
  g_assert_false (wd_job_filter_equal (jobs, same));
  g_assert_true (wd_job_filter_validate (same, &error));

  g_assert_true (wd_wallet_filter_is_empty (wallets));
  wallets->min_balance = g_strdup ("10.5");
  wallets->max_balance = g_strdup ("9");
  g_assert_false (wd_wallet_filter_validate (wallets, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

static void
test_profile (void)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("Test");
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  g_assert_cmpstr (wd_profile_get_mapping (profile, "sync")->queue, ==, "sync-balances");
  g_assert_cmpstr (wd_profile_get_job_type (profile, "sync-balances"), ==, "sync");
  g_assert_null (wd_profile_get_job_type (profile, "mail"));
  g_assert_null (wd_profile_get_mapping (profile, "payout"));
  for (gsize i = 0; i < n_types; i++)
    g_assert_cmpint (wd_profile_get_mapping (profile, types[i].name)->attempts, >=, 1);
}

/* What was stopped, and what stands behind something of which nothing is known, was not begun. */
static void
test_refusals (void)
{
  static const struct {
    GQuark (*domain) (void);
    int code, copied, untried;
  } table[] = {
    { wd_error_quark, WD_ERROR_BUSY, WD_ERROR_BUSY, WD_ERROR_BUSY },
    { wd_error_quark, WD_ERROR_UNKNOWN_OUTCOME, WD_ERROR_UNKNOWN_OUTCOME, WD_ERROR_NO_CONNECTION },
    { g_io_error_quark, G_IO_ERROR_CANCELLED, WD_ERROR_REFUSED, WD_ERROR_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) reason = g_error_new_literal (table[i].domain (), table[i].code, "why");
      WdRefusal *copied = wd_refusal_new_copy ("it", reason);
      WdRefusal *untried = wd_refusal_new_untried ("it", reason);

      g_assert_error (copied->error, WD_ERROR, table[i].copied);
      g_assert_error (untried->error, WD_ERROR, table[i].untried);
      wd_refusal_free (copied);
      wd_refusal_free (untried);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/judge", test_judge);
  g_test_add_func ("/model/dispatch-request", test_dispatch_request);
  g_test_add_func ("/model/refusals", test_refusals);
  g_test_add_func ("/model/bulk-request", test_bulk_request);
  g_test_add_func ("/model/bulk-words", test_bulk_words);
  g_test_add_func ("/model/bulk-run", test_bulk_run);
  g_test_add_func ("/model/filters", test_filters);
  g_test_add_func ("/model/profile", test_profile);
  return g_test_run ();
}
