/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-retry-rule.h"

#include "bullmq/wd-bullmq-queue.h"

static const struct {
  const char *name;
  const char *state;
  gboolean automatic;
  gboolean has_data;
  WdRetryVerdict expected;
} cases[] = {
  { "failed", "failed", FALSE, TRUE, WD_RETRY_GOES },
  { "failed, with an id of BullMQ's", "failed", TRUE, TRUE, WD_RETRY_GOES },
  { "failed, without data", "failed", TRUE, FALSE, WD_RETRY_GOES },
  { "gone", NULL, FALSE, TRUE, WD_RETRY_GOES },
  { "gone, with an id of BullMQ's", NULL, TRUE, TRUE, WD_RETRY_AUTOMATIC },
  { "gone, with neither", NULL, TRUE, FALSE, WD_RETRY_AUTOMATIC },
  { "gone, without data", NULL, FALSE, FALSE, WD_RETRY_NO_DATA },
  { "completed", "completed", FALSE, TRUE, WD_RETRY_COMPLETED },
  { "completed, without data", "completed", TRUE, FALSE, WD_RETRY_COMPLETED },
  { "in no list", "unknown", FALSE, TRUE, WD_RETRY_NOWHERE },
  { "found by no worker", "orphan", FALSE, TRUE, WD_RETRY_NOWHERE },
  { "active", "active", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "waiting", "waiting", TRUE, FALSE, WD_RETRY_BY_ITSELF },
  { "delayed", "delayed", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "prioritized", "prioritized", FALSE, TRUE, WD_RETRY_BY_ITSELF },
  { "waiting for children", "waiting-children", FALSE, TRUE, WD_RETRY_BY_ITSELF },
};

static void
test_rule (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (wd_retry_judge (cases[i].state, cases[i].automatic, cases[i].has_data), ==,
                   cases[i].expected);
}

static const struct {
  const char *name;
  const char *job_id;
  gboolean expected;
} ids[] = {
  { "own", "0b2f6a4e-6a53-4d0c-9f0e-0d9b8d3a1c55", TRUE },
  { "own, with a slash", "a/b", TRUE },
  { "counted", "gas-topup/12", FALSE },
  { "counted, of the past", "gas-topup/12@1764000000000", FALSE },
  { "counted, without its queue", "12", FALSE },
  { "of a scheduler", "repeat:nightly:1764000000000", FALSE },
};

static void
test_return (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *queue = NULL;
  g_autofree char *id = NULL;

  g_assert_true (wd_bullmq_job_id_split (ids[i].job_id, "gas-topup", &queue, &id));
  g_assert_cmpint (wd_bullmq_job_id_may_return (ids[i].job_id, id), ==, ids[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/retry-rule/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rule);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = g_strdup_printf ("/retry-rule/id %s", ids[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_return);
    }
  return g_test_run ();
}
