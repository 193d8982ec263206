/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

void     wd_sample_tree_adopt (void);
void     wd_sample_tree_signal (int number);
gboolean wd_sample_tree_wait (guint milliseconds);

G_END_DECLS
