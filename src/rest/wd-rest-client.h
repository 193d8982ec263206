/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "rest/wd-rest-answer.h"
#include "rest/wd-rest-server.h"

G_BEGIN_DECLS

/**
 * WdRestClient:
 *
 * One who asks a remote dashboard, one request at a time. Worker.
 */
typedef struct _WdRestClient WdRestClient;

/**
 * WdRestPieceFunc:
 * @bytes: what came
 * @length: how many
 * @data: as given
 * @error: why no more is wanted
 */
typedef gboolean (*WdRestPieceFunc) (const guint8 *bytes, gsize length, gpointer data,
                                     GError **error);

WdRestClient    *wd_rest_client_new (WdProfile *profile, WdRestServer *server);
void             wd_rest_client_free (WdRestClient *self);
void             wd_rest_client_disconnect (WdRestClient *self);
const WdProfile *wd_rest_client_get_profile (WdRestClient *self);
WdRestServer    *wd_rest_client_get_server (WdRestClient *self);

WdRestAnswer *wd_rest_client_get (WdRestClient *self, const char *path, const char *query,
                                  GCancellable *cancellable, GError **error);
WdRestAnswer *wd_rest_client_get_or (WdRestClient *self, const char *path, guint status,
                                     GCancellable *cancellable, GError **error);
WdRestAnswer *wd_rest_client_post (WdRestClient *self, const char *path, const char *body,
                                   const char *key, gboolean *sent, GError **error);
gboolean      wd_rest_client_get_acquainted (WdRestClient *self, GCancellable *cancellable,
                                             GError **error);
void          wd_rest_client_listen (WdRestClient *self, const char *path, const char *last_id,
                                     WdRestPieceFunc func, gpointer data,
                                     GCancellable *cancellable, GError **error);

G_END_DECLS
