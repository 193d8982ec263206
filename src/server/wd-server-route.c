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
  { "/api/jobs/{id}", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_job },
  { "/api/wallets/list", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_wallets },
  { "/api/wallets/set-flags", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_flags },
  { "/api/events", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_events },
  { "/api/queues", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_queues },
  { "/api/queues/{queue}/pause", TRUE, FALSE, WD_API_ADMIN, "pause",
    wd_server_handle_queue_order },
  { "/api/queues/{queue}/resume", TRUE, FALSE, WD_API_ADMIN, "resume",
    wd_server_handle_queue_order },
  { "/api/workers/stats", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_stats },
  { "/healthz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_health },
  { "/readyz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_ready },
};

/* Whether @path is @pattern with some word for its `{…}`; without one, whether it is the same. */
static gboolean
matches (const char *path, const char *pattern, char **word)
{
  const char *open = strchr (pattern, '{');
  const char *rest = open != NULL ? strchr (open, '}') + 1 : "";
  gsize before = open != NULL ? (gsize) (open - pattern) : 0;
  gsize length;

  if (open == NULL)
    return strcmp (path, pattern) == 0;
  if (strncmp (path, pattern, before) != 0)
    return FALSE;
  length = strcspn (path + before, "/");
  if (length == 0 || strcmp (path + before + length, rest) != 0)
    return FALSE;
  *word = g_strndup (path + before, length);
  return TRUE;
}

/**
 * wd_server_route_find:
 * @path: as it was sent, without the query
 * @word: (out) (transfer full) (nullable): what stands where that may be any
 *
 * Returns: (transfer none) (nullable): the first that it stands for
 */
const WdServerRoute *
wd_server_route_find (const char *path, char **word)
{
  *word = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (matches (path, routes[i].path, word))
      return &routes[i];
  return NULL;
}
