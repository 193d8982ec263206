/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-menu.h"

/**
 * wd_menu_add:
 * @menu: a menu
 * @label: of the item, with its mnemonic if it has one
 * @action: what it does
 * @target: (nullable) (transfer floating): to what; any text is safe in it
 */
void
wd_menu_add (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}
