/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-error-report.h"

G_BEGIN_DECLS

WdErrorReport *wd_wire_read_error_report (const char *text, gsize length, GError **error);

G_END_DECLS
