/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-format.h"
#include "session/wd-export.h"

G_BEGIN_DECLS

char *wd_export_text_progress (WdExport *export, const WdNumberFormat *format);

G_END_DECLS
