/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/palette/wd-palette-match.h"

/* What was typed of the text, in brackets. */
static char *
emphasize (const char *text, GArray *spans)
{
  GString *marked = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const WdMatchSpan *span = &g_array_index (spans, WdMatchSpan, i);

      g_string_append_len (marked, text + at, span->start - at);
      g_string_append_printf (marked, "[%.*s]", (int) (span->end - span->start),
                              text + span->start);
      at = span->end;
    }
  g_string_append (marked, text + at);
  return g_string_free (marked, FALSE);
}

static void
test_match (void)
{
  static const struct {
    const char *typed;
    const char *text;
    WdMatchRank rank;
    const char *marked;
  } table[] = {
    { "", "Jobs", WD_MATCH_PREFIX, "Jobs" },
    { "jo", "Jobs", WD_MATCH_PREFIX, "[Jo]bs" },
    { "JOBS", "Jobs", WD_MATCH_PREFIX, "[Jobs]" },
    { "jobs!", "Jobs", WD_MATCH_NONE, "Jobs" },
    { "job", "Show Failed Jobs", WD_MATCH_WORD, "Show Failed [Job]s" },
    { "failed jobs", "Show Failed Jobs", WD_MATCH_WORD, "Show [Failed Jobs]" },
    { "top", "Gas top-up", WD_MATCH_WORD, "Gas [top]-up" },
    { "up", "Gas top-up", WD_MATCH_WORD, "Gas top-[up]" },
    /* A word's beginning goes before an earlier place inside a word. */
    { "s", "Gas Sync", WD_MATCH_WORD, "Gas [S]ync" },
    { "ob", "Jobs", WD_MATCH_INSIDE, "J[ob]s" },
    { "sfj", "Show Failed Jobs", WD_MATCH_SCATTERED, "[S]how [F]ailed [J]obs" },
    { "shjobs", "Show Failed Jobs", WD_MATCH_SCATTERED, "[Sh]ow Failed [Jobs]" },
    { "boj", "Jobs", WD_MATCH_NONE, "Jobs" },
    { "über", "Zur Übersicht", WD_MATCH_WORD, "Zur [Über]sicht" },
    { "ü", "ü", WD_MATCH_PREFIX, "[ü]" },
    { "<b>", "<b>&amp;</b>", WD_MATCH_PREFIX, "[<b>]&amp;</b>" },
    { "can3k", "TGxbgKF7sLQp4nRzXkYvBd9eWcHjMuCAN3K", WD_MATCH_INSIDE,
      "TGxbgKF7sLQp4nRzXkYvBd9eWcHjMu[CAN3K]" },
    { "x", "", WD_MATCH_NONE, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (WdMatchSpan));
      WdMatchRank rank = wd_palette_match (table[i].typed, table[i].text, spans);
      g_autofree char *marked = emphasize (table[i].text, spans);

      g_test_message ("“%s” in “%s”", table[i].typed, table[i].text);
      g_assert_cmpint (rank, ==, table[i].rank);
      g_assert_cmpstr (marked, ==, table[i].marked);
      g_assert_cmpint (wd_palette_match (table[i].typed, table[i].text, NULL), ==, rank);
    }
}

static void
test_order (void)
{
  g_assert_cmpint (WD_MATCH_PREFIX, >, WD_MATCH_WORD);
  g_assert_cmpint (WD_MATCH_WORD, >, WD_MATCH_INSIDE);
  g_assert_cmpint (WD_MATCH_INSIDE, >, WD_MATCH_SCATTERED);
  g_assert_cmpint (WD_MATCH_SCATTERED, >, WD_MATCH_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/match", test_match);
  g_test_add_func ("/palette/order", test_order);
  return g_test_run ();
}
