/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A view on a list page: its filter, its columns and its order take the place of the page's own,
 * which come back when it is left. What is changed meanwhile is neither's until it is saved. */

#include "app/common/wd-list-page-private.h"

/* Without showing anything else. */
void
wd_list_page_forget_view (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);

  g_clear_object (&priv->view);
  if (priv->own_filter != NULL)
    priv->kind->free_filter (g_steal_pointer (&priv->own_filter));
}

/* The same view as another page of the kind shows, with its columns as they are there. */
void
wd_list_page_take_view (WdListPage *self, WdListPage *from)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  WdListPagePrivate *other = wd_list_page_get_private (from);

  if (other->view == NULL)
    return;
  wd_list_page_forget_view (self);
  priv->view = g_object_ref (other->view);
  if (other->own_filter != NULL)
    priv->own_filter = priv->kind->copy_filter (other->own_filter);
  wd_table_show_view (priv->table, wd_table_get_layout (other->table),
                      wd_paged_list_get_filter (other->list));
}

/**
 * wd_list_page_open_view:
 * @self: a page
 * @view: one of its views
 *
 * Shows it. Where its filter cannot be read, the line of the page says what is wrong with it, and
 * the rows stay.
 *
 * Returns: whether it is shown
 */
gboolean
wd_list_page_open_view (WdListPage *self, WdSavedView *view)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gconstpointer before;
  gpointer filter;

  g_return_val_if_fail (WD_IS_LIST_PAGE (self), FALSE);
  g_return_val_if_fail (g_strcmp0 (wd_saved_view_get_page (view), priv->page) == 0, FALSE);

  filter = wd_saved_view_read_filter (view, wd_time_now (), NULL);
  if (filter == NULL)
    {
      wd_list_page_show_text (self, wd_saved_view_get_filter (view));
      return FALSE;
    }
  before = wd_paged_list_get_filter (priv->list);
  if (priv->view == NULL && before != NULL)
    priv->own_filter = priv->kind->copy_filter (before);
  g_set_object (&priv->view, view);
  wd_table_show_view (priv->table, wd_saved_view_get_columns (view), filter);
  priv->kind->free_filter (filter);
  wd_list_page_show_state (self);
  wd_list_page_view_changed (self);
  return TRUE;
}

/**
 * wd_list_page_leave_view:
 * @self: a page
 *
 * Goes back to the filter, the columns and the order from before a view was shown, if one is.
 */
void
wd_list_page_leave_view (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gpointer filter;

  g_return_if_fail (WD_IS_LIST_PAGE (self));

  if (priv->view == NULL)
    return;
  filter = priv->own_filter != NULL ? g_steal_pointer (&priv->own_filter)
                                    : priv->language->create ();
  wd_list_page_forget_view (self);
  wd_table_show_view (priv->table, NULL, filter);
  priv->kind->free_filter (filter);
  wd_list_page_show_state (self);
  wd_list_page_view_changed (self);
}

/**
 * wd_list_page_get_view:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the view it shows, changed or not
 */
WdSavedView *
wd_list_page_get_view (WdListPage *self)
{
  g_return_val_if_fail (WD_IS_LIST_PAGE (self), NULL);

  return wd_list_page_get_private (self)->view;
}

/**
 * wd_list_page_set_view:
 * @self: a page
 * @view: (nullable): what its view is from now on
 *
 * For a view that was saved, renamed or removed: the rows stay. A filter that was the page's own
 * until now has gone into the view, and all rows are what the page goes back to.
 */
void
wd_list_page_set_view (WdListPage *self, WdSavedView *view)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gconstpointer filter;

  g_return_if_fail (WD_IS_LIST_PAGE (self));

  filter = wd_paged_list_get_filter (priv->list);
  if (view == priv->view || filter == NULL)
    return;
  if (view == NULL)
    {
      /* The list's own does not outlive the question. */
      gpointer copy = priv->kind->copy_filter (filter);

      wd_list_page_show_filter (self, copy);
      priv->kind->free_filter (copy);
      return;
    }
  if (priv->view == NULL)
    {
      priv->own_filter = priv->language->create ();
      wd_table_show_view (priv->table, wd_saved_view_get_columns (view), NULL);
    }
  g_set_object (&priv->view, view);
  wd_list_page_view_changed (self);
}

/**
 * wd_list_page_is_view_changed:
 * @self: a page
 *
 * Returns: whether it shows a view otherwise than that was saved
 */
gboolean
wd_list_page_is_view_changed (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gpointer saved;
  gboolean changed;

  g_return_val_if_fail (WD_IS_LIST_PAGE (self), FALSE);

  if (priv->view == NULL)
    return FALSE;
  saved = wd_saved_view_read_filter (priv->view, wd_time_now (), NULL);
  changed = saved == NULL
            || !priv->kind->equal_filter (saved, wd_paged_list_get_filter (priv->list))
            || !wd_column_layout_equal (wd_saved_view_get_columns (priv->view),
                                        wd_table_get_layout (priv->table));
  if (saved != NULL)
    priv->kind->free_filter (saved);
  return changed;
}

/**
 * wd_list_page_make_view:
 * @self: a page
 * @name: what to call it
 *
 * Returns: (transfer full) (nullable): what it shows now as a view; %NULL where there are no views,
 *   or nothing was asked for yet
 */
WdSavedView *
wd_list_page_make_view (WdListPage *self, const char *name)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gconstpointer filter;
  g_autofree char *line = NULL;

  g_return_val_if_fail (WD_IS_LIST_PAGE (self), NULL);

  filter = wd_paged_list_get_filter (priv->list);
  if (priv->page == NULL || filter == NULL)
    return NULL;
  line = wd_saved_view_write_filter (priv->page, filter);
  return wd_saved_view_new (name, priv->page, line, wd_table_get_layout (priv->table));
}
