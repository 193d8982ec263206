/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WdSampleStep:
 *
 * How far sample data have come.
 */
typedef enum {
  WD_SAMPLE_STEP_CLUSTER,
  WD_SAMPLE_STEP_SERVERS,
  WD_SAMPLE_STEP_TABLES,
  WD_SAMPLE_STEP_ROWS,
  WD_SAMPLE_STEP_JOBS,
} WdSampleStep;

/**
 * WdSampleProgress:
 * @step: about to be taken
 * @user_data: as given
 *
 * Called in the worker thread.
 */
typedef void (*WdSampleProgress) (WdSampleStep step, gpointer user_data);

/**
 * WdSampleServers:
 *
 * A private PostgreSQL and a private Redis that listen in a folder of their own and end with this
 * process, however it ends.
 */
typedef struct _WdSampleServers WdSampleServers;

WdSampleServers *wd_sample_servers_start (WdSampleProgress progress, gpointer user_data,
                                          GCancellable *cancellable, GError **error);
void             wd_sample_servers_free (WdSampleServers *self);
const char      *wd_sample_servers_get_folder (WdSampleServers *self);
int              wd_sample_servers_get_fd (WdSampleServers *self);
gboolean         wd_sample_servers_check (WdSampleServers *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSampleServers, wd_sample_servers_free)

G_END_DECLS
