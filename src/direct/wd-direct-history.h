/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

void wd_direct_load_history (WdBackend *backend, const WdHistoryRequest *request, GTask *task);

G_END_DECLS
