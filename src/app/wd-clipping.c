/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells, with WD_CLIPPING=1 in the environment of a test build, which texts did not have the room
 * they need: "clipped KIND: TEXT" on standard error, each once. KIND is the type of the widget that
 * shows the text, after that of the one of ours that holds it. What the toolkit cuts it cuts in
 * silence, and nothing outside the program can see it. */

#include "app/wd-clipping.h"

#if WD_FAULT_POINTS

#include "app/common/wd-cut.h"

#define LOOK_MS 150

static GHashTable *told;   /* (owned): of the whole run */
static GHashTable *seen;   /* (owned): not told, cut when it was looked last */
static guint look_source;

static const char *
get_holder (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Wd"))
      return G_OBJECT_TYPE_NAME (widget);
  return "none";
}

/* What moves to its place may be cut for a moment: @cut takes it, and it is told the next time. */
static void
tell (GHashTable *cut, GtkWidget *widget, const char *text)
{
  const char *holder = get_holder (gtk_widget_get_parent (widget));
  g_autofree char *line = g_strdup_printf ("clipped %s.%s: %s", holder,
                                           G_OBJECT_TYPE_NAME (widget), text);

  g_strdelimit (line, "\n", ' ');
  if (g_hash_table_contains (told, line))
    return;
  if (!g_hash_table_contains (seen, line))
    {
      g_hash_table_add (cut, g_steal_pointer (&line));
      return;
    }
  g_printerr ("%s\n", line);
  g_hash_table_add (told, g_steal_pointer (&line));
}

static void
look_at (GHashTable *cut, GtkWidget *widget)
{
  const char *text;

  /* What has no height is not laid out yet. */
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_height (widget) == 0)
    return;
  if ((text = wd_cut_get_text (widget)) != NULL)
    tell (cut, widget, text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (cut, child);
}

static GHashTable *
make_lines (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
look_cb (gpointer data)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  GHashTable *cut = make_lines ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      look_at (cut, window);
    }
  g_hash_table_unref (seen);
  seen = cut;
  look_source = 0;
  /* It is looked at again once it was laid out again, which can take its time on a busy machine. */
  for (guint i = 0; i < g_list_model_get_n_items (windows) && g_hash_table_size (cut) > 0; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      gtk_widget_queue_draw (window);
    }
  return G_SOURCE_REMOVE;
}

/* Not at each frame: that would take more time than the window does; nor before what is to be laid
 * out is, however busy the machine. */
static void
after_paint_cb (void)
{
  if (look_source == 0)
    look_source = g_timeout_add_full (G_PRIORITY_LOW, LOOK_MS, look_cb, NULL, NULL);
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (after_paint_cb), NULL);
}

static void
items_changed_cb (GListModel *windows, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_realized (window))
        realize_cb (window);
      else
        g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
    }
}

/**
 * wd_clipping_begin:
 *
 * Watches all windows, if the environment says `WD_CLIPPING=1`.
 */
void
wd_clipping_begin (void)
{
  GListModel *windows;

  if (g_strcmp0 (g_getenv ("WD_CLIPPING"), "1") != 0)
    return;
  told = make_lines ();
  seen = make_lines ();
  windows = gtk_window_get_toplevels ();
  g_signal_connect (windows, "items-changed", G_CALLBACK (items_changed_cb), NULL);
  items_changed_cb (windows, 0, 0, g_list_model_get_n_items (windows));
}

#endif
