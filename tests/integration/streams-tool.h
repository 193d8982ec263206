/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "bullmq/wd-bullmq-streams.h"

G_BEGIN_DECLS

gboolean streams_tool_do (WdRedisConnection *conn, const WdBullmqQueue *queue, gboolean read,
                          gboolean anew, WdJsonWriter *out, GError **error);

G_END_DECLS
