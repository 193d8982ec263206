/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"

G_BEGIN_DECLS

GPtrArray *wd_direct_run_doctor (WdLane *lane, gboolean recount, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
