/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "redis/wd-redis-script.h"

G_BEGIN_DECLS

typedef struct _WdRedisCommand WdRedisCommand;

WdRedisCommand *wd_redis_command_new (const char *first, ...) G_GNUC_NULL_TERMINATED;
WdRedisCommand *wd_redis_command_new_script (WdRedisScript *script, const char *const *keys,
                                             gsize n_keys);
void            wd_redis_command_free (WdRedisCommand *self);

void wd_redis_command_add_text (WdRedisCommand *self, const char *text);
void wd_redis_command_add_bytes (WdRedisCommand *self, gconstpointer data, gsize length);
void wd_redis_command_add_int (WdRedisCommand *self, gint64 value);

void           wd_redis_command_set_write (WdRedisCommand *self, gboolean write);
gboolean       wd_redis_command_is_write (const WdRedisCommand *self);
WdRedisScript *wd_redis_command_get_script (const WdRedisCommand *self);
gboolean       wd_redis_command_format (const WdRedisCommand *self, gboolean with_source,
                                        GByteArray *into);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRedisCommand, wd_redis_command_free)

G_END_DECLS
