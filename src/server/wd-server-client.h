/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "server/wd-server-stream.h"

G_BEGIN_DECLS

/* What a client has for each thing it does, in milliseconds: to shake hands, to send a request's
 * head, its body, to come again. While the service works there is no deadline. */
#define WD_CLIENT_SHAKE_MS 10000
#define WD_CLIENT_HEAD_MS  10000
#define WD_CLIENT_BODY_MS  15000
#define WD_CLIENT_IDLE_MS  60000

/* Where those come from who use a unix socket. */
#define WD_CLIENT_LOCAL "local"

/**
 * WdServerClient:
 * @door: (unowned): where it came in; outlives it
 * @socket: (owned): how it is connected
 * @address: (owned): its own, whoever has the same: libsoup's messages are known by it
 * @shaking: (owned) (nullable): while it shakes hands
 * @stream: (unowned) (nullable): libsoup's, until that is closed
 * @peer: (owned): where it comes from, in words
 * @deadline: monotonic; 0 for none
 * @idle: between two requests
 * @dismissed: nobody waits for anything of it any more
 *
 * Somebody who is connected. Main thread.
 */
typedef struct {
  gpointer door;
  GSocket *socket;
  GSocketAddress *address;
  GCancellable *shaking;
  WdServerStream *stream;
  char *peer;
  gint64 deadline;
  gboolean idle;
  gboolean dismissed;
} WdServerClient;

WdServerClient *wd_server_client_new (GSocket *socket, gpointer door);
void            wd_server_client_free (WdServerClient *self);
void            wd_server_client_give (WdServerClient *self, guint milliseconds);
guint           wd_server_client_time_to_take (gsize size);
void            wd_server_client_set_idle (WdServerClient *self, gboolean idle);
void            wd_server_client_hold (WdServerClient *self, int size);
gboolean        wd_server_client_cut_if_gone (WdServerClient *self);
void            wd_server_client_cut (WdServerClient *self);
void            wd_server_client_dismiss (WdServerClient *self, const char *text, gsize size);
void            wd_server_client_turn_away (WdServerClient *self, gboolean plain);

G_END_DECLS
