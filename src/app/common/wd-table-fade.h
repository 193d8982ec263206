/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _WdTableFade WdTableFade;

WdTableFade *wd_table_fade_new (GtkColumnView *view);
void         wd_table_fade_free (WdTableFade *self);

void wd_table_fade_set (WdTableFade *self, gboolean waiting, gboolean old);

G_END_DECLS
