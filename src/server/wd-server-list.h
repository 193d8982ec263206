/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server/wd-server-request.h"

G_BEGIN_DECLS

/**
 * WdServerListFunc:
 * @writer: a writer inside an object
 * @list: of records
 *
 * Writes the list as a member.
 */
typedef void (*WdServerListFunc) (WdJsonWriter *writer, const GPtrArray *list);

void wd_server_list_answer (WdServerRequest *request, const GPtrArray *list, WdServerListFunc write,
                            const GError *error, const char *message);

G_END_DECLS
