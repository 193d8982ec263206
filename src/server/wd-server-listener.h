/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WdServerListener:
 *
 * One address that is listened on. Main thread.
 */
typedef struct _WdServerListener WdServerListener;

/**
 * WdServerListenerFunc:
 * @socket: of somebody who came in
 * @data: as given
 */
typedef void (*WdServerListenerFunc) (GSocket *socket, gpointer data);

WdServerListener *wd_server_listener_new (GSocketAddress *address, WdServerListenerFunc func,
                                          gpointer data, GError **error);
void              wd_server_listener_free (WdServerListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerListener, wd_server_listener_free)

G_END_DECLS
