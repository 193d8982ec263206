/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rest/wd-rest-client.h"

G_BEGIN_DECLS

struct _WdRestClient {
  WdProfile *profile;    /* (owned) */
  WdRestServer *server;  /* (owned) */
  GMainContext *context; /* (owned): of this thread alone */
  GUri *base;            /* (owned) (nullable): once asked */
  SoupSession *session;  /* (owned) (nullable): while connected */
};

/**
 * WdRestRequest:
 * @method: of HTTP
 * @uri: (owned): where it goes, after redirects
 * @body: (nullable): what is sent
 * @key: (nullable): under which it is written
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @sent: some of it may have arrived
 * @last_id: (nullable): of the last event that was told
 * @piece: (nullable): takes what comes, where that is a stream of events
 * @piece_data: for @piece
 *
 * One request on its way.
 */
typedef struct {
  const char *method;
  GUri *uri;
  const char *body;
  const char *key;
  gint64 deadline;
  GCancellable *cancellable;
  gboolean sent;
  const char *last_id;
  WdRestPieceFunc piece;
  gpointer piece_data;
} WdRestRequest;

WdRestAnswer *wd_rest_exchange (WdRestClient *self, WdRestRequest *request, char **location,
                                GError **error);

G_END_DECLS
