/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-bulk-work.h"
#include "session/wd-pace.h"

G_BEGIN_DECLS

struct _WdBulkWork {
  GObject parent_instance;

  WdBackend *backend;        /* (owned) */
  WdBulkRun *run;            /* (owned): as last read */
  WdBulkWorkState state;
  gint64 done;               /* newer than the run's while it runs */
  gint64 refused;
  WdPace *pace;              /* (owned): of both */
  GCancellable *cancellable; /* (owned) (nullable): while the backend is at it */
  GError *error;             /* (owned) (nullable): why it waits or rests */
  guint n_tries;             /* since anything was done */
  guint wait_source;
  gint64 wait_until;         /* monotonic */
  gint64 stale_until;        /* monotonic */
};

G_END_DECLS
