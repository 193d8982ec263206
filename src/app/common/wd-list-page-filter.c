/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The filter of a list page, which is the list's: whichever of menus and line is changed by people
 * makes a new one, and the other shows it. A line that is wrong makes none, so that the last one
 * stays. */

#include "app/common/wd-list-page-private.h"

#include "app/preferences/wd-preferences.h"

/* Takes @filter. */
static void
apply (WdListPage *self, gpointer filter)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gconstpointer before = wd_paged_list_get_filter (priv->list);

  if (before == NULL || !priv->kind->equal_filter (before, filter))
    wd_table_set_filter (priv->table, filter);
  priv->kind->free_filter (filter);
  wd_list_page_view_changed (self);
}

/* The list's filter as a line. */
static void
show_line (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  g_autofree char *line = NULL;

  line = priv->language->write (wd_paged_list_get_filter (priv->list),
                                wd_preferences_get_zone (wd_preferences_get ()));
  wd_filter_entry_set_text (priv->search, line);
}

/* What the menus cannot say stays as it is. */
static void
menus_changed_cb (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gpointer filter = priv->kind->copy_filter (wd_paged_list_get_filter (priv->list));

  WD_LIST_PAGE_GET_CLASS (self)->read_filter (self, filter);
  apply (self, filter);
  show_line (self);
}

/* What is asked for, in the menus and in the line. */
void
wd_list_page_show_state (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);

  WD_LIST_PAGE_GET_CLASS (self)->show_filter (self, wd_paged_list_get_filter (priv->list));
  show_line (self);
}

static void
show (WdListPage *self, gconstpointer filter)
{
  apply (self, wd_list_page_get_private (self)->kind->copy_filter (filter));
  wd_list_page_show_state (self);
}

/* The line becomes the filter, unless it is wrong, which it then says. */
void
wd_list_page_read_line (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  WdListPageClass *klass = WD_LIST_PAGE_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  WdTextSpan span = { 0 };
  gpointer filter;

  filter = priv->language->read (wd_filter_entry_get_text (priv->search),
                                 wd_preferences_get_zone (wd_preferences_get ()), wd_time_now (),
                                 &span, &error);
  wd_filter_entry_set_wrong (priv->search, error != NULL ? error->message : NULL, span);
  if (filter == NULL)
    return;
  /* A line that is a search only leaves the rest to the menus. */
  if (priv->language->fields == NULL)
    klass->read_filter (self, filter);
  apply (self, filter);
  klass->show_filter (self, wd_paged_list_get_filter (priv->list));
}

/* A line that is of no view, and may be wrong. */
void
wd_list_page_show_text (WdListPage *self, const char *text)
{
  wd_filter_entry_set_text (wd_list_page_get_private (self)->search, text);
  wd_list_page_read_line (self);
}

void
wd_list_page_clear_filter (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gpointer all = priv->language->create ();

  show (self, all);
  priv->kind->free_filter (all);
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

  wd_filter_bar_add (wd_list_page_get_private (self)->bar, filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (menus_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_list_page_set_known:
 * @self: a page
 * @qualifier: a qualifier whose words only the database knows
 * @words: (array zero-terminated=1): those
 *
 * For subclasses: what may be typed in the entry.
 */
void
wd_list_page_set_known (WdListPage *self, const char *qualifier, char **words)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));

  wd_filter_entry_set_known (wd_list_page_get_private (self)->search, qualifier, words);
}

/**
 * wd_list_page_ask:
 * @self: a page with all its menus
 *
 * For subclasses: asks for all rows, unless some were asked for already; menus and line say which.
 */
void
wd_list_page_ask (WdListPage *self)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);
  gpointer filter;

  g_return_if_fail (WD_IS_LIST_PAGE (self));

  if (wd_paged_list_get_filter (priv->list) != NULL)
    filter = priv->kind->copy_filter (wd_paged_list_get_filter (priv->list));
  else
    filter = priv->language->create ();
  show (self, filter);
  priv->kind->free_filter (filter);
}

/**
 * wd_list_page_show_filter:
 * @self: a page
 * @filter: of the list's kind
 *
 * Asks for the rows that @filter lets through, unless they were asked for already. Menus and line
 * say so. Whatever view was shown, it is none of it.
 */
void
wd_list_page_show_filter (WdListPage *self, gconstpointer filter)
{
  WdListPagePrivate *priv = wd_list_page_get_private (self);

  g_return_if_fail (WD_IS_LIST_PAGE (self));
  g_return_if_fail (filter != NULL);

  if (priv->view != NULL)
    {
      wd_list_page_forget_view (self);
      wd_table_show_view (priv->table, NULL, filter);
    }
  show (self, filter);
}

/**
 * wd_list_page_take_filter:
 * @self: a page
 * @from: another of the same kind, whose filter and view it takes over
 */
void
wd_list_page_take_filter (WdListPage *self, WdListPage *from)
{
  g_return_if_fail (WD_IS_LIST_PAGE (self));
  g_return_if_fail (WD_IS_LIST_PAGE (from));

  wd_list_page_take_view (self, from);
  show (self, wd_paged_list_get_filter (wd_list_page_get_private (from)->list));
}
