/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/palette/wd-palette-item.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "app/wd-shortcuts.h"

/**
 * wd_palette_item_new:
 * @group: where it stands
 * @title: what it is called; plain text
 * @subtitle: (nullable): what else tells it from others
 * @action: of the window
 * @target: (nullable): of @action; sunk
 *
 * Returns: (transfer full): an item
 */
WdPaletteItem *
wd_palette_item_new (WdPaletteGroup group, const char *title, const char *subtitle,
                     const char *action, GVariant *target)
{
  WdPaletteItem *self = g_new0 (WdPaletteItem, 1);

  self->group = group;
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->action = g_strdup (action);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  self->spans = g_array_new (FALSE, FALSE, sizeof (WdMatchSpan));
  return self;
}

/**
 * wd_palette_item_free:
 * @self: an item
 */
void
wd_palette_item_free (WdPaletteItem *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->action);
  g_clear_pointer (&self->target, g_variant_unref);
  g_array_unref (self->spans);
  g_free (self);
}

/**
 * wd_palette_item_match:
 * @self: an item
 * @typed: what was typed
 *
 * Returns: whether it fits @typed, noting down how well
 */
gboolean
wd_palette_item_match (WdPaletteItem *self, const char *typed)
{
  g_array_set_size (self->spans, 0);
  self->rank = wd_palette_match (typed, self->title, self->spans);
  return self->rank != WD_MATCH_NONE;
}

/**
 * wd_palette_item_get_accel:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the keys that do the same
 */
const char *
wd_palette_item_get_accel (WdPaletteItem *self)
{
  g_autofree char *detailed = g_action_print_detailed_name (self->action, self->target);

  return wd_shortcuts_find (detailed);
}

/**
 * wd_palette_item_is_same:
 * @a: an item
 * @b: another
 *
 * Returns: whether both do the same
 */
gboolean
wd_palette_item_is_same (const WdPaletteItem *a, const WdPaletteItem *b)
{
  if (g_strcmp0 (a->action, b->action) != 0 || (a->target == NULL) != (b->target == NULL))
    return FALSE;
  return a->target == NULL || g_variant_equal (a->target, b->target);
}

/**
 * wd_palette_item_compare:
 * @a: an item
 * @b: another
 *
 * Groups follow each other; in one the best fit comes first.
 *
 * Returns: less than 0, 0 or more, as for strcmp()
 */
int
wd_palette_item_compare (const WdPaletteItem *a, const WdPaletteItem *b)
{
  if (a->group != b->group)
    return a->group < b->group ? -1 : 1;
  return (int) b->rank - (int) a->rank;
}

/**
 * wd_palette_group_get_title:
 * @group: a group
 *
 * Returns: (transfer none): its heading, translated
 */
const char *
wd_palette_group_get_title (WdPaletteGroup group)
{
  switch (group)
    {
    case WD_PALETTE_PAGES:
      return _("Pages");
    case WD_PALETTE_ACTIONS:
      return _("Actions");
    case WD_PALETTE_CONNECTIONS:
      return _("Connections");
    case WD_PALETTE_WALLETS:
      return _("Wallets");
    case WD_PALETTE_JOBS:
    default:
      return _("Jobs");
    }
}
