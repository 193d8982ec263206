/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"

G_BEGIN_DECLS

/* Bytes of a body at most. */
#define WD_SERVER_BODY_MAX 65536

/* Of what nobody wants so much is read, so that whoever sends it hears why. */
#define WD_SERVER_DISCARD_MAX (1024 * 1024)

char    *wd_server_head_dup_secret (WdServerRequest *request);
gboolean wd_server_head_check (WdServerRequest *request);

G_END_DECLS
