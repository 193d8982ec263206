/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-error-report.h"

G_BEGIN_DECLS

void wd_wire_error_report_members (WdJsonWriter *writer, const WdErrorReport *report);

G_END_DECLS
