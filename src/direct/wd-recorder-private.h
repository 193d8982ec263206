/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "direct/wd-lane.h"
#include "direct/wd-recorder.h"
#include "model/wd-recording.h"
#include "postgres/wd-pg-recording.h"

G_BEGIN_DECLS

/**
 * WdRecorderQueue:
 * @queue: (owned): its name
 * @types: (owned): kinds of jobs it runs
 * @held: whether this instance records it at the moment
 * @place: (owned): how far, as the database has it
 * @saved: when that was, monotonic
 * @events: (owned) (element-type WdQueueEvent): read, not recorded yet
 * @told: (owned) (element-type utf8 utf8): jobs whose rows say all there was up to an event that
 *   may not be recorded yet, by a repair; and that event's id
 * @told_last: (owned) (nullable): the last of these
 * @refused: (owned) (element-type utf8): set of the jobs without a row that were counted lately
 * @aside: (owned) (element-type utf8): set of the jobs whose rows the database does not let be
 *   written, without saying why; their events are left out until the queue is taken anew
 *
 * One queue that is recorded.
 */
typedef struct {
  WdBullmqQueue *queue;
  char **types;
  gboolean held;
  WdPgRecordingPlace place;
  gint64 saved;
  GPtrArray *events;
  GHashTable *told;
  char *told_last;
  GHashTable *refused;
  GHashTable *aside;
} WdRecorderQueue;

/**
 * WdRecorderTally:
 * @no_wallet: jobs without a wallet, where each row needs one
 * @no_kind: jobs of which it is not known what kind they are
 * @no_record: rows without data, whose jobs had left the queue before they could be asked for
 * @left_out: rows without data, which were too large or no row can hold
 * @elsewhere: jobs whose id a row of another kind bears
 * @refused: events that the database refuses in any form
 * @unknown: rows whose jobs are gone, and nobody knows what became of them
 * @past: rows that were called otherwise, their queue having given the id again
 *
 * What could not be recorded, or not in full.
 */
typedef struct {
  guint no_wallet;
  guint no_kind;
  guint no_record;
  guint left_out;
  guint elsewhere;
  guint refused;
  guint unknown;
  guint past;
} WdRecorderTally;

/* How much of a row is left out since the database refuses it. */
typedef enum {
  WD_RECORDER_WHOLE,
  WD_RECORDER_WITHOUT_DATA,
  WD_RECORDER_NOTHING,
} WdRecorderCare;

/**
 * WdRecorderState:
 * @WD_RECORDER_BEGINS: nothing is known yet
 * @WD_RECORDER_WAITS: it cannot record for now, and tries again
 *
 * What was told last.
 */
typedef enum {
  WD_RECORDER_BEGINS,
  WD_RECORDER_RECORDS,
  WD_RECORDER_STANDS_BY,
  WD_RECORDER_WAITS,
} WdRecorderState;

/**
 * WdRecorderWork:
 * @lane: (owned): its connections
 * @postgres: (unowned): the lane's, since the last wd_recorder_begin()
 * @holder: (owned): UUID of this instance
 * @queues: (owned) (array length=n_queues): what it records
 * @needs_wallet: whether each row needs one
 * @needs_user: likewise an owner
 * @site: (owned) (nullable): which Redis it is
 * @offset: what the database's clock is ahead of Redis', in microseconds
 * @clocks_read: when that was found out, monotonic
 * @state: as it was told
 * @care: of the rows that are being written
 * @tally: since it was told last
 * @news: of the transaction that is open
 * @missed: (owned) (element-type utf8): jobs whose rows it did not let be written
 * @func: whom to tell
 * @func_data: for @func
 *
 * What the thread works with.
 */
typedef struct {
  WdLane *lane;
  WdPgConnection *postgres;
  char *holder;
  WdRecorderQueue *queues;
  gsize n_queues;
  gboolean needs_wallet;
  gboolean needs_user;
  char *site;
  gint64 offset;
  gint64 clocks_read;
  WdRecorderState state;
  WdRecorderCare care;
  WdRecorderTally tally;
  WdRecorderTally news;
  GPtrArray *missed;
  WdRecorderFunc func;
  gpointer func_data;
} WdRecorderWork;

/**
 * WdRecorderJobs:
 * @ids: (owned) (element-type utf8): of jobs in their queue
 * @names: (owned) (element-type utf8): their BullMQ names as far as events say, else %NULL; strings
 *   not owned
 * @known: (owned) (array length=n): what their records say
 * @rows: (owned) (element-type WdPgRecordedRow): their rows, or what those would be; %NULL where a
 *   row of another kind bears the id
 * @past: (owned) (element-type WdPgRecordedRow): rows about earlier jobs of the same ids
 * @past_places: (owned) (element-type gsize): of those ids, beside them
 * @refused: (owned) (array length=n): for one that gets no row, where that is counted
 * @last: (owned) (nullable): id of the last event before they were asked for
 * @n: how many of them were asked for
 *
 * Jobs that events, or gaps, are about.
 */
typedef struct {
  GPtrArray *ids;
  GPtrArray *names;
  WdQueueKnown *known;
  GPtrArray *rows;
  GPtrArray *past;
  GArray *past_places;
  guint **refused;
  char *last;
  gsize n;
} WdRecorderJobs;

void     wd_recorder_jobs_init (WdRecorderJobs *self);
void     wd_recorder_jobs_clear (WdRecorderJobs *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdRecorderJobs, wd_recorder_jobs_clear)
gboolean wd_recorder_jobs_recall (WdRecorderJobs *self, WdRecorderWork *work,
                                  const WdRecorderQueue *queue, GCancellable *cancellable,
                                  GError **error);
gboolean wd_recorder_jobs_load (WdRecorderJobs *self, WdRecorderWork *work,
                                const WdRecorderQueue *queue, gint64 deadline,
                                GCancellable *cancellable, GError **error);
WdPgRecordedRow *wd_recorder_jobs_follow (WdRecorderJobs *self, gsize i, const WdQueueEvent *event);
gboolean wd_recorder_jobs_save (WdRecorderJobs *self, WdRecorderWork *work, WdRecorderQueue *queue,
                                WdPgRecordingPlace *place, gint64 deadline,
                                GCancellable *cancellable, GError **error);

gboolean wd_recorder_read_clocks (WdRecorderWork *self, GCancellable *cancellable, GError **error);
gboolean wd_recorder_read_site (WdRecorderWork *self, GCancellable *cancellable, GError **error);
gboolean wd_recorder_prepare (WdRecorderWork *self, GCancellable *cancellable, GError **error);
gboolean wd_recorder_save_place (WdRecorderWork *self, WdRecorderQueue *queue,
                                 WdPgRecordingPlace *place, GCancellable *cancellable,
                                 GError **error);
void     wd_recorder_note_gap (WdPgRecordingPlace *place);
gboolean wd_recorder_claim (WdRecorderWork *self, WdRecorderQueue *queue,
                            GCancellable *cancellable, GError **error);
gboolean wd_recorder_begin (WdRecorderWork *self, WdRecorderQueue *queue, gint64 deadline,
                            GCancellable *cancellable, GError **error);
gboolean wd_recorder_record (WdRecorderWork *self, WdRecorderQueue *queue,
                             GCancellable *cancellable, GError **error);
gboolean wd_recorder_repair (WdRecorderWork *self, WdRecorderQueue *queue,
                             GCancellable *cancellable, GError **error);
void     wd_recorder_tell (WdRecorderWork *self, gboolean is_problem, const char *format, ...)
           G_GNUC_PRINTF (3, 4);
void     wd_recorder_tell_tally (WdRecorderWork *self);
void     wd_recorder_enter (WdRecorderWork *self, WdRecorderState state, const char *reason);
gboolean wd_recorder_run (WdRecorderWork *self, GCancellable *cancellable, GError **error);
void     wd_recorder_leave (WdRecorderWork *self);
gboolean wd_recorder_was_refused (WdRecorderWork *self);
void     wd_recorder_try_anew (WdRecorderWork *self);
gboolean wd_recorder_may_repeat (WdRecorderWork *self, WdRecorderQueue *queue, const GError *error,
                                 guint *n_times, GCancellable *cancellable);

G_END_DECLS
