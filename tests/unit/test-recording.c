/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-recording.h"

#define MS 1000
#define AT(ms) ((WdTime) (ms) * MS)
#define NONE 0

#define PENDING   WD_JOB_STATUS_PENDING
#define ACTIVE    WD_JOB_STATUS_ACTIVE
#define COMPLETED WD_JOB_STATUS_COMPLETED
#define FAILED    WD_JOB_STATUS_FAILED
#define RETRYING  WD_JOB_STATUS_RETRYING
#define CANCELLED WD_JOB_STATUS_CANCELLED
#define OTHER     WD_JOB_STATUS_OTHER
#define NO_ROW    (-1)

/* Whose word a row is. */
#define OWN      TRUE
#define ANOTHERS FALSE

/* Times are milliseconds, 0 for none. */
typedef struct {
  int status;
  gboolean own;
  gint64 written;
  gint64 started;
  gint64 completed;
  gint64 retries;
  const char *error;
} Said;

typedef struct {
  const char *name;
  Said row;
  WdQueueEvent event;
  gint64 at;
  int known_attempts;         /* -1 for a job whose record is gone */
  const char *known_reason;
  Said then;
} Case;

#define EVENT(k) { .kind = WD_QUEUE_EVENT_##k }
#define WAITS(b) { .kind = WD_QUEUE_EVENT_WAITING, .before = WD_QUEUE_BEFORE_##b }
#define FAILS(r) { .kind = WD_QUEUE_EVENT_FAILED, .reason = (char *) r }

static const Case cases[] = {
  /* No row yet. */
  { "added", { NO_ROW }, EVENT (ADDED), 5, 0, NULL, { PENDING, OWN } },
  { "waits, its beginning unseen", { NO_ROW }, WAITS (NEW), 5, 0, NULL, { PENDING, OWN } },
  { "put off", { NO_ROW }, EVENT (DELAYED), 5, 0, NULL, { PENDING, OWN } },
  { "put off after an attempt nobody saw", { NO_ROW }, EVENT (DELAYED), 5, 1, "x",
    { RETRYING, OWN, .retries = 1, .error = "x" } },
  { "waits for its children", { NO_ROW }, EVENT (CHILDREN), 5, 0, NULL, { PENDING, OWN } },
  { "runs, its beginning unseen", { NO_ROW }, EVENT (ACTIVE), 5, 0, NULL,
    { ACTIVE, OWN, .started = 5 } },
  { "completed unseen and gone", { NO_ROW }, EVENT (COMPLETED), 5, -1, NULL,
    { COMPLETED, OWN, .completed = 5 } },
  { "failed unseen", { NO_ROW }, FAILS ("no energy"), 5, 3, NULL,
    { FAILED, OWN, .completed = 5, .retries = 2, .error = "no energy" } },
  { "removed unseen", { NO_ROW }, EVENT (REMOVED), 5, -1, NULL, { NO_ROW } },
  { "progress", { NO_ROW }, EVENT (OTHER), 5, 0, NULL, { NO_ROW } },
  { "stalled unseen", { NO_ROW }, EVENT (STALLED), 5, 0, NULL, { NO_ROW } },

  /* A dispatch wrote the row. */
  { "a dispatch's row, added", { PENDING, ANOTHERS, 4 }, EVENT (ADDED), 5, 0, NULL,
    { PENDING, ANOTHERS } },
  { "a dispatch's row, waits", { PENDING, ANOTHERS, 4 }, WAITS (NEW), 5, 0, NULL,
    { PENDING, ANOTHERS } },
  { "a dispatch's row, runs", { PENDING, ANOTHERS, 4 }, EVENT (ACTIVE), 5, 0, NULL,
    { ACTIVE, OWN, .started = 5 } },
  { "a dispatch's row, by a clock that is ahead a little", { PENDING, ANOTHERS, 50 },
    EVENT (ACTIVE), 5, 0, NULL, { ACTIVE, OWN, .started = 5 } },
  { "an admin's retry against a failure before it", { PENDING, ANOTHERS, 900 }, FAILS ("x"), 5, 1,
    NULL, { PENDING, ANOTHERS } },
  { "an admin's retry, told", { PENDING, ANOTHERS, 4 }, WAITS (FAILED), 5, 1, NULL,
    { PENDING, ANOTHERS } },

  /* The life of a job whose worker says nothing. */
  { "runs", { PENDING, OWN }, EVENT (ACTIVE), 5, 0, NULL, { ACTIVE, OWN, .started = 5 } },
  { "priority changes nothing", { PENDING, OWN }, WAITS (NEW), 5, 0, NULL, { PENDING, OWN } },
  { "promoted", { PENDING, OWN }, WAITS (DELAYED), 5, 0, NULL, { PENDING, OWN } },
  { "its children are done", { PENDING, OWN }, WAITS (CHILDREN), 5, 0, NULL, { PENDING, OWN } },
  { "waits for children amid its run", { ACTIVE, OWN, .started = 4 }, EVENT (CHILDREN), 5, 0, NULL,
    { PENDING, OWN, .started = 4 } },
  { "completed", { ACTIVE, OWN, .started = 4, .error = "before" }, EVENT (COMPLETED), 5, -1, NULL,
    { COMPLETED, OWN, .started = 4, .completed = 5 } },
  { "failed for good", { ACTIVE, OWN, .started = 4, .retries = 2 }, FAILS ("x"), 5, 3, NULL,
    { FAILED, OWN, .started = 4, .completed = 5, .retries = 2, .error = "x" } },
  { "retries exhausted", { FAILED, OWN, .completed = 5, .error = "x" },
    { .kind = WD_QUEUE_EVENT_EXHAUSTED, .attempts = 3 }, 5, -1, NULL,
    { FAILED, OWN, .completed = 5, .retries = 2, .error = "x" } },
  { "an attempt failed, backoff", { ACTIVE, OWN, .started = 4 }, EVENT (DELAYED), 5, 1, "x",
    { RETRYING, OWN, .started = 4, .retries = 1, .error = "x" } },
  { "an attempt failed, at once again", { ACTIVE, OWN, .started = 4, .retries = 1 },
    WAITS (ACTIVE), 5, 2, "y", { RETRYING, OWN, .started = 4, .retries = 2, .error = "y" } },
  { "an attempt failed, its record gone", { ACTIVE, OWN, .started = 4, .retries = 1 },
    WAITS (ACTIVE), 5, -1, NULL, { RETRYING, OWN, .started = 4, .retries = 2 } },
  { "an attempt failed, version 4", { ACTIVE, OWN, .started = 4 }, WAITS (FAILED), 5, 1, "x",
    { RETRYING, OWN, .started = 4, .retries = 1, .error = "x" } },
  { "falls due", { RETRYING, OWN, .started = 4, .retries = 1 }, WAITS (DELAYED), 5, 1, NULL,
    { RETRYING, OWN, .started = 4, .retries = 1 } },
  { "runs again", { RETRYING, OWN, .started = 4, .retries = 1, .error = "x" }, EVENT (ACTIVE), 5, 1,
    "x", { ACTIVE, OWN, .started = 5, .retries = 1, .error = "x" } },
  { "its worker was lost", { ACTIVE, OWN, .started = 4 }, WAITS (ACTIVE), 5, 0, NULL,
    { PENDING, OWN, .started = 4 } },
  { "put off by its worker", { ACTIVE, OWN, .started = 4 }, EVENT (DELAYED), 5, 0, NULL,
    { PENDING, OWN, .started = 4 } },
  { "removed", { RETRYING, OWN, .started = 4 }, EVENT (REMOVED), 5, -1, NULL,
    { CANCELLED, OWN, .started = 4, .completed = 5, .error = "removed from the queue" } },
  { "removed after its end", { COMPLETED, OWN, .completed = 4 }, EVENT (REMOVED), 5, -1, NULL,
    { COMPLETED, OWN, .completed = 4 } },
  { "retried", { FAILED, OWN, .started = 3, .completed = 4, .retries = 2, .error = "x" },
    WAITS (FAILED), 5, 3, "x", { PENDING, OWN, .retries = 2 } },
  { "run once more", { COMPLETED, OWN, .started = 3, .completed = 4 }, WAITS (COMPLETED), 5, 1,
    NULL, { PENDING, OWN } },
  { "its retry unseen", { FAILED, OWN, .started = 3, .completed = 4, .error = "x" }, EVENT (ACTIVE),
    5, 1, NULL, { ACTIVE, OWN, .started = 5 } },
  { "its retry and run unseen", { FAILED, OWN, .started = 3, .completed = 4, .error = "x" },
    EVENT (COMPLETED), 5, -1, NULL, { COMPLETED, OWN, .started = 3, .completed = 5 } },
  { "another job of the same id", { COMPLETED, OWN, .started = 3, .completed = 4, .retries = 1 },
    EVENT (ADDED), 5, 0, NULL, { PENDING, OWN } },
  { "said already, by a repair", { COMPLETED, OWN, .started = 6, .completed = 9 }, EVENT (ACTIVE),
    5, 1, NULL, { COMPLETED, OWN, .started = 6, .completed = 9 } },
  { "failed without a run, version 4 stalled", { PENDING, OWN }, FAILS ("stalled"), 5, 0, NULL,
    { FAILED, OWN, .completed = 5, .error = "stalled" } },

  /* A worker that logs itself. */
  { "the worker said that it runs", { ACTIVE, ANOTHERS, 6, .started = 6 }, EVENT (ACTIVE), 5, 0,
    NULL, { ACTIVE, ANOTHERS, .started = 6 } },
  { "the worker said that it is completed",
    { COMPLETED, ANOTHERS, 8, .started = 6, .completed = 8 }, EVENT (ACTIVE), 5, 0, NULL,
    { COMPLETED, ANOTHERS, .started = 6, .completed = 8 } },
  { "and the queue agrees", { COMPLETED, ANOTHERS, 8, .completed = 8 }, EVENT (COMPLETED), 9, -1,
    NULL, { COMPLETED, ANOTHERS, .completed = 8 } },
  { "the worker said failed and returned",
    { FAILED, ANOTHERS, 8, .completed = 8, .error = "its words" }, EVENT (COMPLETED), 9, -1, NULL,
    { FAILED, ANOTHERS, .completed = 8, .error = "its words" } },
  { "and returned long after", { FAILED, ANOTHERS, 8, .completed = 8, .error = "its words" },
    EVENT (COMPLETED), 60000, -1, NULL,
    { FAILED, ANOTHERS, .completed = 8, .error = "its words" } },
  { "the worker said completed and threw", { COMPLETED, ANOTHERS, 8, .completed = 8 }, FAILS ("x"),
    9, 1, NULL, { COMPLETED, ANOTHERS, .completed = 8 } },
  { "the worker says no end", { ACTIVE, ANOTHERS, 6, .started = 6, .retries = 7, .error = "its" },
    EVENT (COMPLETED), 9, -1, NULL,
    { COMPLETED, OWN, .started = 6, .completed = 9, .retries = 7, .error = "its" } },
  { "its retries are its own", { ACTIVE, ANOTHERS, 6, .started = 6, .retries = 7, .error = "its" },
    EVENT (DELAYED), 9, 1, "x", { RETRYING, OWN, .started = 6, .retries = 7, .error = "its" } },
  { "a new run long after its word", { FAILED, ANOTHERS, 8, .completed = 8, .error = "its words" },
    EVENT (ACTIVE), 60000, 1, NULL, { ACTIVE, OWN, .started = 60000 } },
  { "a word of the site's own", { OTHER, ANOTHERS, 4 }, EVENT (ACTIVE), 9, 0, NULL,
    { OTHER, ANOTHERS } },
};

static WdTime
time_of (gint64 ms)
{
  return ms != NONE ? AT (ms) : WD_TIME_NONE;
}

static void
set_row (WdRecordedRow *row, const Said *said)
{
  wd_recorded_row_init (row);
  if (said->status == NO_ROW)
    return;
  row->exists = TRUE;
  row->status = (WdJobStatus) said->status;
  row->own = said->own;
  row->written = time_of (said->written);
  row->started = time_of (said->started);
  row->completed = time_of (said->completed);
  row->retries = said->retries;
  row->error = g_strdup (said->error);
}

static void
check_row (const WdRecordedRow *row, const Said *said)
{
  g_assert_cmpint (row->exists, ==, said->status != NO_ROW);
  if (!row->exists)
    return;
  g_assert_cmpint (row->status, ==, said->status);
  g_assert_cmpint (row->own, ==, said->own);
  g_assert_cmpint (row->started, ==, time_of (said->started));
  g_assert_cmpint (row->completed, ==, time_of (said->completed));
  g_assert_cmpint (row->retries, ==, said->retries);
  g_assert_cmpstr (row->error, ==, said->error);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  WdQueueEvent event = test->event;
  WdQueueKnown known = {
    .exists = test->known_attempts >= 0, .attempts_made = MAX (test->known_attempts, 0),
    .failed_reason = (char *) test->known_reason, .timestamp = AT (1), .attempts = 3,
    .processed_on = WD_TIME_NONE, .finished_on = WD_TIME_NONE,
  };
  WdRecordedRow row;

  event.at = AT (test->at);
  set_row (&row, &test->row);
  wd_recorded_row_apply (&row, &event, &known);
  check_row (&row, &test->then);
  if (test->row.status == NO_ROW && row.exists)
    g_assert_cmpint (row.created, ==, known.exists ? AT (1) : event.at);
  wd_recorded_row_clear (&row);
}

/* A lost worker of a job whose record is gone by the time: what was counted is taken back. */
static void
test_stalled (void)
{
  WdRecordedRow row;
  const WdQueueKnown gone = { 0 };
  WdQueueEvent waits = { .kind = WD_QUEUE_EVENT_WAITING, .before = WD_QUEUE_BEFORE_ACTIVE,
                         .at = AT (5) };
  WdQueueEvent stalled = { .kind = WD_QUEUE_EVENT_STALLED, .at = AT (5) };

  set_row (&row, &(Said) { ACTIVE, OWN, .started = 4, .retries = 1 });
  wd_recorded_row_apply (&row, &waits, &gone);
  g_assert_cmpint (row.retries, ==, 2);
  wd_recorded_row_apply (&row, &stalled, &gone);
  g_assert_cmpint (row.retries, ==, 1);
  wd_recorded_row_apply (&row, &stalled, &gone);
  g_assert_cmpint (row.retries, ==, 1);
  wd_recorded_row_clear (&row);
}

/* A record that was read after the job had gone on. */
static void
test_record_ahead (void)
{
  static const struct {
    int attempts_made, attempts;
    gint64 finished, retries;
  } records[] = {
    { 1, 3, NONE, 1 },   /* not ahead */
    { 2, 2, 9, 1 },      /* failed for good */
    { 2, 5, 9, 1 },      /* completed by the second attempt */
    { 2, 5, NONE, 2 },   /* the next one failed as well: told at once */
    { 3, 3, NONE, 2 },   /* failed for good, and retried by somebody */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      const WdQueueKnown known = {
        .exists = TRUE, .attempts_made = records[i].attempts_made,
        .attempts = records[i].attempts, .finished_on = time_of (records[i].finished),
      };
      WdQueueEvent waits = { .kind = WD_QUEUE_EVENT_WAITING, .before = WD_QUEUE_BEFORE_ACTIVE,
                             .at = AT (5) };
      WdRecordedRow row;

      set_row (&row, &(Said) { ACTIVE, OWN, .started = 4 });
      wd_recorded_row_apply (&row, &waits, &known);
      g_assert_cmpint (row.retries, ==, records[i].retries);
      wd_recorded_row_clear (&row);
    }
}

typedef struct {
  const char *name;
  Said row;
  guint places;
  int attempts;               /* -1 for a job whose record is gone */
  gint64 processed;
  gint64 finished;
  gboolean returned;
  gboolean tells;
  Said then;
} Repair;

static const Repair repairs[] = {
  { "no row, waits", { NO_ROW }, WD_PLACE_WAIT, 0, 0, 0, FALSE, TRUE, { PENDING, OWN } },
  { "no row, between attempts", { NO_ROW }, WD_PLACE_DELAYED, 1, 5, 0, FALSE, TRUE,
    { RETRYING, OWN, .started = 5, .retries = 1, .error = "why" } },
  { "no row, runs", { NO_ROW }, WD_PLACE_ACTIVE, 0, 5, 0, FALSE, TRUE,
    { ACTIVE, OWN, .started = 5 } },
  { "no row, failed", { NO_ROW }, WD_PLACE_FAILED, 3, 5, 7, FALSE, TRUE,
    { FAILED, OWN, .started = 5, .completed = 7, .retries = 2, .error = "why" } },
  { "no row, completed and kept", { NO_ROW }, 0, 2, 5, 7, TRUE, TRUE,
    { COMPLETED, OWN, .started = 5, .completed = 7, .retries = 1 } },
  { "gone", { ACTIVE, OWN, 4, .started = 4 }, 0, -1, 0, 0, FALSE, FALSE,
    { ACTIVE, OWN, .started = 4 } },
  { "a record in no place", { ACTIVE, OWN, 4, .started = 4 }, 0, 0, 5, 0, FALSE, FALSE,
    { ACTIVE, OWN, .started = 4 } },
  { "failed unseen", { ACTIVE, OWN, 4, .started = 4 }, WD_PLACE_FAILED, 1, 5, 7, FALSE, TRUE,
    { FAILED, OWN, .started = 5, .completed = 7, .error = "why" } },
  { "waits again unseen", { ACTIVE, OWN, 4, .started = 4 }, WD_PLACE_WAIT, 0, 5, 0, FALSE, TRUE,
    { PENDING, OWN, .started = 4 } },
  { "a worker's row that waits again", { ACTIVE, ANOTHERS, 4, .started = 4 }, WD_PLACE_WAIT, 0, 3,
    0, FALSE, TRUE, { ACTIVE, ANOTHERS, .started = 4 } },
  { "an admin's retry after its failure", { PENDING, ANOTHERS, 9 }, WD_PLACE_FAILED, 1, 5, 7, FALSE,
    TRUE, { PENDING, ANOTHERS } },
  { "a worker's later end", { COMPLETED, ANOTHERS, 9, .completed = 9 }, WD_PLACE_FAILED, 1, 5, 7,
    FALSE, TRUE, { COMPLETED, ANOTHERS, .completed = 9 } },
  { "an end long after a worker's word", { COMPLETED, ANOTHERS, 9, .completed = 9 },
    WD_PLACE_FAILED, 1, 5, 60000, FALSE, TRUE,
    { FAILED, OWN, .started = 5, .completed = 60000, .error = "why" } },
  { "retried unseen, since when is not known", { FAILED, OWN, 4, .completed = 4 }, WD_PLACE_WAIT, 1,
    0, 0, FALSE, TRUE, { FAILED, OWN, .completed = 4 } },
  { "says it already", { ACTIVE, ANOTHERS, 4, .started = 4 }, WD_PLACE_ACTIVE, 0, 5, 0, FALSE, TRUE,
    { ACTIVE, ANOTHERS, .started = 4 } },
};

static void
test_repair (gconstpointer data)
{
  const Repair *test = data;
  const WdQueueKnown known = {
    .exists = test->attempts >= 0, .attempts_made = MAX (test->attempts, 0),
    .failed_reason = (char *) (test->attempts > 0 ? "why" : NULL), .timestamp = AT (1),
    .returned = test->returned, .attempts = 3,
    .processed_on = time_of (test->processed), .finished_on = time_of (test->finished),
    .places = test->places & ~(guint) WD_PLACE_WAIT,
  };
  WdRecordedRow row;

  set_row (&row, &test->row);
  g_assert_cmpint (wd_recorded_row_repair (&row, &known, (test->places & WD_PLACE_WAIT) != 0), ==,
                   test->tells);
  check_row (&row, &test->then);
  wd_recorded_row_clear (&row);
}

/* Rows about ids that a queue gives again. */
static void
test_past (void)
{
  static const struct {
    Said row;
    gint64 created;
    gint64 added;          /* 0 where events may have been lost */
    gint64 made;           /* -1 for a job whose record is gone */
    gboolean is_past;
  } pasts[] = {
    { { COMPLETED, OWN, .completed = 4 }, 1, 9, 8, TRUE },
    { { COMPLETED, OWN, .completed = 4 }, 1, 9, -1, TRUE },
    { { COMPLETED, OWN, .completed = 4 }, 1, 3, 2, FALSE },     /* said already */
    { { ACTIVE, OWN, .started = 4 }, 1, 9, 8, TRUE },
    { { ACTIVE, OWN, .started = 4 }, 1, 9, 1, FALSE },          /* the same job */
    { { COMPLETED, ANOTHERS, 8, .completed = 8 }, 1, 9, 9, FALSE },
    { { COMPLETED, ANOTHERS, 8, .completed = 8 }, 1, 60000, 60000, TRUE },
    { { PENDING, OWN }, 1, 9, 8, TRUE },
    { { PENDING, OWN }, 1, 9, -1, FALSE },                      /* nobody knows */
    { { PENDING, ANOTHERS, 4 }, 1, 9, 8, FALSE },               /* written before it was added */
    { { NO_ROW }, NONE, 9, 8, FALSE },
    { { COMPLETED, OWN, .completed = 4 }, 1, NONE, 90000, TRUE },
    { { COMPLETED, OWN, .completed = 4 }, 1, NONE, 9000, FALSE },
    { { COMPLETED, OWN, .completed = 4 }, 1, NONE, 1, FALSE },
    { { COMPLETED, ANOTHERS, 4, .completed = 4 }, 1, NONE, 90000, FALSE },
    { { ACTIVE, OWN, .started = 4 }, 1, NONE, -1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pasts); i++)
    {
      const WdQueueEvent event = { .kind = WD_QUEUE_EVENT_ADDED, .at = AT (pasts[i].added) };
      const WdQueueKnown known = { .exists = pasts[i].made >= 0,
                                   .timestamp = time_of (pasts[i].made) };
      WdRecordedRow row;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      set_row (&row, &pasts[i].row);
      row.created = time_of (pasts[i].created);
      g_assert_cmpint (wd_recorded_row_is_past (&row, pasts[i].added != NONE ? &event : NULL,
                                                &known), ==, pasts[i].is_past);
      wd_recorded_row_clear (&row);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/recording/event/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autofree char *path = g_strconcat ("/recording/repair/", repairs[i].name, NULL);

      g_test_add_data_func (path, &repairs[i], test_repair);
    }
  g_test_add_func ("/recording/stalled", test_stalled);
  g_test_add_func ("/recording/past", test_past);
  g_test_add_func ("/recording/record-ahead", test_record_ahead);
  return g_test_run ();
}
