/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "app/palette/wd-palette-match.h"

G_BEGIN_DECLS

/* In the order of the list. */
typedef enum {
  WD_PALETTE_PAGES,
  WD_PALETTE_ACTIONS,
  WD_PALETTE_CONNECTIONS,
  WD_PALETTE_WALLETS,
  WD_PALETTE_JOBS,
} WdPaletteGroup;

/**
 * WdPaletteItem:
 * @group: where it stands
 * @title: what it is called; plain text
 * @subtitle: (nullable): what else tells it from others
 * @icon_name: (nullable): a symbolic icon
 * @action: of the window
 * @target: (nullable): of @action
 * @rank: how well it fits what is typed now
 * @spans: (element-type WdMatchSpan): what was typed of @title
 *
 * Something to go to or to do.
 */
typedef struct {
  WdPaletteGroup group;
  char *title;
  char *subtitle;
  const char *icon_name;
  char *action;
  GVariant *target;
  WdMatchRank rank;
  GArray *spans;
} WdPaletteItem;

WdPaletteItem *wd_palette_item_new (WdPaletteGroup group, const char *title, const char *subtitle,
                                    const char *action, GVariant *target);
void           wd_palette_item_free (WdPaletteItem *self);
gboolean       wd_palette_item_match (WdPaletteItem *self, const char *typed);
const char    *wd_palette_item_get_accel (WdPaletteItem *self);
gboolean       wd_palette_item_is_same (const WdPaletteItem *a, const WdPaletteItem *b);
int            wd_palette_item_compare (const WdPaletteItem *a, const WdPaletteItem *b);
const char    *wd_palette_group_get_title (WdPaletteGroup group);

G_END_DECLS
