/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdColumnWish:
 * @WD_COLUMN_WHERE_ROOM: as designed: left out of a table too narrow for it
 * @WD_COLUMN_HIDDEN: never
 * @WD_COLUMN_SHOWN: however narrow the table is
 *
 * Whether somebody wants to see a column.
 */
typedef enum {
  WD_COLUMN_WHERE_ROOM,
  WD_COLUMN_HIDDEN,
  WD_COLUMN_SHOWN,
} WdColumnWish;

#define WD_COLUMN_WIDTH_MIN 24
#define WD_COLUMN_WIDTH_MAX 4000

typedef struct _WdColumnLayout WdColumnLayout;

WdColumnLayout *wd_column_layout_new (GVariant *variant);
WdColumnLayout *wd_column_layout_copy (WdColumnLayout *self);
gboolean        wd_column_layout_equal (WdColumnLayout *a, WdColumnLayout *b);
void            wd_column_layout_free (WdColumnLayout *self);
GVariant       *wd_column_layout_to_variant (WdColumnLayout *self);
void            wd_column_layout_reset (WdColumnLayout *self);

WdColumnWish wd_column_layout_get_wish (WdColumnLayout *self, const char *id);
void         wd_column_layout_set_wish (WdColumnLayout *self, const char *id, WdColumnWish wish);
int          wd_column_layout_get_width (WdColumnLayout *self, const char *id);
void         wd_column_layout_set_width (WdColumnLayout *self, const char *id, int width);
const char  *wd_column_layout_get_sort (WdColumnLayout *self, gboolean *descending);
void         wd_column_layout_set_sort (WdColumnLayout *self, const char *id, gboolean descending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdColumnLayout, wd_column_layout_free)

G_END_DECLS
