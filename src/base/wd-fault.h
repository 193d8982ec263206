/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "config.h"

G_BEGIN_DECLS

#if WD_FAULT_POINTS
void   wd_fault_point (const char *name);
gint64 wd_fault_span (const char *name, gint64 microseconds);
#else
#define wd_fault_point(name) G_STMT_START { } G_STMT_END
#define wd_fault_span(name, microseconds) (microseconds)
#endif

G_END_DECLS
