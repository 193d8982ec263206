/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame of a page that is a table: above it a line that says what is asked for, and menus that
 * say the same. It reads while it is on screen only. Which menus, which columns and which actions
 * there are is the subclass's. */

#include "app/common/wd-list-page-private.h"

#include <glib/gi18n-lib.h>

#include "app/preferences/wd-preferences.h"

enum {
  SIGNAL_REFUSED,
  SIGNAL_VIEW_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WdListPage, wd_list_page, GTK_TYPE_WIDGET)

WdListPagePrivate *
wd_list_page_get_private (WdListPage *self)
{
  return wd_list_page_get_instance_private (self);
}

static WdListPagePrivate *
get_private (WdListPage *self)
{
  return wd_list_page_get_instance_private (self);
}

void
wd_list_page_view_changed (WdListPage *self)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

static void
focus_table (WdListPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (get_private (self)->table), GTK_DIR_TAB_FORWARD);
}

/* Escape: back to all rows, and to the table. */
static void
stop_cb (WdListPage *self)
{
  wd_list_page_clear_filter (self);
  focus_table (self);
}

static void
refused_cb (WdListPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
}

static void
tick_cb (WdListPage *self)
{
  WdListPagePrivate *priv = get_private (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wd_table_tick (priv->table);
  if (!wd_workspace_get_paused (priv->workspace))
    wd_paged_list_catch_up (priv->list);
}

static void
refresh_cb (WdListPage *self)
{
  WdListPageClass *klass = WD_LIST_PAGE_GET_CLASS (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wd_paged_list_refresh (get_private (self)->list);
  if (klass->refresh != NULL)
    klass->refresh (self);
}

static void
wd_list_page_map (GtkWidget *widget)
{
  WdListPage *self = WD_LIST_PAGE (widget);

  GTK_WIDGET_CLASS (wd_list_page_parent_class)->map (widget);
  wd_table_tell_ages (get_private (self)->table);
  refresh_cb (self);
}

static void
wd_list_page_dispose (GObject *object)
{
  WdListPagePrivate *priv = get_private (WD_LIST_PAGE (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  wd_list_page_forget_view (WD_LIST_PAGE (object));
  g_clear_object (&priv->list);
  g_clear_object (&priv->workspace);
  G_OBJECT_CLASS (wd_list_page_parent_class)->dispose (object);
}

static void
wd_list_page_class_init (WdListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_list_page_dispose;
  widget_class->map = wd_list_page_map;

  signals[SIGNAL_REFUSED] =
    g_signal_new ("refused", WD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * WdListPage::view-changed:
   *
   * Another view is shown, or the filter, the columns or the order are others.
   */
  signals[SIGNAL_VIEW_CHANGED] =
    g_signal_new ("view-changed", WD_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (WD_TYPE_FILTER_BAR);
  g_type_ensure (WD_TYPE_FILTER_ENTRY);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, WdListPage, bar);
  gtk_widget_class_bind_template_child_private (widget_class, WdListPage, search);
  gtk_widget_class_bind_template_callback (widget_class, wd_list_page_read_line);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
wd_list_page_init (WdListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_list_page_set_up:
 * @self: a page that was just made
 * @workspace: whose list
 * @spec: what it lists and how
 *
 * For subclasses: makes the table. Nothing is asked for before wd_list_page_ask().
 */
void
wd_list_page_set_up (WdListPage *self, WdWorkspace *workspace, const WdListPageSpec *spec)
{
  WdListPagePrivate *priv = get_private (self);

  g_return_if_fail (WD_IS_LIST_PAGE (self));
  g_return_if_fail (priv->workspace == NULL);

  priv->workspace = g_object_ref (workspace);
  priv->list = g_object_ref (spec->list);
  priv->kind = spec->kind;
  priv->language = spec->language;
  priv->page = spec->page;
  wd_filter_entry_set_up (priv->search, _(spec->search_name), _(spec->search_hint),
                          spec->language->fields, spec->language->n_fields);
  gtk_widget_insert_after (wd_filter_entry_get_problem (priv->search), GTK_WIDGET (self),
                           GTK_WIDGET (priv->bar));
  priv->table = wd_table_new (spec->table, spec->list);
  gtk_widget_set_vexpand (GTK_WIDGET (priv->table), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (priv->table), GTK_WIDGET (self));
  g_signal_connect_object (priv->table, "row-activated", G_CALLBACK (wd_list_page_open), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "clear-filters", G_CALLBACK (wd_list_page_clear_filter),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "layout-changed", G_CALLBACK (wd_list_page_view_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  /* Times that were typed mean others in another zone. */
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (wd_list_page_read_line),
                           self, G_CONNECT_SWAPPED);
}

/**
 * wd_list_page_get_workspace:
 * @self: a page
 *
 * Returns: (transfer none): whose list it shows
 */
WdWorkspace *
wd_list_page_get_workspace (WdListPage *self)
{
  g_return_val_if_fail (WD_IS_LIST_PAGE (self), NULL);

  return get_private (self)->workspace;
}

/**
 * wd_list_page_get_table:
 * @self: a page
 *
 * Returns: (transfer none): its table
 */
WdTable *
wd_list_page_get_table (WdListPage *self)
{
  g_return_val_if_fail (WD_IS_LIST_PAGE (self), NULL);

  return get_private (self)->table;
}

/**
 * wd_list_page_open:
 * @self: a page
 * @row: one of its rows
 *
 * Shows what @row is about.
 */
void
wd_list_page_open (WdListPage *self, WdRow *row)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));

  WD_LIST_PAGE_GET_CLASS (self)->row_activated (self, row);
}

/**
 * wd_list_page_focus_search:
 * @self: a page
 *
 * Puts the focus into the search entry.
 */
void
wd_list_page_focus_search (WdListPage *self)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->search));
}

/**
 * wd_list_page_focus_rows:
 * @self: a page
 *
 * Puts the focus back to the row that had it.
 */
void
wd_list_page_focus_rows (WdListPage *self)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));

  focus_table (self);
}

/**
 * wd_list_page_get_total:
 * @self: a page
 * @is_exact: (out): else it is an estimate
 *
 * Returns: how many rows its filters let through, or -1 where that is not known
 */
gint64
wd_list_page_get_total (WdListPage *self, gboolean *is_exact)
{
  g_return_val_if_fail (WD_IS_LIST_PAGE (self), -1);

  return wd_paged_list_get_total (get_private (self)->list, is_exact);
}

/**
 * wd_list_page_make_export:
 * @self: a page
 *
 * Returns: (transfer full) (nullable): all rows of its list, in its order; %NULL before the first
 *   was asked for
 */
WdExportRequest *
wd_list_page_make_export (WdListPage *self)
{
  WdListPagePrivate *priv = get_private (self);
  gconstpointer filter;
  WdExportRequest *request;

  g_return_val_if_fail (WD_IS_LIST_PAGE (self), NULL);

  filter = wd_paged_list_get_filter (priv->list);
  if (filter == NULL)
    return NULL;
  request = priv->kind->make_export (filter);
  request->sort = wd_paged_list_get_sort (priv->list, &request->ascending);
  return request;
}
