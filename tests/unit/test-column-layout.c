/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-column-layout.h"

/* What is kept comes back, in one form whatever the order it was made in. */
static void
test_round_trip (void)
{
  static const char *const table[] = {
    "@a{sv} {}",
    "{'hidden': <['retries', 'type']>}",
    "{'shown': <['job-id']>}",
    "{'widths': <{'error': 300, 'wallet': 120}>}",
    "{'sort': <('created', true)>}",
    "{'hidden': <['a']>, 'shown': <['b']>, 'sort': <('c', false)>, 'widths': <{'d': 50}>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GVariant) kept = g_variant_parse (NULL, table[i], NULL, NULL, NULL);
      g_autoptr (WdColumnLayout) layout = wd_column_layout_new (kept);
      g_autoptr (GVariant) again = g_variant_ref_sink (wd_column_layout_to_variant (layout));
      g_autoptr (WdColumnLayout) copy = wd_column_layout_new (again);
      g_autoptr (GVariant) once_more = g_variant_ref_sink (wd_column_layout_to_variant (copy));
      GVariantIter iter;
      const char *key;
      GVariant *value;

      g_test_message ("%s", table[i]);
      g_assert_true (g_variant_equal (again, once_more));
      g_assert_cmpuint (g_variant_n_children (again), ==, g_variant_n_children (kept));
      g_variant_iter_init (&iter, kept);
      while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
        {
          g_autoptr (GVariant) kept_value = value;
          g_autoptr (GVariant) other = g_variant_lookup_value (again, key, NULL);

          g_assert_nonnull (other);
          if (g_strcmp0 (key, "widths") != 0)
            g_assert_true (g_variant_equal (kept_value, other));
        }
    }
}

/* The settings can hold anything: what cannot be read is as designed. */
static void
test_damaged (void)
{
  static const char *const table[] = {
    "{'hidden': <'type'>, 'widths': <{'type': 'wide'}>, 'sort': <'type'>}",
    "{'hidden': <[1, 2]>, 'shown': <true>, 'sort': <('type', 1)>}",
    "{'widths': <{'type': 0}>}",
    "{'widths': <{'type': -5}>}",
    "{'order': <['x']>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GVariant) kept = g_variant_parse (NULL, table[i], NULL, NULL, NULL);
      g_autoptr (WdColumnLayout) layout = wd_column_layout_new (kept);
      gboolean descending;

      g_test_message ("%s", table[i]);
      g_assert_cmpint (wd_column_layout_get_wish (layout, "type"), ==, WD_COLUMN_WHERE_ROOM);
      g_assert_cmpint (wd_column_layout_get_width (layout, "type"), ==, -1);
      g_assert_null (wd_column_layout_get_sort (layout, &descending));
    }
}

static void
test_widths (void)
{
  static const struct {
    int set;
    int kept;
  } table[] = {
    { 100, 100 }, { 1, WD_COLUMN_WIDTH_MIN }, { 1000000, WD_COLUMN_WIDTH_MAX }, { -1, -1 },
  };
  g_autoptr (WdColumnLayout) layout = wd_column_layout_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      wd_column_layout_set_width (layout, "error", table[i].set);
      g_assert_cmpint (wd_column_layout_get_width (layout, "error"), ==, table[i].kept);
    }
}

static void
test_reset (void)
{
  g_autoptr (WdColumnLayout) layout = wd_column_layout_new (NULL);
  g_autoptr (GVariant) variant = NULL;
  gboolean descending;

  wd_column_layout_set_wish (layout, "type", WD_COLUMN_HIDDEN);
  wd_column_layout_set_wish (layout, "error", WD_COLUMN_SHOWN);
  wd_column_layout_set_wish (layout, "error", WD_COLUMN_WHERE_ROOM);
  wd_column_layout_set_width (layout, "type", 90);
  wd_column_layout_set_sort (layout, "type", TRUE);
  g_assert_cmpint (wd_column_layout_get_wish (layout, "type"), ==, WD_COLUMN_HIDDEN);
  g_assert_cmpint (wd_column_layout_get_wish (layout, "error"), ==, WD_COLUMN_WHERE_ROOM);
  wd_column_layout_reset (layout);
  g_assert_cmpint (wd_column_layout_get_wish (layout, "type"), ==, WD_COLUMN_WHERE_ROOM);
  g_assert_cmpint (wd_column_layout_get_width (layout, "type"), ==, -1);
  g_assert_cmpstr (wd_column_layout_get_sort (layout, &descending), ==, "type");
  g_assert_true (descending);
  wd_column_layout_set_sort (layout, NULL, FALSE);
  variant = g_variant_ref_sink (wd_column_layout_to_variant (layout));
  g_assert_cmpuint (g_variant_n_children (variant), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-layout/round-trip", test_round_trip);
  g_test_add_func ("/column-layout/damaged", test_damaged);
  g_test_add_func ("/column-layout/widths", test_widths);
  g_test_add_func ("/column-layout/reset", test_reset);
  return g_test_run ();
}
