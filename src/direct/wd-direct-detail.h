/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "model/wd-result.h"

G_BEGIN_DECLS

WdJobDetail *wd_direct_load_job (WdLane *lane, const char *id, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
