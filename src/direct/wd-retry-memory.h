/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-retry-candidate.h"

G_BEGIN_DECLS

void     wd_retry_take            (WdRetry *self, const WdJob *job);
void     wd_retry_remember        (WdRetry *self, GPtrArray *rows, guint first_done,
                                   guint first_refused, GPtrArray *conflicts);
gboolean wd_retry_refuse_repeated (WdRetry *self, const WdJob *job);

G_END_DECLS
