/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-copy-keys.h"

G_BEGIN_DECLS

const WdCopyKind *wd_chart_copy (void);

G_END_DECLS
