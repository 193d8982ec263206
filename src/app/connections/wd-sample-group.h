/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/connections/wd-sample-control.h"

G_BEGIN_DECLS

#define WD_TYPE_SAMPLE_GROUP (wd_sample_group_get_type ())
G_DECLARE_FINAL_TYPE (WdSampleGroup, wd_sample_group, WD, SAMPLE_GROUP, GtkWidget)

void wd_sample_group_set_control (WdSampleGroup *self, WdSampleControl *control);

G_END_DECLS
