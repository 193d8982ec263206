/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-error.h"
#include "model/wd-profile.h"
#include "model/wd-request.h"
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/judge", test_judge);
  g_test_add_func ("/model/dispatch-request", test_dispatch_request);
  g_test_add_func ("/model/filters", test_filters);
  g_test_add_func ("/model/profile", test_profile);
  return g_test_run ();
}
