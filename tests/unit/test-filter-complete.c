/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be typed next. That no line breaks it, test-filter-text looks at. */

#include <string.h>

#include "model/wd-filter-complete.h"

/* The cursor stands at the bar; what a choice replaces stands in brackets, then the choices. */
static const struct {
  gboolean wallets;
  const char *text;
  const char *piece;
  const char *choices; /* joined by bars */
} completions[] = {
  { FALSE, "sta|", "sta", "status:" },
  { FALSE, "x STA|tus", "STAtus", "status:" },
  { FALSE, "fai|", "fai", "status:failed " },
  { FALSE, "-t|", "t", "type:|trigger:" },
  { FALSE, "status:|", "", "pending |active |retrying |completed |failed " },
  { FALSE, "-status:failed,co|", "co", "completed " },
  { FALSE, "status:f|x created:", "fx", "failed " },
  { FALSE, "created:>-2|", ">-2", ">-24h " },
  { FALSE, "da|", "da", "data." },
  { FALSE, "data.amount:|", "", ">|<|~" },
  { FALSE, "error:\"sta|", "", "" },
  { FALSE, "error:\"a\\\" b\" tr|", "tr", "trigger:" },
  { FALSE, "wallet:T|", "T", "" },
  { FALSE, "nonsense:|", "", "" },
  { TRUE, "network:|", "", "tron |\"b,sc\" " },
  { TRUE, "tro|", "tro", "trouble:|network:tron " },
  { TRUE, "trouble:f|", "f", "failures |flag " },
  { TRUE, "gas:|", "", "yes |no " },
};

static void
test_complete (void)
{
  static const char *const networks[] = { "tron", "b,sc", NULL };
  static const WdFilterWords known = { "network", networks };

  for (gsize i = 0; i < G_N_ELEMENTS (completions); i++)
    {
      g_autoptr (GString) text = g_string_new (completions[i].text);
      gsize n_fields, cursor = strcspn (text->str, "|");
      const WdFilterField *fields = completions[i].wallets ? wd_wallet_filter_fields (&n_fields)
                                                           : wd_job_filter_fields (&n_fields);
      g_autoptr (GPtrArray) choices = NULL;
      g_autoptr (GString) joined = g_string_new (NULL);
      g_autofree char *piece = NULL;
      WdTextSpan span;

      g_test_message ("%s", text->str);
      g_string_erase (text, cursor, 1);
      choices = wd_filter_complete (fields, n_fields, &known, text->str, cursor, &span);
      for (guint j = 0; j < choices->len; j++)
        g_string_append_printf (joined, "%s%s", j > 0 ? "|" : "",
                                ((WdFilterChoice *) choices->pdata[j])->text);
      piece = g_strndup (text->str + span.start, span.end - span.start);
      g_assert_cmpstr (piece, ==, completions[i].piece);
      g_assert_cmpstr (joined->str, ==, completions[i].choices);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-complete/choices", test_complete);
  return g_test_run ();
}
