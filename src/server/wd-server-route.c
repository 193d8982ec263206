/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-route.h"

#include <string.h>

#include "server/wd-server-handlers.h"

static const WdServerRoute routes[] = {
  { "/api/dispatch/gas-topup", TRUE, FALSE, WD_API_OPERATOR, "gas-topup",
    wd_server_handle_dispatch },
  { "/api/dispatch/consolidation", TRUE, FALSE, WD_API_OPERATOR, "consolidation",
    wd_server_handle_dispatch },
  { "/api/dispatch/sync", TRUE, FALSE, WD_API_OPERATOR, "sync", wd_server_handle_dispatch },
  { "/api/jobs/list", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_jobs },
  { "/api/jobs/retry", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_retry },
  { "/api/jobs/", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_job },
  { "/api/wallets/list", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_wallets },
  { "/api/wallets/set-flags", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_flags },
  { "/api/events", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_events },
  { "/api/queues", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_queues },
  { "/api/queues/*/pause", TRUE, FALSE, WD_API_ADMIN, "pause", wd_server_handle_queue_order },
  { "/api/queues/*/resume", TRUE, FALSE, WD_API_ADMIN, "resume", wd_server_handle_queue_order },
  { "/api/workers/stats", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_stats },
  { "/healthz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_health },
  { "/readyz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_ready },
};

/* Returns: (transfer full) (nullable): the word that stands in @path for the `*` of @pattern, or
 * behind a `/` that it ends in */
static char *
match_word (const char *path, const char *pattern)
{
  const char *star = strchr (pattern, '*');
  gsize before = star != NULL ? (gsize) (star - pattern) : strlen (pattern);
  const char *after = star != NULL ? star + 1 : "";
  const char *word = path + before;
  gsize length;

  if (pattern[before - 1] != '/' || strncmp (path, pattern, before) != 0)
    return NULL;
  length = strcspn (word, "/");
  return length > 0 && strcmp (word + length, after) == 0 ? g_strndup (word, length) : NULL;
}

/**
 * wd_server_route_find:
 * @path: as it was sent, without the query
 * @word: (out) (transfer full) (nullable): the one that may be any, as it was sent
 *
 * Returns: (transfer none) (nullable): what it stands for
 */
const WdServerRoute *
wd_server_route_find (const char *path, char **word)
{
  *word = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if ((*word = match_word (path, routes[i].path)) != NULL
        || strcmp (path, routes[i].path) == 0)
      return &routes[i];
  return NULL;
}
