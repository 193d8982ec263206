/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WdRedisScript WdRedisScript;

WdRedisScript *wd_redis_script_new_from_resource (const char *path, GError **error);
WdRedisScript *wd_redis_script_new (const char *source);
WdRedisScript *wd_redis_script_ref (WdRedisScript *self);
void           wd_redis_script_unref (WdRedisScript *self);
const char    *wd_redis_script_get_source (WdRedisScript *self);
const char    *wd_redis_script_get_sha1 (WdRedisScript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRedisScript, wd_redis_script_unref)

G_END_DECLS
