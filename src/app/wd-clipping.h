/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "config.h"

G_BEGIN_DECLS

#if WD_FAULT_POINTS
void wd_clipping_begin (void);
#else
#define wd_clipping_begin() G_STMT_START { } G_STMT_END
#endif

G_END_DECLS
