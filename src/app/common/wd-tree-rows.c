/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a list that shows a tree. */

#include "app/common/wd-tree-rows.h"

#include "app/common/wd-focus.h"

typedef struct {
  GtkWidget *(*make) (void);
  WdTreeRowFunc show;
} Rows;

static void
free_rows (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, ((Rows *) data)->make ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ((Rows *) data)->show (gtk_list_item_get_child (item), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  ((Rows *) data)->show (gtk_list_item_get_child (item), NULL);
}

/**
 * wd_tree_rows_set_up:
 * @view: a list whose model will be a #GtkTreeListModel
 * @make: makes the widget of a row
 * @show: lets it show one
 */
void
wd_tree_rows_set_up (GtkListView *view, GtkWidget *(*make) (void), WdTreeRowFunc show)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Rows *rows = g_new0 (Rows, 1);

  rows->make = make;
  rows->show = show;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), rows, free_rows, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), rows);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), rows);
  gtk_list_view_set_factory (view, factory);
  wd_focus_one_stop (GTK_WIDGET (view));
  g_object_unref (factory);
}
