/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-result.h"

G_BEGIN_DECLS

void wd_outbox_told_unsettle (WdOutboxReport *report, guint n_done, GPtrArray *entries,
                              const GError *reason);
void wd_outbox_told_missing  (WdOutboxReport *report, const char *const *ids);
void wd_outbox_told_failure  (WdOutboxReport *report, const char *const *ids, gboolean has_more,
                              GError *failure);

G_END_DECLS
