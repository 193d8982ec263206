/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (redisReply, freeReplyObject)

gboolean wd_redis_reply_to_error (const redisReply *reply, GError **error);
gboolean wd_redis_reply_expect (const redisReply *reply, int type, GError **error);

G_END_DECLS
