/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void          wd_answer_cb   (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wd_answer_wait (GAsyncResult **result);

G_END_DECLS
