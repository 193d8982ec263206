/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-health.h"

G_BEGIN_DECLS

WdHealth *wd_direct_load_health (WdLane *lane, GCancellable *cancellable, GError **error);

G_END_DECLS
