/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-recording.h"
#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

/**
 * WdPgRecorder:
 * @prefix: (unowned): of the queue's keys
 * @queue: (unowned): whose events are recorded
 * @holder: (unowned): UUID of the instance that wants to
 *
 * Who records what.
 */
typedef struct {
  const char *prefix;
  const char *queue;
  const char *holder;
} WdPgRecorder;

/**
 * WdPgRecordingPlace:
 * @exists: whether this queue was ever recorded
 * @taken: another instance records it at the moment
 * @site: (owned) (nullable): which Redis
 * @last: (owned): id of the last event recorded
 * @n_read: events ever added up to it, or -1
 * @gap: (owned) (nullable): events after that one were lost, and the rows were not compared yet
 * @known_from: since when it is known who wrote a row
 * @now: by the database's clock
 *
 * How far a queue is recorded.
 */
typedef struct {
  gboolean exists;
  gboolean taken;
  char *site;
  char *last;
  gint64 n_read;
  char *gap;
  WdTime known_from;
  WdTime now;
} WdPgRecordingPlace;

void wd_pg_recording_place_clear (WdPgRecordingPlace *self);
void wd_pg_recording_place_copy (const WdPgRecordingPlace *self, WdPgRecordingPlace *copy);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WdPgRecordingPlace, wd_pg_recording_place_clear)

/**
 * WdPgRecordedRow:
 * @id: (owned) (nullable): the row's UUID; %NULL for one that is to be written
 * @job_id: (owned): as rows carry it
 * @job_type: (owned) (nullable): which kind of job
 * @row: what it says
 * @retries: what it said of its retries when it was read
 * @wallet: (owned) (nullable): of one that is new, or tells of another job from now on; and
 *   likewise the following
 * @user: (owned) (nullable): UUID
 * @trigger: (unowned) (nullable): who made it
 * @data: (owned) (nullable): JSON text
 * @max_retries: attempts allowed
 * @past_id: (owned) (nullable): what its `job_id` is to be from now on, another job bearing that
 *
 * A row about a job, before and after.
 */
typedef struct {
  char *id;
  char *job_id;
  char *job_type;
  WdRecordedRow row;
  gint64 retries;
  char *wallet;
  char *user;
  const char *trigger;
  char *data;
  gint64 max_retries;
  char *past_id;
} WdPgRecordedRow;

WdPgRecordedRow *wd_pg_recorded_row_new (const char *job_id);
void             wd_pg_recorded_row_free (WdPgRecordedRow *self);

gboolean   wd_pg_recording_begin (WdPgConnection *self, const WdPgRecorder *recorder,
                                  WdPgRecordingPlace *place, gint64 deadline,
                                  GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_recording_load (WdPgConnection *self, const WdPgRecorder *recorder,
                                 const WdPgRecordingPlace *place, const char *const *job_ids,
                                 gsize n_job_ids, gint64 deadline, GCancellable *cancellable,
                                 GError **error);
gboolean   wd_pg_recording_save (WdPgConnection *self, const WdPgRecorder *recorder,
                                 const WdPgRecordingPlace *place, const char *before,
                                 const GPtrArray *changes, GPtrArray *missed, gint64 deadline,
                                 GCancellable *cancellable, GError **error);
gboolean   wd_pg_recording_leave (WdPgConnection *self, const WdPgRecorder *recorder,
                                  gint64 deadline, GCancellable *cancellable, GError **error);
gboolean   wd_pg_recording_clock (WdPgConnection *self, WdTime *now, gint64 deadline,
                                  GCancellable *cancellable, GError **error);
gboolean   wd_pg_recording_requires (WdPgConnection *self, gboolean *wallet, gboolean *user,
                                     gint64 deadline, GCancellable *cancellable, GError **error);
GPtrArray *wd_pg_recording_open_jobs (WdPgConnection *self, const char *const *job_types,
                                      const char *status, guint limit, gint64 deadline,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
