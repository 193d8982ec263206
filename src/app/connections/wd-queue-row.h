/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/wd-profile-draft.h"

G_BEGIN_DECLS

#define WD_TYPE_QUEUE_ROW (wd_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (WdQueueRow, wd_queue_row, WD, QUEUE_ROW, AdwExpanderRow)

void wd_queue_row_set_draft (WdQueueRow *self, WdProfileDraft *draft);
void wd_queue_row_update (WdQueueRow *self);

G_END_DECLS
