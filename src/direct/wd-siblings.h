/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"

G_BEGIN_DECLS

gboolean wd_siblings_look      (GPtrArray *rows, GPtrArray *states, gpointer lane, gint64 deadline,
                                GCancellable *cancellable, GError **error);
gboolean wd_siblings_look_back (GPtrArray *rows, GPtrArray *states, gpointer lane, gint64 deadline,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
