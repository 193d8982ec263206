/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-queue.h"

G_BEGIN_DECLS

void       wd_wire_rest_queues_members (WdJsonWriter *writer, const GPtrArray *queues);
GPtrArray *wd_wire_read_queues (const char *text, gsize length, GError **error);

void     wd_wire_rest_paused_members (WdJsonWriter *writer, const char *queue, gboolean paused);
gboolean wd_wire_read_paused (const char *text, gsize length, gboolean paused, GError **error);
gboolean wd_wire_read_bare_order (const char *json, gsize length, char **field, GError **error);

G_END_DECLS
