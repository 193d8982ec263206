/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters as lines of text. What a line means for the database is test-postgres-lists' and the
 * integration tests' matter. */

#include <string.h>

#include "base/wd-error.h"
#include "model/wd-filter-complete.h"
#include "model/wd-filter-text.h"

#define UUID "6f1c2f6e-0d5c-4b62-9d7c-0c1f0f0a9f10"

/* 2026-11-26T00:00:00Z, an hour later in Berlin. */
#define NOW (G_GINT64_CONSTANT (1795651200) * G_USEC_PER_SEC)

static GTimeZone *
berlin (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/Berlin");

  g_assert_nonnull (zone);
  return zone;
}

/* The line that a line becomes when it is read and written; NULL where it is refused. */
static char *
again (const char *text, gboolean wallets, WdTextSpan *span, GError **error)
{
  g_autoptr (GTimeZone) zone = berlin ();

  if (wallets)
    {
      g_autoptr (WdWalletFilter) filter = wd_wallet_filter_from_text (text, zone, NOW, span, error);

      return filter != NULL ? wd_wallet_filter_to_text (filter, zone) : NULL;
    }
  else
    {
      g_autoptr (WdJobFilter) filter = wd_job_filter_from_text (text, zone, NOW, span, error);

      return filter != NULL ? wd_job_filter_to_text (filter, zone) : NULL;
    }
}

static const struct {
  gboolean wallets;
  const char *text;
  const char *canonical; /* NULL: as it is */
} good[] = {
  { FALSE, "", NULL },
  { FALSE, "  \t ", "" },
  { FALSE, "status:failed type:gas-topup trigger:manual wallet:TX error:\"out of energy\"", NULL },
  { FALSE, "error:\"out of energy\" STATUS:Failed,active", "status:failed,active error:\"out of "
                                                           "energy\"" },
  { FALSE, "-status:failed,completed -type:sync -trigger:system -error:timeout", NULL },
  { FALSE, "status:failed -status:active", NULL },
  { FALSE, "status:\"no such, word\",\"\"", NULL },
  { FALSE, "status:\"failed\"", "status:failed" },
  { FALSE, "wallet:\"\" group:\"\"", NULL },
  { FALSE, "group:\"T# is out of #, at block #\"", NULL },
  { FALSE, "user:" UUID " id:6f1c", NULL },
  { FALSE, "created:>2026-11-01", "created:>=2026-11-02" },
  { FALSE, "created:>=2026-11-01", NULL },
  { FALSE, "created:<2026-11-01", "created:<=2026-10-31" },
  { FALSE, "created:2026-11-01", NULL },
  { FALSE, "created:2026-10-25", NULL },
  { FALSE, "created:2026-03-29T03:00", NULL },
  { FALSE, "created:2026-11-01..2026-11-03", NULL },
  { FALSE, "created:2026-11-01..", "created:>=2026-11-01" },
  { FALSE, "created:..2026-11-01T14:05", "created:<=2026-11-01T14:05" },
  { FALSE, "created:>=\"2026-11-01 14:05\"", "created:>=2026-11-01T14:05" },
  { FALSE, "created:2026-11-01T14:05:06.5Z", NULL },
  { FALSE, "created:>2026-11-01T14:05:06+01:00", "created:>=2026-11-01T13:05:06.000001Z" },
  { FALSE, "created:>=2026-10-31T23:00:00Z", "created:>=2026-11-01" },
  { FALSE, "created:>-24h", NULL },
  { FALSE, "created:>=-1w created:<-2h", "created:-7d..-2h" },
  { FALSE, "created:-7d..2026-11-25", NULL },
  { FALSE, "created:>-90s", NULL },
  { FALSE, "created:>-60m", "created:>-1h" },
  { FALSE, "created:>=-infinity", NULL },
  { FALSE, "created:<=infinity", NULL },
  { FALSE, "created:2026-11-01 completed:-7d..-1h", NULL },
  { FALSE, "retries:3", NULL },
  { FALSE, "retries:>2", "retries:>=3" },
  { FALSE, "retries:<1", "retries:<=0" },
  { FALSE, "retries:>=1 retries:<=4", "retries:1..4" },
  { FALSE, "data.amount:>5", NULL },
  { FALSE, "data.amount:5..1e3", "data.amount:>=5 data.amount:<=1e3" },
  { FALSE, "data.a.0.\"b c\":\"x\\ny\" data.note:~Tron", NULL },
  { FALSE, "data.tx:0x1f", NULL },
  { FALSE, "data.op:\">5\"", NULL },
  { FALSE, "out of energy", NULL },
  { FALSE, "out  of", "out of" },
  { FALSE, "out status:failed of", "status:failed out of" },
  { FALSE, "\"out  of\"", NULL },
  { FALSE, "\"status:failed\"", NULL },
  { FALSE, "\"-x\" a,b 1:2", "\"-x a,b 1:2\"" },
  { FALSE, "\"\\u0041\\u0007\\t\\\\\\\"\"", "\"A\\u0007\\u0009\\\\\\\"\"" },
  { FALSE, "größe", NULL },
  { TRUE, "network:tron,eth gas:yes consolidation:no balance:>0.5 TX", NULL },
  { TRUE, "needs:gas -needs:consolidation", "gas:yes consolidation:no" },
  { TRUE, "-gas:true", "gas:no" },
  { TRUE, "-network:tron address:T user:" UUID, "-network:tron user:" UUID " address:T" },
  { TRUE, "trouble:any", NULL },
  { TRUE, "balance:>1 Trouble:FAILURES,flag -trouble:sync",
    "trouble:failures,flag -trouble:sync balance:>1" },
  { TRUE, "trouble:\"sick\"", NULL },
  { TRUE, "balance:1..5", NULL },
  { TRUE, "balance:0.100000000000000000000000000001", NULL },
  { TRUE, "balance:>1 balance:<=1.0000000000000000000000000000000001", NULL },
  { TRUE, "balance:>=5. balance:<=6", NULL },
  { TRUE, "balance:>-1e-18", NULL },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      const char *canonical = good[i].canonical != NULL ? good[i].canonical : good[i].text;
      g_autoptr (GError) error = NULL;
      g_autofree char *once = NULL, *twice = NULL;

      g_test_message ("%s", good[i].text);
      once = again (good[i].text, good[i].wallets, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (once, ==, canonical);
      twice = again (once, good[i].wallets, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (twice, ==, canonical);
    }
}

static const struct {
  gboolean wallets;
  const char *text;
  const char *wrong;   /* the piece that is marked */
  const char *message; /* part of what is said */
} bad[] = {
  { FALSE, "type:sync status:faild", "faild", "pending, active, retrying, completed, failed" },
  { FALSE, "status:", "status:", "takes pending" },
  { FALSE, "status:failed,", "status:failed,", "takes pending" },
  { FALSE, "status:>failed", "status:>failed", "no “>”" },
  { FALSE, "status:failed status:active", "status:active", "with commas" },
  { FALSE, "stats:failed", "stats", "status:, type:" },
  { FALSE, "network:tron", "network", "There is no" },
  { FALSE, "status.x:failed", "status.x", "nothing within" },
  { FALSE, "-failed", "-failed", "in quotes" },
  { FALSE, "-wallet:x", "-wallet:x", "turned round" },
  { FALSE, "wallet:a,b", "wallet:a,b", "one value" },
  { FALSE, "wallet: a", "wallet:", "right after wallet:" },
  { FALSE, "id:\"\"", "id:\"\"", "nothing between" },
  { FALSE, "x \"\"", "\"\"", "nothing between" },
  { FALSE, "user:1", "1", "UUID" },
  { FALSE, "error:\"out of", "\"out of", "not closed" },
  { FALSE, "error:out\"of", "\"", "inside a word" },
  { FALSE, "error:\"a\\x\"", "\\", "backslash" },
  { FALSE, "error:\"a\\u0000\"", "\\u0000", "backslash" },
  { FALSE, "error:\"a\"b", "b", "space is missing" },
  { FALSE, "created:yesterday", "yesterday", "2026-11-23" },
  { FALSE, "created:2026-02-30", "2026-02-30", "not a time" },
  { FALSE, "created:2026-11-01T14:05:06", "2026-11-01T14:05:06", "with its zone" },
  { FALSE, "created:0999-01-01", "0999-01-01", "not a time" },
  { FALSE, "created:-24h", "created:-24h", "created:>-24h" },
  { FALSE, "created:>-0h", "-0h", "not a time" },
  { FALSE, "created:>-99999999999999999999h", "-99999999999999999999h", "not a time" },
  { FALSE, "created:>infinity", "created:>infinity", "beyond" },
  { FALSE, "created:2026-11-03..2026-11-01", "created:2026-11-03..2026-11-01", "begins after" },
  { FALSE, "created:..", "..", "before or after" },
  { FALSE, "created:>2026-11-01 created:>-24h", "created:>-24h", "already" },
  { FALSE, "retries:<0", "retries:<0", "less than 0" },
  { FALSE, "retries:x", "x", "number" },
  { FALSE, "retries:2..1", "retries:2..1", "begins after" },
  { FALSE, "retries:99999999999999999999", "99999999999999999999", "number" },
  { FALSE, "retries:1,2", "retries:1,2", "one value" },
  { FALSE, "data:5", "data", "data.amount" },
  { FALSE, "data.:5", "data.", "after the dot" },
  { FALSE, "data.amount:>five", "five", "not an amount" },
  { FALSE, "\xff", "\xff", "UTF-8" },
  { TRUE, "status:failed", "status", "network:, gas:" },
  { TRUE, "gas:maybe", "maybe", "yes or no" },
  { TRUE, "needs:sleep", "sleep", "gas or consolidation" },
  { TRUE, "gas:yes needs:gas", "needs:gas", "already" },
  { TRUE, "balance:NaN", "NaN", "not an amount" },
  { TRUE, "balance:2..1", "balance:2..1", "begins after" },
  { TRUE, "balance:>1 balance:<1.0", "balance:<1.0", "begins after" },
  { TRUE, "network:", "network:", "missing" },
  { TRUE, "trouble:sick", "sick", "any, failures, flag, sync, deposit, uncleared" },
  { TRUE, "trouble:sync trouble:flag", "trouble:flag", "already" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *marked = NULL, *written = NULL;
      WdTextSpan span = { 0 };

      if (g_utf8_validate (bad[i].text, -1, NULL))
        g_test_message ("%s", bad[i].text);
      written = again (bad[i].text, bad[i].wallets, &span, &error);
      g_assert_null (written);
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_assert_cmpuint (span.start, <, span.end);
      g_assert_cmpuint (span.end, <=, strlen (bad[i].text));
      marked = g_strndup (bad[i].text + span.start, span.end - span.start);
      g_assert_cmpstr (marked, ==, bad[i].wrong);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, bad[i].message));
    }
}

/* What is read, beside how it is written. */
static void
test_meaning (void)
{
  g_autoptr (GTimeZone) zone = berlin ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdJobFilter) filter = NULL, moved = NULL;
  g_autofree char *from = NULL, *to = NULL;
  WdDataTest *test;

  filter = wd_job_filter_from_text ("created:2026-11-01 data.\"a b\".c:<=1.50 retries:>1", zone,
                                    NOW, NULL, &error);
  g_assert_no_error (error);
  from = wd_time_to_rfc3339 (filter->from);
  to = wd_time_to_rfc3339 (filter->to);
  g_assert_cmpstr (from, ==, "2026-10-31T23:00:00Z");
  g_assert_cmpstr (to, ==, "2026-11-01T22:59:59.999999Z");
  g_assert_cmpint (filter->retries_from, ==, 2);
  g_assert_cmpint (filter->retries_to, ==, -1);
  g_assert_cmpuint (filter->data->len, ==, 1);
  test = filter->data->pdata[0];
  g_assert_cmpstr (test->path[0], ==, "a b");
  g_assert_cmpstr (test->path[1], ==, "c");
  g_assert_cmpint (test->op, ==, WD_FILTER_OP_AT_MOST);
  g_assert_cmpstr (test->value, ==, "1.50");

  wd_job_filter_free (filter);
  filter = wd_job_filter_from_text ("created:>-24h", zone, NOW, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (filter->from, ==, NOW - 86400 * (gint64) G_USEC_PER_SEC);
  moved = wd_job_filter_copy (filter);
  wd_job_filter_set_now (moved, NOW + 60 * G_USEC_PER_SEC);
  g_assert_cmpint (moved->from, ==, filter->from + 60 * G_USEC_PER_SEC);
  g_assert_true (wd_job_filter_equal (moved, filter));
  g_assert_false (wd_job_filter_is_empty (filter));
}

/* Pieces of which most lines are refused only for what is wrong in one place. */
static const char *const pieces[] = {
  "status:", "type:", "-status:", "failed", "active,", "sync", "trigger:manual",
  "wallet:", "user:", UUID, "id:", "group:", "error:", "-error:", "created:",
  "completed:", "retries:", "data.", "data.a:", "data", "network:", "gas:", "yes",
  "trouble:", "-trouble:any", "deposit",
  "needs:gas", "consolidation:no", "balance:", "address:", ">", ">=", "<", "<=", "=",
  "~", "..", ",", ".", "-", ":", "\"", "\\", "\\n", "\\u00e4", "\"a b\"", " ", "  ",
  "\t", "\n", "0", "1", "5.", ".5", "-3", "1e400", "2026-11-01", "2026-11-01T14:05",
  "T", "Z", "-24h", "-7d", "2026-10-25T01:30:00.123456Z", "infinity", "ä", "\xe2\x80\xa8",
  "\xc2\x85", "\xf0\x9f\x92\xb0", "\xff", "\xe2", "\x01", "x", "TX7", "amount",
  "out of energy",
};

static char *
random_line (GRand *random)
{
  GString *line = g_string_new (NULL);
  int n = g_rand_int_range (random, 0, 12);

  for (int i = 0; i < n; i++)
    {
      g_string_append (line, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      if (g_rand_int_range (random, 0, 3) == 0)
        g_string_append_c (line, ' ');
    }
  return g_string_free (line, FALSE);
}

static char *
mutated_line (GRand *random)
{
  GString *line = g_string_new (good[g_rand_int_range (random, 0, G_N_ELEMENTS (good))].text);
  int n = g_rand_int_range (random, 1, 4);

  for (int i = 0; i < n; i++)
    {
      gsize at = g_rand_int_range (random, 0, line->len + 1);

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          g_string_insert (line, at, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          break;
        case 1:
          g_string_erase (line, at, g_rand_int_range (random, 0, MIN (line->len - at, 3) + 1));
          break;
        case 2:
          g_string_insert_c (line, at, (char) g_rand_int_range (random, 1, 256));
          break;
        default:
          g_string_append (line, good[g_rand_int_range (random, 0, G_N_ELEMENTS (good))].text);
        }
    }
  return g_string_free (line, FALSE);
}

/* Every line is either refused, with a piece of it marked and a sentence, or read as a valid filter
 * that comes back equal from the line it is written as. */
static gboolean
check_line (const char *line, gboolean wallets, GTimeZone *zone)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL, *rewritten = NULL;
  WdTextSpan span = { 0 };

  if (g_utf8_validate (line, -1, NULL))
    for (gsize i = 0; i <= strlen (line); i += 5)
      {
        gsize n_fields;
        const WdFilterField *fields = wd_job_filter_fields (&n_fields);
        g_autoptr (GPtrArray) choices = wd_filter_complete (fields, n_fields, NULL, line, i, &span);

        g_assert_nonnull (choices);
        g_assert_cmpuint (span.start, <=, i);
        g_assert_cmpuint (span.end, >=, i);
      }
  written = again (line, wallets, &span, &error);
  if (written == NULL)
    {
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_assert_cmpuint (span.start, <, span.end);
      g_assert_cmpuint (span.end, <=, strlen (line));
      return FALSE;
    }
  g_assert_true (g_utf8_validate (written, -1, NULL));
  if (wallets)
    {
      g_autoptr (WdWalletFilter) one = wd_wallet_filter_from_text (line, zone, NOW, NULL, NULL);
      g_autoptr (WdWalletFilter) other = wd_wallet_filter_from_text (written, zone, NOW, NULL,
                                                                     &error);

      g_assert_no_error (error);
      g_assert_true (wd_wallet_filter_equal (one, other));
      g_assert_true (wd_wallet_filter_validate (one, &error));
    }
  else
    {
      g_autoptr (WdJobFilter) one = wd_job_filter_from_text (line, zone, NOW, NULL, NULL);
      g_autoptr (WdJobFilter) copy = wd_job_filter_copy (one);
      g_autoptr (WdJobFilter) other = wd_job_filter_from_text (written, zone, NOW, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (wd_job_filter_equal (copy, other));
      g_assert_true (wd_job_filter_validate (one, &error));
    }
  g_assert_no_error (error);
  rewritten = again (written, wallets, NULL, NULL);
  g_assert_cmpstr (rewritten, ==, written);
  return TRUE;
}

static void
test_fuzz (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261126);
  g_autoptr (GTimeZone) zone = berlin ();
  guint read = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *line = i % 2 == 0 ? random_line (random) : mutated_line (random);

      read += check_line (line, i % 3 == 0, zone);
    }
  /* Neither is everything refused, nor nothing. */
  g_test_message ("%u of 20000 lines are filters", read);
  g_assert_cmpuint (read, >, 1000);
  g_assert_cmpuint (read, <, 15000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-text/good", test_good);
  g_test_add_func ("/filter-text/bad", test_bad);
  g_test_add_func ("/filter-text/meaning", test_meaning);
  g_test_add_func ("/filter-text/fuzz", test_fuzz);
  return g_test_run ();
}
