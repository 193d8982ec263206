/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Filters that nobody typed, as menus and programs make them, with whatever a database may hold:
 * each comes back equal from the line it is written as. */

#include "model/wd-filter-text.h"

#define ROUNDS 5000

static GRand *source;

static gboolean
toss (void)
{
  return g_rand_boolean (source);
}

static char *
random_text (void)
{
  static const char *const pieces[] = {
    "a", "Z", "9", "-", ":", "\"", "\\", " ", "  ", "\t", "\n", ",", ".", "..", "<", ">=", "~", "=",
    "status:", "data.", "ä", "\xc2\xa0", "\xe2\x80\xa8", "\xf0\x9f\x92\xb0", "\x01", "\x7f",
    "failed", "\xef\xbb\xbf", "%", "'", "#",
  };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (source, 0, 6);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_rand_int_range (source, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static char **
random_words (void)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  int n = g_rand_int_range (source, 1, 4);

  if (toss ())
    return NULL;
  for (int i = 0; i < n; i++)
    {
      g_autofree char *word = toss () ? random_text () : g_strdup ("failed");

      g_strv_builder_add (words, word);
    }
  return g_strv_builder_end (words);
}

/* A microsecond, a second, a minute, a quarter or a day of some year of four digits. */
static void
random_times (WdTime *from, WdTime *to, gint64 *from_ago, gint64 *to_ago)
{
  static const gint64 steps[] = { 1, 1000000, 60000000, 900000000, 86400000000 };
  gint64 step = steps[g_rand_int_range (source, 0, G_N_ELEMENTS (steps))];
  gint64 first = g_rand_int_range (source, -900000000, G_MAXINT32) * (gint64) G_USEC_PER_SEC
                 + g_rand_int_range (source, 0, 1000000);

  first -= first % step;
  if (toss ())
    *from = first;
  if (toss ())
    *to = first + g_rand_int_range (source, 1, 3) * step - 1;
  if (toss () && *from != WD_TIME_NONE && *to == WD_TIME_NONE)
    *from_ago = g_rand_int_range (source, 1, 100000) * (gint64) G_USEC_PER_SEC;
  else if (toss () && *to != WD_TIME_NONE && *from == WD_TIME_NONE)
    *to_ago = g_rand_int_range (source, 1, 100) * (gint64) 3600 * G_USEC_PER_SEC;
}

static void
add_random_test (GPtrArray *tests)
{
  char *path[] = { random_text (), random_text (), NULL };
  g_autofree char *value = random_text ();
  gboolean compares = toss ();

  for (guint i = 0; i < 2; i++)
    if (*path[i] == '\0')
      {
        g_free (path[i]);
        path[i] = g_strdup ("key");
      }
  g_ptr_array_add (tests, compares ? wd_data_test_new (path, WD_FILTER_OP_BELOW, "-0.50e3")
                                   : wd_data_test_new (path, toss () ? WD_FILTER_OP_IS
                                                                     : WD_FILTER_OP_CONTAINS,
                                                       value));
  g_free (path[0]);
  g_free (path[1]);
}

static WdJobFilter *
random_filter (void)
{
  WdJobFilter *filter = wd_job_filter_new ();

  filter->statuses = random_words ();
  filter->not_types = random_words ();
  filter->triggers = random_words ();
  filter->wallet = toss () ? random_text () : NULL;
  filter->error_group = toss () ? random_text () : NULL;
  filter->id_prefix = toss () ? random_text () : NULL;
  filter->error = toss () ? random_text () : NULL;
  filter->not_error = toss () ? random_text () : NULL;
  filter->search = toss () ? random_text () : NULL;
  random_times (&filter->from, &filter->to, &filter->from_ago, &filter->to_ago);
  random_times (&filter->completed_from, &filter->completed_to, &filter->completed_from_ago,
                &filter->completed_to_ago);
  filter->retries_from = g_rand_int_range (source, -1, 4);
  filter->retries_to = toss () ? filter->retries_from + 2 : -1;
  filter->data = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_data_test_free);
  while (toss ())
    add_random_test (filter->data);
  return filter;
}

static WdWalletFilter *
random_wallet_filter (void)
{
  WdWalletFilter *filter = wd_wallet_filter_new ();

  filter->needs_gas = toss () ? WD_TRISTATE_TRUE : WD_TRISTATE_UNSET;
  filter->networks = random_words ();
  filter->not_networks = random_words ();
  filter->troubles = random_words ();
  filter->not_troubles = random_words ();
  filter->min_balance = toss () ? g_strdup ("0.5") : NULL;
  filter->above_min = filter->min_balance != NULL && toss ();
  filter->search = toss () ? random_text () : NULL;
  filter->address_prefix = toss () ? random_text () : NULL;
  return filter;
}

static void
test_random_wallets (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  source = g_rand_new_with_seed (20261126);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (WdWalletFilter) filter = random_wallet_filter ();
      g_autoptr (WdWalletFilter) back = NULL, copy = wd_wallet_filter_copy (filter);
      g_autoptr (GError) error = NULL;
      g_autofree char *line = wd_wallet_filter_to_text (copy, zone);

      back = wd_wallet_filter_from_text (line, zone, 0, NULL, &error);
      if (error != NULL)
        g_test_message ("%s", line);
      g_assert_no_error (error);
      g_assert_true (wd_wallet_filter_equal (filter, back));
    }
  g_rand_free (source);
}

static void
test_random (void)
{
  static const char *const zones[] = { "UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia" };

  source = g_rand_new_with_seed (20261127);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[i % G_N_ELEMENTS (zones)]);
      g_autoptr (WdJobFilter) filter = random_filter ();
      g_autoptr (WdJobFilter) back = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *line = NULL, *again = NULL;

      g_assert_nonnull (zone);
      line = wd_job_filter_to_text (filter, zone);
      back = wd_job_filter_from_text (line, zone, 0, NULL, &error);
      if (error != NULL)
        g_test_message ("%s", line);
      g_assert_no_error (error);
      again = wd_job_filter_to_text (back, zone);
      g_assert_cmpstr (again, ==, line);
      g_assert_true (wd_job_filter_equal (filter, back));
    }
  g_rand_free (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-write/random", test_random);
  g_test_add_func ("/filter-write/random-wallets", test_random_wallets);
  return g_test_run ();
}
