/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_SERVER_STREAM (wd_server_stream_get_type ())
G_DECLARE_FINAL_TYPE (WdServerStream, wd_server_stream, WD, SERVER_STREAM, GIOStream)

GIOStream *wd_server_stream_new (GIOStream *inner, GSocket *socket, GDestroyNotify closed,
                                 gpointer data);
void       wd_server_stream_set_idle (WdServerStream *self, gboolean idle);
void       wd_server_stream_end_head (WdServerStream *self);

G_END_DECLS
