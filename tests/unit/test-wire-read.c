/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading what remote dashboards answer: every shape that is deployed, and whatever may come. */

#include <string.h>

#include "base/wd-error.h"
#include "wire/wd-wire-send.h"
#include "wire/wd-wire-read-answer.h"
#include "wire/wd-wire-read-bulk.h"
#include "wire/wd-wire-read-row.h"
#include "wire/wd-wire-read.h"

#define N_MUTANTS 20000

#define JOB_A                                                                                     \
  "{\"id\":\"0b5c9d1e-6f70-4c1b-8a4f-9f3f2d1c0b5a\",\"job_id\":\"topup-1\",\"job_type\":"         \
  "\"gas-topup\",\"status\":\"active\",\"wallet_address\":\"TX\\u00fc\\ud83d\\ude00\",\"user_id\"" \
  ":null,\"triggered_by\":\"manual\",\"data\":{\"n\":18446744073709551617,\"x\":[1e-7,{}]},"       \
  "\"error_message\":\"a\\nb\",\"started_at\":\"2026-11-23T12:00:00.5+00:00\",\"completed_at\":"  \
  "null,\"retry_count\":0,\"max_retries\":null,\"created_at\":\"infinity\",\"updated_at\":"       \
  "\"2026-11-23T12:00:00.123456+00:00\"}"
#define JOB_B                                                                                     \
  "{\"id\":\"0b5c9d1e-6f70-4c1b-8a4f-9f3f2d1c0b5b\",\"job_id\":\"j\",\"job_type\":\"sync\","      \
  "\"status\":\"processing\",\"data\":\"text\",\"processed_at\":\"2026-11-23T12:00:00+00:00\"}"
#define WALLET                                                                                    \
  "{\"address\":\"TX1\",\"balance\":1e-18,\"balance_exact\":\"0.000000000000000001\","            \
  "\"on_chain_balance\":123456789.12345679,\"trx_balance\":\"NaN\",\"needs_gas\":true,"           \
  "\"needs_consolidation\":null,\"last_sync\":\"2026-01-01T00:00:00+00:00\",\"last_sync_at\":"    \
  "\"2026-02-01T00:00:00+00:00\",\"derivation_path\":\"m/44\",\"is_processing\":false}"

#define BULK_RUN                                                                                  \
  "{\"id\":\"0b5c9d1e-6f70-4c1b-8a4f-9f3f2d1c0b5a\",\"operation\":\"dispatch\",\"job_type\":"     \
  "\"sync\",\"user_id\":null,\"priority\":5,\"force\":false,\"state\":\"paused\",\"total\":9,"    \
  "\"done\":3,\"left\":5,\"refused_count\":1,\"created_at\":\"2026-11-23T12:00:00Z\","            \
  "\"created_by\":\"me\",\"started_at\":null,\"settled_before\":0,\"heartbeat\":null,"            \
  "\"is_running\":false,\"can_take_over\":false,\"must_confirm\":true,\"last_error\":\"gone\","   \
  "\"undelivered\":2,\"counts\":[{\"job_type\":\"sync\",\"network\":null,\"n\":9}],"            \
  "\"forecast\":[{\"code\":\"duplicate\",\"reason\":\"r\",\"n\":1}],\"not_asked\":2,\"refused\":" \
  "[{\"wallet_address\":\"W\",\"error\":\"e\",\"code\":\"refused\"}]}"

static const char *const seeds[] = {
  "{\"jobs\":[" JOB_A "," JOB_B "],\"total\":0,\"limit\":50,\"offset\":0,\"next_cursor\":\"abc\"}",
  "{\"wallets\":[" WALLET "],\"total\":12,\"limit\":50,\"offset\":0}",
  JOB_A,
  "{\"success\":true,\"job\":" JOB_B ",\"message\":\"ok\",\"delivered\":false,\"note\":\"n\"}",
  "{\"success\":true,\"wallet\":" WALLET ",\"message\":\"ok\"}",
  "{\"workers\":[{\"worker_name\":\"wallet-sync-worker\",\"active_jobs\":1,\"completed_jobs\":2,"
  "\"failed_jobs\":3,\"queued_jobs\":4,\"completed_today\":5,\"last_active\":"
  "\"2026-11-23T12:00:00.123Z\",\"status\":\"idle\"}],\"pending_jobs\":1,\"active_jobs\":0,"
  "\"completed_jobs_today\":0,\"total_workers\":3,\"healthy_workers\":3,\"error_workers\":0,"
  "\"last_updated\":\"2026-11-23T12:00:00.123Z\"}",
  "{\"error\":\"Only failed jobs can be retried\"}",
  BULK_RUN,
  "{\"runs\":[" BULK_RUN "," BULK_RUN "]}",
};

static void
test_jobs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWireRows) rows = wd_wire_read_jobs (seeds[0], strlen (seeds[0]), &error);
  const WdJob *a, *b;

  g_assert_no_error (error);
  g_assert_cmpint (rows->total, ==, 0);
  g_assert_cmpstr (rows->next_cursor, ==, "abc");
  g_assert_cmpuint (rows->items->len, ==, 2);
  a = rows->items->pdata[0];
  b = rows->items->pdata[1];
  g_assert_cmpstr (a->wallet_address, ==, "TXü😀");
  g_assert_cmpstr (a->data, ==, "{\"n\":18446744073709551617,\"x\":[1e-7,{}]}");
  g_assert_cmpint (a->created_at, ==, WD_TIME_INFINITY);
  g_assert_cmpint (a->completed_at, ==, WD_TIME_NONE);
  g_assert_cmpint (a->max_retries, ==, WD_INT_NONE);
  g_assert_cmpint (a->started_at, ==, a->updated_at + 500000 - 123456);
  g_assert_cmpstr (b->data, ==, "\"text\"");
  g_assert_null (b->triggered_by);
  g_assert_cmpint (b->started_at, ==, a->started_at - 500000);
  g_assert_cmpint (b->created_at, ==, WD_TIME_NONE);
}

static void
test_wallet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail = wd_wire_read_wallet_detail (WALLET, &error);
  g_autoptr (WdWallet) rough = wd_wire_read_wallet ("{\"address\":\"a\",\"balance\":1e-18}", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (detail->wallet->balance, ==, "0.000000000000000001");
  g_assert_cmpstr (detail->wallet->on_chain_balance, ==, "123456789.12345679");
  g_assert_cmpstr (detail->wallet->trx_balance, ==, "NaN");
  g_assert_cmpint (detail->wallet->needs_gas, ==, WD_TRISTATE_TRUE);
  g_assert_cmpint (detail->wallet->needs_consolidation, ==, WD_TRISTATE_UNSET);
  g_assert_cmpint (detail->wallet->last_sync, ==, G_GINT64_CONSTANT (1769904000000000));
  g_assert_true (detail->has_needs_consolidation);
  g_assert_cmpstr (wd_wallet_detail_find (detail, "derivation_path")->value, ==, "m/44");
  g_assert_cmpint (wd_wallet_detail_find (detail, "is_processing")->kind, ==,
                   WD_WALLET_FIELD_BOOLEAN);
  g_assert_null (wd_wallet_detail_find (detail, "balance_exact"));
  g_assert_cmpstr (rough->balance, ==, "0.000000000000000001");
  g_assert_null (rough->id);
}

/* What a job must not hold. */
static const char *const wrong_jobs[] = {
  "{\"jobs\":[{\"id\":1,\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\"}]}",
  "{\"jobs\":[{\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\"}]}",
  "{\"jobs\":[{\"id\":\"\",\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\"}]}",
  "{\"jobs\":[{\"id\":\"i\",\"job_id\":\"j\",\"job_type\":\"t\",\"status\":null}]}",
  "{\"jobs\":[{\"id\":\"i\",\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\",\"retry_count\":"
  "1.5}]}",
  "{\"jobs\":[{\"id\":\"i\",\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\",\"retry_count\":"
  "99999999999999999999}]}",
  "{\"jobs\":[{\"id\":\"i\",\"job_id\":\"j\",\"job_type\":\"t\",\"status\":\"s\",\"created_at\":"
  "\"soon\"}]}",
  "{\"jobs\":[1]}",
  "{\"jobs\":{}}",
  "{\"jobs\":[],\"total\":-1}",
  "{\"jobs\":[]} x",
  "[]",
  "",
  "<html></html>",
  "{\"jobs\":[]",
};

static void
test_wrong_jobs (gconstpointer data)
{
  const char *text = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (wd_wire_read_jobs (text, strlen (text), &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_PROTOCOL);
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new ("{\"jobs\":[");
  g_autoptr (GString) deep = g_string_new ("{\"jobs\":");
  const char zero[] = "{\"jobs\":[]}\0{";

  for (guint i = 0; i < 1001; i++)
    g_string_append (many, i > 0 ? ",{}" : "{}");
  g_string_append (many, "]}");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (wd_wire_read_jobs (many->str, many->len, NULL));
  g_assert_null (wd_wire_read_jobs (deep->str, deep->len, NULL));
  g_assert_null (wd_wire_read_jobs (zero, sizeof zero - 1, NULL));
}

static void
test_repeated_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJob) job = wd_wire_read_job ("{\"id\":\"a\",\"\\u0069d\":\"b\",\"job_id\":\"j\","
                                            "\"job_type\":\"t\",\"status\":\"s\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (job->id, ==, "b");
}

static void
test_failures (void)
{
  static const struct {
    const char *text;
    const char *reason;
    int code;
  } cases[] = {
    { "{\"error\":\"Maximum retries exceeded\"}", "Maximum retries exceeded",
      WD_ERROR_RETRIES_EXHAUSTED },
    { "{\"error\":\"locked\",\"code\":\"busy\"}", "locked", WD_ERROR_BUSY },
    { "{\"error\":\"odd\",\"code\":\"odd\"}", "odd", -1 },
    { "{\"error\":7}", NULL, -1 },
    { "<h1>no</h1>", NULL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int code;
      g_autofree char *reason = wd_wire_read_failure (cases[i].text, strlen (cases[i].text), &code);

      g_assert_cmpstr (reason, ==, cases[i].reason);
      g_assert_cmpint (code, ==, cases[i].code);
    }
}

static void
test_orders (void)
{
  g_autofree char *dispatch = wd_wire_send_dispatch ("T\"X", NULL, WD_PRIORITY_HIGH);
  g_autofree char *retry = wd_wire_send_retry ("i", FALSE, FALSE);
  g_autofree char *reset = wd_wire_send_retry ("i", TRUE, FALSE);
  g_autofree char *forced = wd_wire_send_retry ("i", FALSE, TRUE);
  g_autofree char *flags = wd_wire_send_flags ("a", WD_TRISTATE_UNSET, WD_TRISTATE_FALSE);

  g_assert_cmpstr (dispatch, ==, "{\"wallet_address\":\"T\\\"X\",\"priority\":10,"
                                 "\"triggered_by\":\"manual\"}");
  g_assert_cmpstr (retry, ==, "{\"job_id\":\"i\"}");
  g_assert_cmpstr (reset, ==, "{\"job_id\":\"i\",\"reset_retry_count\":true}");
  g_assert_cmpstr (forced, ==, "{\"job_id\":\"i\",\"force\":true}");
  g_assert_cmpstr (flags, ==, "{\"wallet_address\":\"a\",\"flags\":{\"needs_consolidation\":"
                              "false}}");
}

static const char *const pieces[] = {
  "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u0000", "\\ud800", "null", "true", "1e999999999",
  "-", "0", "99999999999999999999999", "\"id\":", "{\"a\":", "\xff", "\xc3", "e+", ".",
};

static void
mutate (GRand *rand, GString *text)
{
  for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (int) text->len + 1);
      gsize length = (gsize) g_rand_int_range (rand, 0, 20);
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          if (at < text->len)
            text->str[at] = (char) g_rand_int_range (rand, 0, 256);
          break;
        case 1:
          g_string_erase (text, (gssize) at, (gssize) MIN (length, text->len - at));
          break;
        case 2:
          g_string_insert (text, (gssize) at, piece);
          break;
        default:
          g_string_truncate (text, at);
          g_string_append (text, seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
          break;
        }
    }
}

/* Every reader either has something or says why not. Returns: how many had something */
static guint
read_all (const char *text, gsize length)
{
  GError *errors[8] = { NULL };
  g_autoptr (WdWireRows) jobs = wd_wire_read_jobs (text, length, &errors[0]);
  g_autoptr (WdWireRows) wallets = wd_wire_read_wallets (text, length, &errors[1]);
  g_autoptr (WdStats) stats = wd_wire_read_stats (text, length, &errors[2]);
  g_autoptr (WdJob) bare = wd_wire_read_bare_job (text, length, &errors[3]);
  gboolean delivered;
  g_autofree char *note = NULL;
  g_autoptr (WdJob) job = wd_wire_read_written_job (text, length, &delivered, &note, &errors[4]);
  g_autoptr (WdWallet) wallet = wd_wire_read_written_wallet (text, length, &errors[5]);
  g_autoptr (WdBulkRun) run = wd_wire_read_bulk (text, length, &errors[6]);
  g_autoptr (GPtrArray) runs = wd_wire_read_bulk_list (text, length, &errors[7]);
  gconstpointer found[] = { jobs, wallets, stats, bare, job, wallet, run, runs };
  int code;
  g_autofree char *reason = wd_wire_read_failure (text, length, &code);
  guint n = reason != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_assert_true ((found[i] != NULL) == (errors[i] == NULL));
      if (errors[i] != NULL)
        g_assert_error (errors[i], WD_ERROR, WD_ERROR_PROTOCOL);
      g_clear_error (&errors[i]);
      n += found[i] != NULL;
    }
  for (guint i = 0; wallets != NULL && i < wallets->objects->len; i++)
    {
      g_autoptr (WdWalletDetail) detail =
        wd_wire_read_wallet_detail (wallets->objects->pdata[i], NULL);

      g_assert_nonnull (detail);
    }
  return n;
}

static void
test_mutants (void)
{
  guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  guint n_read = 0;

  for (guint i = 0; i < N_MUTANTS; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);

      if (i >= G_N_ELEMENTS (seeds))
        mutate (rand, text);
      n_read += read_all (text->str, text->len);
    }
  g_rand_free (rand);
  g_test_message ("%u of %d could be read", n_read, N_MUTANTS);
  g_assert_cmpuint (n_read, >, N_MUTANTS / 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-read/jobs", test_jobs);
  g_test_add_func ("/wire-read/wallet", test_wallet);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_jobs); i++)
    {
      g_autofree char *name = g_strdup_printf ("/wire-read/wrong-jobs/%zu", i);

      g_test_add_data_func (name, wrong_jobs[i], test_wrong_jobs);
    }
  g_test_add_func ("/wire-read/bounds", test_bounds);
  g_test_add_func ("/wire-read/repeated-members", test_repeated_members);
  g_test_add_func ("/wire-read/failures", test_failures);
  g_test_add_func ("/wire-read/orders", test_orders);
  g_test_add_func ("/wire-read/mutants", test_mutants);
  return g_test_run ();
}
