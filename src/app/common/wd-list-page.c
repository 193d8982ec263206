/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame of a page that is a table: above it a search and filters, which make up one query. It
 * reads while it is on screen only. Which filters, which columns and which actions there are is
 * the subclass's. */

#include "app/common/wd-list-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-bar.h"
#include "app/preferences/wd-preferences.h"

typedef struct {
  WdWorkspace *workspace;    /* (owned) */
  WdPagedList *list;         /* (owned) */
  const WdListKind *kind;    /* of the list */
  WdTable *table;

  WdFilterBar *bar;
  GtkEditable *search;
} WdListPagePrivate;

enum {
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WdListPage, wd_list_page, GTK_TYPE_WIDGET)

static WdListPagePrivate *
get_private (WdListPage *self)
{
  return wd_list_page_get_instance_private (self);
}

static void
focus_table (WdListPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (get_private (self)->table), GTK_DIR_TAB_FORWARD);
}

/* Escape: back to all rows, and to the table. */
static void
stop_search_cb (WdListPage *self)
{
  gtk_editable_set_text (get_private (self)->search, "");
  focus_table (self);
}

static void
clear_filters_cb (WdListPage *self)
{
  wd_list_page_clear (self, NULL);
  wd_list_page_ask (self);
}

static void
refused_cb (WdListPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
}

static void
tick_cb (WdListPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_table_tick (get_private (self)->table);
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

  g_type_ensure (WD_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-list-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, WdListPage, bar);
  gtk_widget_class_bind_template_child_private (widget_class, WdListPage, search);
  gtk_widget_class_bind_template_callback_full (widget_class, "filter_cb",
                                                G_CALLBACK (wd_list_page_ask));
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
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
  g_object_set (priv->search, "placeholder-text", _(spec->search_hint), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(spec->search_name), -1);
  priv->table = wd_table_new (spec->table, spec->list);
  gtk_widget_set_vexpand (GTK_WIDGET (priv->table), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (priv->table), GTK_WIDGET (self));
  g_signal_connect_object (priv->table, "row-activated", G_CALLBACK (wd_list_page_open), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "clear-filters", G_CALLBACK (clear_filters_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->table, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  /* Times that were typed mean others in another zone. */
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (wd_list_page_ask), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_list_page_add_filter:
 * @self: a page
 * @filter: (transfer floating): to stand last beside the search; what people change in it becomes
 *   the next query
 *
 * For subclasses.
 */
void
wd_list_page_add_filter (WdListPage *self, WdFilter *filter)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));

  wd_filter_bar_add (get_private (self)->bar, filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (wd_list_page_ask), self,
                           G_CONNECT_SWAPPED);
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
 * wd_list_page_clear:
 * @self: a page
 * @search: (nullable): what to search instead
 *
 * Lets everything through every filter, but does not ask yet.
 */
void
wd_list_page_clear (WdListPage *self, const char *search)
{
  WdListPagePrivate *priv = get_private (self);

  g_return_if_fail (WD_IS_LIST_PAGE (self));

  wd_filter_bar_clear (priv->bar);
  gtk_editable_set_text (priv->search, search != NULL ? search : "");
}

/**
 * wd_list_page_ask:
 * @self: a page
 *
 * Asks for the rows that its filters and its search let through, unless they were asked for
 * already.
 */
void
wd_list_page_ask (WdListPage *self)
{
  WdListPagePrivate *priv = get_private (self);
  g_autofree char *search = NULL;
  gconstpointer before;
  gpointer filter;

  g_return_if_fail (WD_IS_LIST_PAGE (self));

  search = g_strstrip (g_strdup (gtk_editable_get_text (priv->search)));
  before = wd_paged_list_get_filter (priv->list);
  filter = WD_LIST_PAGE_GET_CLASS (self)->read_filter (self, *search != '\0' ? search : NULL);
  if (before == NULL || !priv->kind->equal_filter (before, filter))
    wd_table_set_filter (priv->table, filter);
  priv->kind->free_filter (filter);
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
