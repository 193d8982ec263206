/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of shortcuts tells all keys there are, and no others. */

#include <gio/gio.h>

#include "app/wd-shortcuts.h"

typedef struct {
  GHashTable *actions;    /* told: action name to itself */
  GHashTable *keys;       /* told: accelerators to themselves */
  const char *property;   /* being read */
  gboolean in_shortcut;
} Told;

static void
start_cb (GMarkupParseContext *context, const char *element, const char **names,
          const char **values, gpointer data, GError **error)
{
  Told *told = data;

  told->property = NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (element, "object") && g_str_equal (names[i], "class"))
        told->in_shortcut = g_str_equal (values[i], "GtkShortcutsShortcut");
      if (told->in_shortcut && g_str_equal (element, "property") && g_str_equal (names[i], "name"))
        told->property = g_intern_string (values[i]);
    }
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Told *told = data;
  GHashTable *table = NULL;

  if (g_strcmp0 (told->property, "action-name") == 0)
    table = told->actions;
  else if (g_strcmp0 (told->property, "accelerator") == 0)
    table = told->keys;
  told->property = NULL;
  /* Once each. */
  if (table != NULL)
    g_assert_true (g_hash_table_add (table, g_strndup (text, length)));
}

static void
read_told (Told *told)
{
  static const GMarkupParser parser = { .start_element = start_cb, .text = text_cb };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "src", "app", "shortcuts.ui",
                                                 NULL);
  g_autofree char *text = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  told->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  told->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  context = g_markup_parse_context_new (&parser, 0, told, NULL);
  g_markup_parse_context_parse (context, text, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
test_told (void)
{
  Told told = { NULL };
  gsize n_shortcuts;
  const WdShortcut *shortcuts = wd_shortcuts (&n_shortcuts);

  read_told (&told);
  for (gsize i = 0; i < n_shortcuts; i++)
    {
      g_autofree char *keys = g_strjoinv (" ", (char **) shortcuts[i].accels);
      const char *action = shortcuts[i].action;

      g_test_message ("%s: %s", action != NULL ? action : "keys", keys);
      g_assert_true (action != NULL ? g_hash_table_remove (told.actions, action)
                                    : g_hash_table_remove (told.keys, keys));
    }
  g_assert_cmpuint (g_hash_table_size (told.actions), ==, 0);
  g_assert_cmpuint (g_hash_table_size (told.keys), ==, 0);
  g_hash_table_unref (told.actions);
  g_hash_table_unref (told.keys);
}

/* No key does two things. */
static void
test_unique (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_shortcuts;
  const WdShortcut *shortcuts = wd_shortcuts (&n_shortcuts);

  for (gsize i = 0; i < n_shortcuts; i++)
    for (guint j = 0; shortcuts[i].accels[j] != NULL; j++)
      g_assert_true (g_hash_table_add (keys, (gpointer) shortcuts[i].accels[j]));
}

static void
test_find (void)
{
  g_assert_cmpstr (wd_shortcuts_find ("win.refresh"), ==, "F5");
  g_assert_cmpstr (wd_shortcuts_find ("win.page::jobs"), ==, "<Control>3");
  g_assert_null (wd_shortcuts_find ("win.about"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortcuts/told", test_told);
  g_test_add_func ("/shortcuts/unique", test_unique);
  g_test_add_func ("/shortcuts/find", test_find);
  return g_test_run ();
}
