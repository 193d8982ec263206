/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "direct/wd-recorder.h"
#include "server/wd-server-backlog.h"
#include "server/wd-server-dispatcher.h"
#include "server/wd-server-door.h"
#include "server/wd-server-events.h"
#include "server/wd-server-flags.h"
#include "server/wd-server-limits.h"
#include "server/wd-server-metrics.h"
#include "server/wd-server-pool.h"
#include "server/wd-server-pulse.h"
#include "server/wd-server-runs.h"
#include "server/wd-server-tokens.h"
#include "server/wd-server-turns.h"
#include "server/wd-server.h"

G_BEGIN_DECLS

struct _WdServer {
  GObject parent_instance;

  WdProfile *profile;              /* (owned) */
  const WdServerOptions *options;  /* (unowned): outlive it */
  SoupServer *soup;                /* (owned) */
  WdServerDoor *door;              /* (owned) */
  WdServerPool *pool;              /* (owned): for requests */
  WdServerRuns *runs;              /* (owned) */
  WdServerDispatcher *dispatcher;  /* (owned) */
  WdBackend *keeper;               /* (owned): for the service itself */
  WdServerTokens *tokens;          /* (owned) */
  WdServerPulse *pulse;            /* (owned) */
  WdServerMetrics *metrics;        /* (owned) */
  WdServerEvents *events;          /* (owned) */
  WdServerFlags *flags;            /* (owned) (nullable) */
  WdRecorder *recorder;            /* (owned) (nullable) */
  WdServerLimits *of_tokens;       /* (owned) */
  WdServerLimits *of_addresses;    /* (owned) */
  WdServerLimits *of_failures;     /* (owned): to show a token */
  GHashTable *requests;            /* (owned) (element-type SoupServerMessage WdServerRequest) */
  GHashTable *keys;                /* (owned) (element-type utf8): set of those being worked on */
  WdServerTurns *turns;            /* (owned) */
  WdServerBacklog *backlog;        /* (owned) */
  guint stopper;
  gint64 stop_at;                  /* monotonic: when it stops whatever runs */
  gboolean stopping;
};

char    *wd_server_dup_peer (WdServer *self, SoupServerMessage *message);
gboolean wd_server_allows_origin (WdServer *self, const char *origin);
void     wd_server_gate_open (WdServer *self);

G_END_DECLS
