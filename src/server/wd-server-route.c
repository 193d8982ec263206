/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-route.h"

#include <string.h>

#include "server/wd-server-handlers.h"

/* What is asked in two ways stands twice, one behind the other. A whole path goes before one that
 * has any word in its place. */
static const WdServerRoute routes[] = {
  { "/api/dispatch/gas-topup", TRUE, FALSE, WD_API_OPERATOR, "gas-topup",
    wd_server_handle_dispatch },
  { "/api/dispatch/consolidation", TRUE, FALSE, WD_API_OPERATOR, "consolidation",
    wd_server_handle_dispatch },
  { "/api/dispatch/sync", TRUE, FALSE, WD_API_OPERATOR, "sync", wd_server_handle_dispatch },
  { "/api/jobs/list", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_jobs },
  { "/api/jobs/errors", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_errors },
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
  { "/api/bulk", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_bulk_list },
  { "/api/bulk", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_bulk_freeze },
  { "/api/bulk/{id}", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_bulk_show },
  { "/api/bulk/{id}/run", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_bulk_run },
  { "/api/bulk/{id}/stop", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_bulk_stop },
  { "/api/bulk/{id}/discard", TRUE, FALSE, WD_API_OPERATOR, NULL, wd_server_handle_bulk_discard },
  { "/metrics", FALSE, FALSE, WD_API_VIEWER, NULL, wd_server_handle_metrics, TRUE },
  { "/openapi.json", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_openapi, FALSE,
    TRUE },
  { "/healthz", FALSE, TRUE, WD_API_VIEWER, NULL, wd_server_handle_health, FALSE, TRUE },
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

/* Returns: (nullable): the other way in which the same is asked */
static const WdServerRoute *
get_other (const WdServerRoute *self)
{
  const WdServerRoute *next = self + 1;

  return next < routes + G_N_ELEMENTS (routes) && strcmp (next->path, self->path) == 0 ? next
                                                                                       : NULL;
}

static gboolean
takes (const WdServerRoute *self, const char *method)
{
  return self->writes ? strcmp (method, "POST") == 0
                      : strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0;
}

/**
 * wd_server_route_choose:
 * @self: of wd_server_route_find()
 * @method: of HTTP
 *
 * Returns: (transfer none) (nullable): what is asked by that method
 */
const WdServerRoute *
wd_server_route_choose (const WdServerRoute *self, const char *method)
{
  const WdServerRoute *other = get_other (self);

  if (takes (self, method))
    return self;
  return other != NULL && takes (other, method) ? other : NULL;
}

/**
 * wd_server_route_get_methods:
 * @self: of wd_server_route_find()
 *
 * Returns: (transfer none): by which methods it is asked
 */
const char *
wd_server_route_get_methods (const WdServerRoute *self)
{
  if (get_other (self) != NULL)
    return "GET, HEAD, POST";
  return self->writes ? "POST" : "GET, HEAD";
}

/**
 * wd_server_routes:
 * @n_routes: (out): how many
 *
 * Returns: (transfer none) (array length=n_routes): all there are
 */
const WdServerRoute *
wd_server_routes (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
