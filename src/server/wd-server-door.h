/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "server/wd-server-client.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_DOOR (wd_server_door_get_type ())
G_DECLARE_FINAL_TYPE (WdServerDoor, wd_server_door, WD, SERVER_DOOR, GObject)

WdServerDoor *wd_server_door_new (SoupServer *soup, guint max_clients, gboolean behind_proxy);
gboolean      wd_server_door_listen (WdServerDoor *self, GSocketAddress *address, GError **error);
void          wd_server_door_set_certificate (WdServerDoor *self, GTlsCertificate *certificate);
void          wd_server_door_answering (WdServerDoor *self, SoupServerMessage *message, gsize size);
WdServerClient *wd_server_door_find (WdServerDoor *self, SoupServerMessage *message);
void          wd_server_door_cut (WdServerDoor *self, SoupServerMessage *message);
void          wd_server_door_close (WdServerDoor *self);
guint         wd_server_door_get_n_clients (WdServerDoor *self);
char         *wd_server_door_dup_peer (WdServerDoor *self, SoupServerMessage *message);

G_END_DECLS
