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
  { "/api/workers/stats", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_stats },
  { "/healthz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_health },
  { "/readyz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_ready },
};

/* Whether @path is @prefix and one more word. */
static gboolean
has_word (const char *path, const char *prefix)
{
  const char *word = path + strlen (prefix);

  return g_str_has_suffix (prefix, "/") && g_str_has_prefix (path, prefix) && *word != '\0'
         && strchr (word, '/') == NULL;
}

/**
 * wd_server_route_find:
 * @path: as it was sent, without the query
 * @word: (out) (nullable): the last one, where that may be any
 *
 * Returns: (transfer none) (nullable): what it stands for
 */
const WdServerRoute *
wd_server_route_find (const char *path, const char **word)
{
  *word = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (strcmp (path, routes[i].path) == 0)
        return &routes[i];
      if (has_word (path, routes[i].path))
        {
          *word = path + strlen (routes[i].path);
          return &routes[i];
        }
    }
  return NULL;
}
