/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For which reasons jobs or wallets were refused: what differs in details only is one. */

#include "base/wd-error.h"
#include "model/wd-result.h"
#include "session/wd-bulk-reasons.h"

static GPtrArray *
group (const char *const *messages)
{
  g_autoptr (GPtrArray) refusals
    = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);

  for (guint i = 0; messages[i] != NULL; i++)
    {
      g_autofree char *subject = g_strdup_printf ("subject %u", i);

      g_ptr_array_add (refusals, wd_refusal_new (subject,
                                                 g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                                                      messages[i])));
    }
  return wd_bulk_reasons_group (refusals);
}

static void
test_group (void)
{
  static const struct {
    const char *messages[4];
    const char *texts[3];    /* one for each group */
    gint64 counts[3];
  } cases[] = {
    { { NULL }, { NULL }, { 0 } },
    { { "Used up (3 of 3): reset" }, { "Used up (3 of 3): reset" }, { 1 } },
    { { "Used up (3 of 3): reset", "Used up (3 of 3): reset" }, { "Used up (3 of 3): reset" },
      { 2 } },
    { { "Used up (3 of 3): reset", "Used up (5 of 5): reset" }, { "Used up: reset" }, { 2 } },
    { { "Runs at 14:03:11", "Gone", "Runs at 14:05:00" }, { "Runs at …", "Gone" }, { 2, 1 } },
    { { "Job 69ca3a2e-5a63-4984-a0fd-2bf68178ca1d is active",
        "Job 11111111-5a63-4984-a0fd-2bf68178ca1d is active" }, { "Job … is active" }, { 2 } },
    { { "b", "a" }, { "a", "b" }, { 1, 1 } },
    { { "", "" }, { "" }, { 2 } },
    { { "größer (7 s ago)", "größer (8 s ago)" }, { "größer" }, { 2 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) reasons = group (cases[i].messages);
      guint n = 0;

      while (n < 3 && cases[i].texts[n] != NULL)
        n++;
      g_assert_cmpuint (reasons->len, ==, n);
      for (guint k = 0; k < n; k++)
        {
          const WdBulkReason *reason = reasons->pdata[k];

          g_assert_cmpstr (reason->text, ==, cases[i].texts[k]);
          g_assert_cmpint (reason->n, ==, cases[i].counts[k]);
        }
    }
}

static void
test_example (void)
{
  g_autoptr (GPtrArray) reasons
    = group ((const char *const[]) { "Gone", "Busy", "Gone", NULL });
  g_autoptr (GPtrArray) none = wd_bulk_reasons_group (NULL);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (((WdBulkReason *) reasons->pdata[0])->example, ==, "subject 0");
  g_assert_cmpstr (((WdBulkReason *) reasons->pdata[1])->example, ==, "subject 1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bulk-reasons/group", test_group);
  g_test_add_func ("/bulk-reasons/example", test_example);
  return g_test_run ();
}
