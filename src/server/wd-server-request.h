/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/wd-json-writer.h"
#include "model/wd-api-token.h"
#include "model/wd-origin.h"
#include "server/wd-server-pool.h"
#include "server/wd-server-query.h"
#include "server/wd-server-route.h"
#include "server/wd-server-turns.h"
#include "server/wd-server.h"

G_BEGIN_DECLS

/**
 * WdServerRequest:
 * @server: (owned): who is asked
 * @message: (owned): the request and its answer
 * @id: by which the log knows it
 * @route: (nullable): what is asked
 * @word: (owned) (nullable): the one of the path that may be any, as it was sent
 * @peer: (owned): where it came from
 * @account: (owned) (nullable): on whose account it already is, should that token still be valid
 * @token: (owned) (nullable): whose it is
 * @query: (owned) (nullable): what stands behind the question mark
 * @key: (owned) (nullable): under which the answer is kept
 * @own_key: (owned) (nullable): the same with whose it is
 * @cancellable: (owned): of what is asked behind the service
 * @state: (owned) (nullable): of whoever answers it
 *
 * One request. Counted: one reference is the server's until libsoup is done with the message, one
 * that of whatever is under way. Main thread.
 */
struct _WdServerRequest {
  guint n_references;
  WdServer *server;
  SoupServerMessage *message;
  char id[17];
  const WdServerRoute *route;
  char *word;
  char *peer;
  WdApiToken *account;
  WdApiToken *token;
  WdServerQuery *query;
  char *key;
  char *own_key;
  GCancellable *cancellable;
  gpointer state;
  GDestroyNotify state_free;

  gint64 began;          /* monotonic */
  gsize n_received;      /* bytes of the body */
  guint timer;
  WdServerWork work;
  WdServerTurn turn;
  gsize unsent;          /* bytes of the answer, which it may still wait with */
  guint place;
  gboolean has_place;
  gboolean running;
  gboolean holds_key;
  gboolean paused;
  gboolean answered;
  gboolean ended;
};

WdServerRequest *wd_server_request_new (WdServer *server, SoupServerMessage *message);
WdServerRequest *wd_server_request_ref (WdServerRequest *self);
void             wd_server_request_unref (WdServerRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerRequest, wd_server_request_unref)

/* wd-server-request.c */
const char *wd_server_request_get_who (const WdServerRequest *self);
const char *wd_server_request_get_token_id (const WdServerRequest *self);
WdBackend  *wd_server_request_take_backend (WdServerRequest *self, WdServerWork work);
WdOrigin   *wd_server_request_make_origin (WdServerRequest *self);
char       *wd_server_request_dup_body (WdServerRequest *self, gsize *length);
void        wd_server_request_let_go (WdServerRequest *self);

/* wd-server-answer.c */
void wd_server_request_header (WdServerRequest *self, const char *name, const char *value);
void wd_server_request_answer (WdServerRequest *self, guint status, WdJsonWriter *writer);
void wd_server_request_answer_text (WdServerRequest *self, guint status, const char *type,
                                    char *text);
void wd_server_request_answer_empty (WdServerRequest *self, guint status);
void wd_server_request_begin_feed (WdServerRequest *self, const char *type);
void wd_server_request_refuse (WdServerRequest *self, guint status, const char *code,
                               const char *field, const char *message);
void wd_server_request_wait (WdServerRequest *self, guint seconds);
void wd_server_request_refuse_rate (WdServerRequest *self, guint seconds);
void wd_server_request_fail (WdServerRequest *self, const GError *error, const char *field);
void wd_server_request_fail_as (WdServerRequest *self, const GError *error, const char *message);

G_END_DECLS
