/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-check.h"
#include "model/wd-migration-step.h"

G_BEGIN_DECLS

void wd_wire_checks_members (WdJsonWriter *writer, const GPtrArray *checks);
void wd_wire_migrations_members (WdJsonWriter *writer, const GPtrArray *before,
                                 const GPtrArray *after);

G_END_DECLS
