/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_SERVER_INPUT (wd_server_input_get_type ())
G_DECLARE_FINAL_TYPE (WdServerInput, wd_server_input, WD, SERVER_INPUT, GInputStream)

GInputStream *wd_server_input_new (GInputStream *inner);
void          wd_server_input_set_idle (WdServerInput *self, gboolean idle);
void          wd_server_input_end_head (WdServerInput *self);

G_END_DECLS
