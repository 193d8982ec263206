/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody made of a table, as the settings keep it: only what differs from the design, so
 * that a column added to the design later appears. What is kept may be of another version or
 * edited by hand: what cannot be read is left out, and columns nobody knows stay kept. */

#include "session/wd-column-layout.h"

struct _WdColumnLayout {
  GHashTable *wishes;   /* (owned) (element-type utf8 WdColumnWish): by column */
  GHashTable *widths;   /* (owned) (element-type utf8 int) */
  char *sort;           /* (owned) (nullable): a column */
  gboolean descending;
};

static void
read_wishes (WdColumnLayout *self, GVariant *variant, const char *key, WdColumnWish wish)
{
  g_autoptr (GVariant) ids = g_variant_lookup_value (variant, key, G_VARIANT_TYPE ("as"));
  GVariantIter iter;
  const char *id;

  if (ids == NULL)
    return;
  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "&s", &id))
    wd_column_layout_set_wish (self, id, wish);
}

static void
read_widths (WdColumnLayout *self, GVariant *variant)
{
  g_autoptr (GVariant) widths =
    g_variant_lookup_value (variant, "widths", G_VARIANT_TYPE ("a{si}"));
  GVariantIter iter;
  const char *id;
  int width;

  if (widths == NULL)
    return;
  g_variant_iter_init (&iter, widths);
  while (g_variant_iter_next (&iter, "{&si}", &id, &width))
    if (width > 0)
      wd_column_layout_set_width (self, id, width);
}

/**
 * wd_column_layout_new:
 * @variant: (nullable): `a{sv}` from the settings
 *
 * Returns: (transfer full): what it says
 */
WdColumnLayout *
wd_column_layout_new (GVariant *variant)
{
  WdColumnLayout *self = g_new0 (WdColumnLayout, 1);

  self->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->widths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return self;
  read_wishes (self, variant, "shown", WD_COLUMN_SHOWN);
  read_wishes (self, variant, "hidden", WD_COLUMN_HIDDEN);
  read_widths (self, variant);
  g_variant_lookup (variant, "sort", "(sb)", &self->sort, &self->descending);
  return self;
}

/**
 * wd_column_layout_free:
 * @self: a layout
 */
void
wd_column_layout_free (WdColumnLayout *self)
{
  g_hash_table_unref (self->wishes);
  g_hash_table_unref (self->widths);
  g_free (self->sort);
  g_free (self);
}

/**
 * wd_column_layout_copy:
 * @self: a layout
 *
 * Returns: (transfer full): another one that is the same
 */
WdColumnLayout *
wd_column_layout_copy (WdColumnLayout *self)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (wd_column_layout_to_variant (self));

  return wd_column_layout_new (variant);
}

static GVariant *
wishes_to_variant (WdColumnLayout *self, WdColumnWish wanted)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (self->wishes),
                                       (GCompareFunc) g_strcmp0);
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("as"));

  for (GList *l = ids; l != NULL; l = l->next)
    if (wd_column_layout_get_wish (self, l->data) == wanted)
      g_variant_builder_add (builder, "s", l->data);
  return g_variant_builder_end (builder);
}

static GVariant *
widths_to_variant (WdColumnLayout *self)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (self->widths),
                                       (GCompareFunc) g_strcmp0);
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{si}"));

  for (GList *l = ids; l != NULL; l = l->next)
    g_variant_builder_add (builder, "{si}", l->data,
                           wd_column_layout_get_width (self, l->data));
  return g_variant_builder_end (builder);
}

static gboolean
take_equal (GVariant *a, GVariant *b)
{
  g_autoptr (GVariant) one = g_variant_ref_sink (a);
  g_autoptr (GVariant) other = g_variant_ref_sink (b);

  return g_variant_equal (one, other);
}

/**
 * wd_column_layout_equal:
 * @a: a layout
 * @b: another one
 *
 * Returns: whether a table looks the same with both
 */
gboolean
wd_column_layout_equal (WdColumnLayout *a, WdColumnLayout *b)
{
  return g_strcmp0 (a->sort, b->sort) == 0
         && (a->sort == NULL || a->descending == b->descending)
         && take_equal (wishes_to_variant (a, WD_COLUMN_HIDDEN),
                        wishes_to_variant (b, WD_COLUMN_HIDDEN))
         && take_equal (wishes_to_variant (a, WD_COLUMN_SHOWN),
                        wishes_to_variant (b, WD_COLUMN_SHOWN))
         && take_equal (widths_to_variant (a), widths_to_variant (b));
}

static void
add_unless_empty (GVariantDict *dict, const char *key, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);

  if (g_variant_n_children (owned) > 0)
    g_variant_dict_insert_value (dict, key, owned);
}

/**
 * wd_column_layout_to_variant:
 * @self: a layout
 *
 * Returns: (transfer floating): for the settings; empty when all is as designed
 */
GVariant *
wd_column_layout_to_variant (WdColumnLayout *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_unless_empty (&dict, "hidden", wishes_to_variant (self, WD_COLUMN_HIDDEN));
  add_unless_empty (&dict, "shown", wishes_to_variant (self, WD_COLUMN_SHOWN));
  add_unless_empty (&dict, "widths", widths_to_variant (self));
  if (self->sort != NULL)
    g_variant_dict_insert (&dict, "sort", "(sb)", self->sort, self->descending);
  return g_variant_dict_end (&dict);
}

/**
 * wd_column_layout_reset:
 * @self: a layout
 *
 * Back to the design; the order of the rows is none of it.
 */
void
wd_column_layout_reset (WdColumnLayout *self)
{
  g_hash_table_remove_all (self->wishes);
  g_hash_table_remove_all (self->widths);
}

/**
 * wd_column_layout_get_wish:
 * @self: a layout
 * @id: a column
 *
 * Returns: whether somebody wants to see it
 */
WdColumnWish
wd_column_layout_get_wish (WdColumnLayout *self, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->wishes, id));
}

/**
 * wd_column_layout_set_wish:
 * @self: a layout
 * @id: a column
 * @wish: whether to show it
 */
void
wd_column_layout_set_wish (WdColumnLayout *self, const char *id, WdColumnWish wish)
{
  if (wish == WD_COLUMN_WHERE_ROOM)
    g_hash_table_remove (self->wishes, id);
  else
    g_hash_table_replace (self->wishes, g_strdup (id), GUINT_TO_POINTER (wish));
}

/**
 * wd_column_layout_get_width:
 * @self: a layout
 * @id: a column
 *
 * Returns: in logical pixels; -1 as designed
 */
int
wd_column_layout_get_width (WdColumnLayout *self, const char *id)
{
  int width = GPOINTER_TO_INT (g_hash_table_lookup (self->widths, id));

  return width > 0 ? width : -1;
}

/**
 * wd_column_layout_set_width:
 * @self: a layout
 * @id: a column
 * @width: in logical pixels; -1 as designed
 */
void
wd_column_layout_set_width (WdColumnLayout *self, const char *id, int width)
{
  if (width <= 0)
    g_hash_table_remove (self->widths, id);
  else
    g_hash_table_replace (self->widths, g_strdup (id),
                          GINT_TO_POINTER (CLAMP (width, WD_COLUMN_WIDTH_MIN,
                                                  WD_COLUMN_WIDTH_MAX)));
}

/**
 * wd_column_layout_get_sort:
 * @self: a layout
 * @descending: (out): else ascending
 *
 * Returns: (transfer none) (nullable): the column that rows are sorted by; %NULL as designed
 */
const char *
wd_column_layout_get_sort (WdColumnLayout *self, gboolean *descending)
{
  *descending = self->descending;
  return self->sort;
}

/**
 * wd_column_layout_set_sort:
 * @self: a layout
 * @id: (nullable): a column; %NULL as designed
 * @descending: else ascending
 */
void
wd_column_layout_set_sort (WdColumnLayout *self, const char *id, gboolean descending)
{
  char *copy = g_strdup (id);

  g_free (self->sort);
  self->sort = copy;
  self->descending = descending;
}
