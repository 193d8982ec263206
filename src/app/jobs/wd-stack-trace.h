/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wd_stack_trace_split (const char *trace, char **frames);
guint wd_stack_trace_attempt (guint index, guint n_traces, gint64 attempts_made);

G_END_DECLS
