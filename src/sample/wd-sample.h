/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

#define WD_TYPE_SAMPLE (wd_sample_get_type ())
G_DECLARE_FINAL_TYPE (WdSample, wd_sample, WD, SAMPLE, GObject)

WdSample   *wd_sample_new (void);
void        wd_sample_start_async (WdSample *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
WdProfile  *wd_sample_start_finish (WdSample *self, GAsyncResult *result, GError **error);
void        wd_sample_stop (WdSample *self);

G_END_DECLS
