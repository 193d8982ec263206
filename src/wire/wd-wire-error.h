/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"

G_BEGIN_DECLS

void wd_wire_error_members (WdJsonWriter *writer, const GError *error);

G_END_DECLS
