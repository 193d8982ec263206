/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-backoff.h"

static void
assert_wait (WdBackoff *backoff, guint full)
{
  guint wait = wd_backoff_next_ms (backoff);

  g_assert_cmpuint (wait, >=, full / 2);
  g_assert_cmpuint (wait, <=, full);
}

static void
test_backoff (void)
{
  static const guint waits[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };

  for (int round = 0; round < 100; round++)
    {
      WdBackoff backoff = { 0 };

      for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
        assert_wait (&backoff, waits[i]);
      wd_backoff_reset (&backoff);
      assert_wait (&backoff, 1000);
      backoff.failures = G_MAXUINT - 1;
      assert_wait (&backoff, 30000);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/backoff", test_backoff);
  return g_test_run ();
}
