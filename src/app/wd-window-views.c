/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Views in the window: their rows below the pages, and which of them is shown. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-list-page.h"
#include "app/common/wd-menu.h"
#include "app/common/wd-sidebar-row.h"
#include "app/views/wd-view-row.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"

static GtkListBoxRow *
get_view_row (WdWindow *self, guint i)
{
  return gtk_list_box_get_row_at_index (self->sidebar, (int) (wd_window_get_n_pages () + i));
}

/**
 * wd_window_get_view_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page on screen, below whatever was opened over it, if
 *   there can be views of it
 */
WdListPage *
wd_window_get_view_page (WdWindow *self)
{
  GtkWidget *page = self->workspace != NULL && self->page != NULL
                      ? gtk_stack_get_child_by_name (self->stack, self->page) : NULL;

  return page != NULL && wd_saved_view_find_language (self->page) != NULL ? WD_LIST_PAGE (page)
                                                                          : NULL;
}

/**
 * wd_window_get_view:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what its page shows, changed or not
 */
WdSavedView *
wd_window_get_view (WdWindow *self)
{
  WdListPage *page = wd_window_get_view_page (self);

  return page != NULL ? wd_list_page_get_view (page) : NULL;
}

/**
 * wd_window_find_view_row:
 * @self: a window
 * @page: name of a page
 *
 * Returns: (transfer none) (nullable): the row of the view that @page shows
 */
GtkListBoxRow *
wd_window_find_view_row (WdWindow *self, const char *page)
{
  GtkWidget *widget = self->workspace != NULL && self->saved_views != NULL
                        ? gtk_stack_get_child_by_name (self->stack, page) : NULL;
  WdSavedView *view = WD_IS_LIST_PAGE (widget) ? wd_list_page_get_view (WD_LIST_PAGE (widget))
                                               : NULL;
  guint position;

  if (view == NULL
      || wd_saved_views_find (self->saved_views, wd_saved_view_get_name (view), &position) == NULL)
    return NULL;
  return get_view_row (self, position);
}

/**
 * wd_window_is_row_shown:
 * @self: a window
 * @row: of its sidebar
 *
 * Such a row is selected once more when Tab leads to it, which is not to leave a job's page: a
 * click or Return activates it.
 *
 * Returns: whether it stands for the page, or the view, that is on screen or below what is
 */
gboolean
wd_window_is_row_shown (WdWindow *self, GtkListBoxRow *row)
{
  GtkListBoxRow *view = wd_window_find_view_row (self, self->page);
  WdSidebarRow *own = WD_SIDEBAR_ROW (row);

  if (view != NULL || wd_sidebar_row_get_view (own) != NULL)
    return row == view;
  return g_strcmp0 (wd_sidebar_row_get_page (own), self->page) == 0;
}

/* The menu of the page on screen. */
static void
update_menu (WdWindow *self, WdSavedView *view)
{
  g_autoptr (GMenu) current = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();

  g_menu_remove_all (self->views_menu);
  if (view != NULL)
    {
      const char *name = wd_saved_view_get_name (view);
      g_autofree char *shown = wd_format_visible (name, 48);
      g_autofree char *update = g_strdup_printf (_("Update “%s”"), shown);
      g_autofree char *revert = g_strdup_printf (_("Back to “%s” as Saved"), shown);
      g_autoptr (GMenu) others = g_menu_new ();

      wd_menu_add (current, update, "win.update-view", NULL);
      wd_menu_add (current, revert, "win.revert-view", NULL);
      wd_menu_add (current, _("Save as New View…"), "win.save-view", NULL);
      wd_menu_add (others, _("Rename…"), "win.rename-view", g_variant_new_string (name));
      wd_menu_add (others, _("Delete"), "win.delete-view", g_variant_new_string (name));
      g_menu_append_section (self->views_menu, NULL, G_MENU_MODEL (current));
      g_menu_append_section (self->views_menu, NULL, G_MENU_MODEL (others));
    }
  else
    {
      wd_menu_add (current, _("Save View…"), "win.save-view", NULL);
      g_menu_append_section (self->views_menu, NULL, G_MENU_MODEL (current));
    }
  wd_menu_add (files, _("Import Views…"), "win.import-views", NULL);
  wd_menu_add (files, _("Export All Views…"), "win.export-views", NULL);
  g_menu_append_section (self->views_menu, NULL, G_MENU_MODEL (files));
}

static void
update_note (WdWindow *self, WdSidebarRow *row, gboolean changed)
{
  if (wd_saved_view_get_problem (wd_sidebar_row_get_view (row)) != NULL)
    return;
  wd_sidebar_row_set_note (row, changed ? C_("view", "Changed") : NULL, NULL,
                           _("It is shown otherwise than it was saved"));
}

/**
 * wd_window_update_views:
 * @self: a window
 *
 * State to widgets: which view is shown, and what can be done with it.
 */
void
wd_window_update_views (WdWindow *self)
{
  WdListPage *page = wd_window_get_view_page (self);
  WdSavedView *view = wd_window_get_view (self);
  gboolean changed = view != NULL && wd_list_page_is_view_changed (page);
  gboolean on_top = page != NULL && wd_window_get_detail (self) == NULL;
  GtkListBoxRow *current = self->page != NULL ? wd_window_find_view_row (self, self->page) : NULL;
  GtkListBoxRow *row;

  /* A window that is going away may be told of something yet. */
  if (self->saved_views == NULL)
    return;
  for (guint i = 0; (row = get_view_row (self, i)) != NULL; i++)
    update_note (self, WD_SIDEBAR_ROW (row), changed && row == current);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-view", on_top);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.update-view", on_top && changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.revert-view", on_top && changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-views",
                                 g_list_model_get_n_items (G_LIST_MODEL (self->saved_views)) > 0);
  if (self->page != NULL)
    wd_window_select_row (self, self->page);
  if (view == self->menu_view && g_menu_model_get_n_items (G_MENU_MODEL (self->views_menu)) > 0)
    return;
  g_set_object (&self->menu_view, view);
  update_menu (self, view);
  wd_window_update (self);
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  gboolean first = wd_sidebar_row_get_view (WD_SIDEBAR_ROW (row)) != NULL && before != NULL
                   && wd_sidebar_row_get_view (WD_SIDEBAR_ROW (before)) == NULL;
  GtkWidget *label = first ? gtk_label_new (_("Views")) : NULL;

  if (label != NULL)
    {
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "sidebar-heading");
    }
  gtk_list_box_row_set_header (row, label);
}

/* What was shown under its name is shown further on, renamed or updated by whomever. */
static void
update_page (WdWindow *self, GtkWidget *page)
{
  WdSavedView *view = wd_list_page_get_view (WD_LIST_PAGE (page));

  if (view != NULL)
    wd_list_page_set_view (WD_LIST_PAGE (page),
                           wd_saved_views_find (self->saved_views, wd_saved_view_get_name (view),
                                                NULL));
}

/* The rows are new; the focus goes where it was, to the view that had it, or to where that was. */
static void
views_cb (WdWindow *self)
{
  /* The list knows of no focus while a dialog is in front. */
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  WdSavedView *view = WD_IS_SIDEBAR_ROW (focus)
                        ? wd_sidebar_row_get_view (WD_SIDEBAR_ROW (focus)) : NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->saved_views));
  guint place = view != NULL ? (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus))
                               - wd_window_get_n_pages () : 0;
  g_autofree char *name = view != NULL ? g_strdup (wd_saved_view_get_name (view)) : NULL;
  GtkListBoxRow *row;

  while ((row = get_view_row (self, 0)) != NULL)
    gtk_list_box_remove (self->sidebar, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WdSavedView) item = g_list_model_get_item (G_LIST_MODEL (self->saved_views), i);

      gtk_list_box_append (self->sidebar, wd_view_row_new (item));
    }
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (WD_IS_LIST_PAGE (page))
      update_page (self, page);
  if (name != NULL)
    {
      wd_saved_views_find (self->saved_views, name, &place);
      row = gtk_list_box_get_row_at_index (
        self->sidebar, (int) (wd_window_get_n_pages () + MIN (place, MAX (n, 1) - 1)));
      gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->sidebar));
    }
  wd_window_update_views (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!wd_saved_views_change_finish (WD_SAVED_VIEWS (source), result, &error)
      && self->saved_views != NULL)
    wd_window_toast (self, error->message);
}

/**
 * wd_window_set_up_views:
 * @self: a window with its template
 *
 * Reads the views, which then stand below the pages.
 */
void
wd_window_set_up_views (WdWindow *self)
{
  self->saved_views = wd_saved_views_new (NULL);
  self->views_menu = g_menu_new ();
  gtk_list_box_set_header_func (self->sidebar, header_cb, NULL, NULL);
  g_signal_connect_object (self->saved_views, "items-changed", G_CALLBACK (views_cb), self,
                           G_CONNECT_SWAPPED);
  wd_saved_views_load_async (self->saved_views, loaded_cb, g_object_ref (self));
  wd_window_update_views (self);
}

/**
 * wd_window_set_up_page_views:
 * @self: a window
 * @page: one of its pages, which was just made
 * @name: of that page
 *
 * Gives it the menu of views, if there can be any of it.
 */
void
wd_window_set_up_page_views (WdWindow *self, WdListPage *page, const char *name)
{
  if (wd_saved_view_find_language (name) == NULL)
    return;
  wd_table_set_views_menu (wd_list_page_get_table (page), G_MENU_MODEL (self->views_menu));
  g_signal_connect_object (page, "view-changed", G_CALLBACK (wd_window_update_views), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_window_open_view:
 * @self: a window with a workspace
 * @view: what to show
 *
 * Shows it on its page. One that cannot be shown says why.
 */
void
wd_window_open_view (WdWindow *self, WdSavedView *view)
{
  const char *name = wd_saved_view_get_page (view);
  WdListPage *page;

  if (name == NULL)
    {
      g_autofree char *shown = wd_format_visible (wd_saved_view_get_name (view), 64);
      g_autofree char *text = g_strdup_printf (_("“%s” cannot be shown: %s"), shown,
                                               wd_saved_view_get_problem (view));

      wd_window_toast (self, text);
      wd_window_update_views (self);
      return;
    }
  page = WD_LIST_PAGE (wd_window_ensure_page (self, name));
  if (wd_list_page_get_view (page) != view)
    wd_list_page_open_view (page, view);
  wd_window_show_page (self, name);
}
