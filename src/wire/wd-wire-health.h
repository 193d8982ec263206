/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-health.h"

G_BEGIN_DECLS

void wd_wire_health_members (WdJsonWriter *writer, const WdHealth *health);
void wd_wire_health_limits_member (WdJsonWriter *writer, const WdHealthLimits *limits);

G_END_DECLS
