/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-job.h"

G_BEGIN_DECLS

/**
 * WdPgSample:
 *
 * The database of sample data. It is given the folder of a sample and makes its connection itself;
 * there is none to another PostgreSQL.
 */
typedef struct _WdPgSample WdPgSample;

/**
 * WdPgSampleMove:
 * @job_id: of the row
 * @status: that it gets: `active`, `completed`, `retrying` or `failed`
 * @made: attempts made before this one
 * @error: (nullable): why it failed
 * @job_type: what completing it does to the wallet
 * @wallet: (nullable): whose
 *
 * What a worker tells of a job. All strings are borrowed.
 */
typedef struct {
  const char *job_id;
  const char *status;
  int made;
  const char *error;
  const char *job_type;
  const char *wallet;
} WdPgSampleMove;

WdPgSample *wd_pg_sample_new (const char *folder, GError **error);
void        wd_pg_sample_free (WdPgSample *self);

gboolean wd_pg_sample_connect (WdPgSample *self, gint64 deadline, GCancellable *cancellable,
                               GError **error);
gboolean wd_pg_sample_migrate (WdPgSample *self, GCancellable *cancellable, GError **error);
gboolean wd_pg_sample_fill (WdPgSample *self, GPtrArray *wallets, GPtrArray *jobs, gint64 deadline,
                            GCancellable *cancellable, GError **error);
gboolean wd_pg_sample_add (WdPgSample *self, const WdJob *job, gint64 deadline,
                           GCancellable *cancellable, GError **error);
gboolean wd_pg_sample_move (WdPgSample *self, const WdPgSampleMove *move, gint64 deadline,
                            GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgSample, wd_pg_sample_free)

G_END_DECLS
