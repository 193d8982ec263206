/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-drift-rule.h"

#define OLD   (5 * 60 * 1000)
#define YOUNG 3000
#define NONE  WD_N_DRIFTS

#define WAITS   { .places = WD_PLACE_WAIT, .exists = TRUE, .age_ms = OLD }
#define RAN     { .places = WD_PLACE_WAIT, .exists = TRUE, .age_ms = OLD, .attempts_made = 1 }
#define RUNS    { .places = WD_PLACE_ACTIVE, .exists = TRUE, .age_ms = OLD }
#define FAILED  { .places = WD_PLACE_FAILED, .exists = TRUE, .age_ms = OLD, .attempts_made = 1 }
#define DONE    { .places = WD_PLACE_COMPLETED, .exists = TRUE, .age_ms = OLD }
#define GONE    { .age_ms = -1 }
#define NOWHERE { .exists = TRUE, .age_ms = OLD }

typedef struct {
  const char *name;
  WdDriftFacts facts;
  WdDriftKind kind;
  guint remedies;
} Case;

static const Case cases[] = {
  { "waits, and the row says so", { 1, WD_JOB_STATUS_PENDING, OLD, .queue = WAITS }, NONE, 0 },
  { "gone", { 1, WD_JOB_STATUS_PENDING, OLD, .has_data = TRUE, .queue = GONE }, WD_DRIFT_LOST,
    WD_DRIFT_REQUEUE | WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED },
  { "gone, by an id of BullMQ", { 1, WD_JOB_STATUS_PENDING, OLD, .has_data = TRUE,
                                  .automatic = TRUE, .queue = GONE }, WD_DRIFT_LOST,
    WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED },
  { "gone, without data", { 1, WD_JOB_STATUS_ACTIVE, OLD, .queue = GONE }, WD_DRIFT_LOST,
    WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED },
  { "in no list", { 1, WD_JOB_STATUS_RETRYING, OLD, .has_data = TRUE, .queue = NOWHERE },
    WD_DRIFT_LOST, WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED },
  { "gone just now", { 1, WD_JOB_STATUS_PENDING, YOUNG, .queue = GONE }, NONE, 0 },
  { "the row's clock is ahead a little", { 1, WD_JOB_STATUS_PENDING, -YOUNG, .queue = GONE }, NONE,
    0 },
  { "the row's clock is wrong", { 1, WD_JOB_STATUS_PENDING, -OLD, .queue = GONE }, WD_DRIFT_LOST,
    WD_DRIFT_MARK_FAILED | WD_DRIFT_MARK_COMPLETED | WD_DRIFT_MARK_CANCELLED },
  { "promised", { 1, WD_JOB_STATUS_PENDING, OLD, .promised = TRUE, .queue = GONE }, NONE, 0 },
  { "ended and gone", { 1, WD_JOB_STATUS_COMPLETED, OLD, .queue = GONE }, NONE, 0 },
  { "a status of the site's own", { 1, WD_JOB_STATUS_OTHER, OLD, .queue = GONE }, NONE, 0 },
  { "no row", { 0, .queue = WAITS }, WD_DRIFT_UNLOGGED, WD_DRIFT_WRITE_ROW },
  { "no row, completed", { 0, .queue = DONE }, NONE, 0 },
  { "no row yet", { 0, .queue = { .places = WD_PLACE_WAIT, .exists = TRUE, .age_ms = YOUNG } },
    NONE, 0 },
  { "an id without a record", { 0, .queue = { .places = WD_PLACE_WAIT, .age_ms = -1 } },
    WD_DRIFT_ORPHAN, WD_DRIFT_REMOVE },
  { "the same, with a row", { 1, WD_JOB_STATUS_PENDING, OLD,
                              .queue = { .places = WD_PLACE_DELAYED, .age_ms = -1 } },
    WD_DRIFT_ORPHAN, WD_DRIFT_REMOVE },
  { "in two places", { 1, WD_JOB_STATUS_PENDING, OLD,
                       .queue = { .places = WD_PLACE_WAIT | WD_PLACE_FAILED, .exists = TRUE,
                                  .age_ms = OLD } }, WD_DRIFT_DUPLICATE, WD_DRIFT_REMOVE },
  { "twice in one", { 1, WD_JOB_STATUS_PENDING, OLD,
                      .queue = { .places = WD_PLACE_WAIT, .twice = TRUE, .exists = TRUE,
                                 .age_ms = OLD } }, WD_DRIFT_DUPLICATE, WD_DRIFT_REMOVE },
  { "two rows", { 2, WD_JOB_STATUS_PENDING, OLD, .queue = WAITS }, WD_DRIFT_DUPLICATE, 0 },
  { "of another queue", { 1, WD_JOB_STATUS_PENDING, OLD, .elsewhere = TRUE, .queue = WAITS },
    WD_DRIFT_DUPLICATE, 0 },
  { "between two attempts", { 1, WD_JOB_STATUS_ACTIVE, OLD, .queue = RAN }, NONE, 0 },
  { "waits after its worker died", { 1, WD_JOB_STATUS_ACTIVE, OLD, .queue = WAITS },
    WD_DRIFT_STATES, WD_DRIFT_MARK_PENDING },
  { "the same, a moment ago", { 1, WD_JOB_STATUS_ACTIVE, 30000, .queue = WAITS }, NONE, 0 },
  { "runs untold", { 1, WD_JOB_STATUS_PENDING, OLD, .queue = RUNS }, WD_DRIFT_STATES, 0 },
  { "began a moment ago", { 1, WD_JOB_STATUS_PENDING, OLD,
                            .queue = { .places = WD_PLACE_ACTIVE, .exists = TRUE,
                                       .age_ms = 30000 } }, NONE, 0 },
  { "runs though it is done", { 1, WD_JOB_STATUS_COMPLETED, OLD, .queue = RUNS }, WD_DRIFT_STATES,
    0 },
  { "failed untold", { 1, WD_JOB_STATUS_ACTIVE, OLD, .queue = FAILED }, WD_DRIFT_STATES,
    WD_DRIFT_MARK_FAILED },
  { "completed untold", { 1, WD_JOB_STATUS_RETRYING, OLD, .queue = DONE }, WD_DRIFT_STATES,
    WD_DRIFT_MARK_COMPLETED },
  { "failed though it is done", { 1, WD_JOB_STATUS_COMPLETED, OLD, .queue = FAILED },
    WD_DRIFT_STATES, 0 },
  { "failed, and the row says so", { 1, WD_JOB_STATUS_FAILED, OLD, .queue = FAILED }, NONE, 0 },
  { "will run though it was cancelled", { 1, WD_JOB_STATUS_CANCELLED, OLD, .queue = WAITS },
    WD_DRIFT_STATES, WD_DRIFT_MARK_PENDING },
  { "retried elsewhere", { 1, WD_JOB_STATUS_FAILED, OLD, .queue = RAN }, NONE, 0 },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  WdDriftKind kind = NONE;
  gboolean found = wd_drift_judge (&test->facts, &kind);

  g_assert_cmpint (found, ==, test->kind != NONE);
  if (!found)
    return;
  g_assert_cmpint (kind, ==, test->kind);
  g_assert_cmphex (wd_drift_remedies (&test->facts, kind, WD_QUEUE_RAN_PERHAPS), ==,
                   test->remedies);
}

static void
test_ran (void)
{
  WdDriftFacts facts = { 1, WD_JOB_STATUS_PENDING, OLD, .has_data = TRUE, .queue = GONE };

  g_assert_cmpint (wd_drift_ran (&facts, WD_QUEUE_RAN_NOT), ==, WD_QUEUE_RAN_NOT);
  g_assert_cmpint (wd_drift_ran (&facts, WD_QUEUE_RAN_PERHAPS), ==, WD_QUEUE_RAN_PERHAPS);
  facts.started = TRUE;
  g_assert_cmpint (wd_drift_ran (&facts, WD_QUEUE_RAN_NOT), ==, WD_QUEUE_RAN_PERHAPS);
  facts.started = FALSE;
  facts.status = WD_JOB_STATUS_RETRYING;
  g_assert_cmpint (wd_drift_ran (&facts, WD_QUEUE_RAN_NOT), ==, WD_QUEUE_RAN_PERHAPS);
  g_assert_cmpint (wd_drift_ran (&facts, WD_QUEUE_RAN_TO_ITS_END), ==, WD_QUEUE_RAN_TO_ITS_END);
  g_assert_cmphex (wd_drift_remedies (&facts, WD_DRIFT_LOST, WD_QUEUE_RAN_TO_ITS_END), ==,
                   WD_DRIFT_MARK_COMPLETED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/drift-rule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/drift-rule/ran", test_ran);
  return g_test_run ();
}
