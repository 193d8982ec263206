/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_wire_action_members (WdJsonWriter *writer, const char *subject,
                             const WdActionResult *result, const char *message);
void wd_wire_refusals_member (WdJsonWriter *writer, const char *name, const char *subject,
                              const GPtrArray *refusals);

G_END_DECLS
