/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The shell: sidebar, header, banner, and the stack of pages. */

#include "app/wd-window.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-write-actions.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-sidebar-row.h"
#include "app/common/wd-text-scale.h"
#include "app/preferences/wd-preferences.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"

#include "config.h"

/* With the largest text, in pixels. */
#define WIDEST_SIDEBAR 300

G_DEFINE_FINAL_TYPE (WdWindow, wd_window, ADW_TYPE_APPLICATION_WINDOW)

static const struct {
  const char *name;
  const char *title;
  const char *icon_name;
  int ability;        /* that it takes, or -1 */
} pages[] = {
  { "overview", N_("Overview"), "wd-overview-symbolic", -1 },
  { "wallets", N_("Wallets"), "wd-wallets-symbolic", -1 },
  { "jobs", N_("Jobs"), "wd-jobs-symbolic", -1 },
  { "queues", N_("Queues"), "wd-queues-symbolic", WD_ABILITY_QUEUES },
  { "charts", N_("Charts"), "wd-charts-symbolic", WD_ABILITY_CHARTS },
  { "alerts", N_("Alerts"), "wd-alerts-symbolic", -1 },
  { "audit", N_("Audit"), "wd-audit-symbolic", WD_ABILITY_AUDIT },
};

static void row_selected_cb (WdWindow *self, GtkListBoxRow *row);

/**
 * wd_window_get_n_pages:
 *
 * Returns: how many rows of the sidebar are pages; views stand below them
 */
guint
wd_window_get_n_pages (void)
{
  return G_N_ELEMENTS (pages);
}

static WdSidebarRow *
get_row (WdWindow *self, guint i)
{
  return WD_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->sidebar, (int) i));
}

static gboolean
has_page (WdWindow *self, guint i)
{
  return pages[i].ability < 0 || self->workspace == NULL
         || wd_lack_get (self->workspace, pages[i].ability) == NULL;
}

static const char *
get_page_title (const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, page) == 0)
      return g_dgettext (GETTEXT_PACKAGE, pages[i].title);
  return "";
}

/**
 * wd_window_select_row:
 * @self: a window
 * @page: (nullable): a page
 *
 * Selects its row in the sidebar, or that of the view that it shows. A page that does not exist
 * (yet, or in this version, or with this connection) is the overview.
 *
 * Returns: (transfer none): the name of the page whose row it is
 */
const char *
wd_window_select_row (WdWindow *self, const char *page)
{
  guint index = 0;
  GtkListBoxRow *row;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, page) == 0 && has_page (self, i))
      index = i;
  row = wd_window_find_view_row (self, pages[index].name);
  if (row == NULL)
    row = GTK_LIST_BOX_ROW (get_row (self, index));
  if (gtk_list_box_row_is_selected (row))
    return pages[index].name;
  g_signal_handlers_block_by_func (self->sidebar, row_selected_cb, self);
  gtk_list_box_select_row (self->sidebar, row);
  g_signal_handlers_unblock_by_func (self->sidebar, row_selected_cb, self);
  return pages[index].name;
}

static void
update_header (WdWindow *self)
{
  const char *detail = wd_window_get_detail_title (self);
  WdSavedView *view = wd_window_get_view (self);
  g_autofree char *view_name = view != NULL
                                 ? wd_format_visible (wd_saved_view_get_name (view), 128) : NULL;
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  const WdProfile *profile = self->workspace != NULL ? wd_workspace_get_profile (self->workspace)
                                                     : NULL;
  gboolean has_list = profile != NULL && detail == NULL
                      && WD_IS_LIST_PAGE (gtk_stack_get_visible_child (self->stack));

  adw_window_title_set_title (self->title, detail != NULL ? detail
                                           : view_name != NULL
                                                          ? view_name : profile != NULL
                                                              ? get_page_title (self->page)
                                                              : "Worker Dashboard");
  wd_window_update_connection (self);
  gtk_widget_set_visible (self->back, detail != NULL || folded);
  gtk_widget_set_visible (self->trigger, profile != NULL && detail == NULL);
  gtk_widget_set_visible (self->search, has_list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", has_list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-to", has_list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back",
                                 gtk_widget_get_visible (self->back));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.refresh", profile != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-jobs", profile != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-wallets", profile != NULL);
  wd_window_enable (self, "win.show-drift",
                    profile != NULL && wd_workspace_has_queues (self->workspace));
  adw_header_bar_set_show_end_title_buttons (self->sidebar_header, folded);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* They stand above the bar below a table, which what they tell of may be done from again, and above
 * bulk runs. */
static void
update_toasts (WdWindow *self)
{
  GtkWidget *toasts = GTK_WIDGET (self->toasts);

  set_class (toasts, "above-bar", WD_IS_LIST_PAGE (gtk_stack_get_visible_child (self->stack)));
  set_class (toasts, "above-run", wd_bulk_bar_has_rows (self->bulk));
}

/* State to widgets, all of it. */
void
wd_window_update (WdWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_set_visible (GTK_WIDGET (get_row (self, i)), has_page (self, i));
  update_header (self);
  wd_window_update_counts (self);
  update_toasts (self);
  wd_window_update_live (self);
  wd_write_actions_update (self);
  wd_window_update_bulk (self);
  wd_window_update_export (self);
  wd_window_update_lacks (self);
  wd_window_update_views (self);
  wd_window_update_trouble (self);
}

static void
update_cb (WdWindow *self)
{
  wd_window_update (self);
}

static void
choose (WdWindow *self, WdSidebarRow *row)
{
  if (wd_sidebar_row_get_view (row) != NULL)
    wd_window_open_view (self, wd_sidebar_row_get_view (row));
  else
    wd_window_choose_page (self, wd_sidebar_row_get_page (row));
}

static void
row_selected_cb (WdWindow *self, GtkListBoxRow *row)
{
  if (row != NULL && self->workspace != NULL && !wd_window_is_row_shown (self, row))
    choose (self, WD_SIDEBAR_ROW (row));
}

static void
row_activated_cb (WdWindow *self, GtkListBoxRow *row)
{
  if (self->workspace != NULL)
    choose (self, WD_SIDEBAR_ROW (row));
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
}

/* Nobody reads what is minimized, so nothing is read for it. */
void
wd_window_update_running (WdWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkToplevelState state = surface != NULL ? gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) : 0;

  if (surface != NULL && self->workspace != NULL)
    wd_workspace_set_running (self->workspace, gtk_widget_get_mapped (GTK_WIDGET (self))
                                               && !(state & GDK_TOPLEVEL_STATE_MINIMIZED));
}

static void
wd_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state",
                           G_CALLBACK (wd_window_update_running), widget, G_CONNECT_SWAPPED);
}

static void
wd_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_window_parent_class)->map (widget);
  wd_window_update_running (WD_WINDOW (widget));
}

static gboolean
wd_window_close_request (GtkWindow *window)
{
  WdWindow *self = WD_WINDOW (window);

  if (!wd_window_may_leave (self))
    return TRUE;
  if (self->settings != NULL && self->page != NULL)
    g_settings_set_string (self->settings, "page", self->page);
  return GTK_WINDOW_CLASS (wd_window_parent_class)->close_request (window);
}

static void
wd_window_dispose (GObject *object)
{
  WdWindow *self = WD_WINDOW (object);

  if (self->workspace != NULL)
    wd_workspace_set_running (self->workspace, FALSE);
  g_queue_clear (self->details);
  g_clear_object (&self->flags);
  g_clear_object (&self->workspace);
  g_ptr_array_set_size (self->kept, 0);
  g_clear_object (&self->edited);
  g_clear_object (&self->connections);
  g_clear_object (&self->settings);
  g_clear_object (&self->saved_views);
  g_clear_object (&self->menu_view);
  g_clear_pointer (&self->inhibition, wd_inhibition_free);
  G_OBJECT_CLASS (wd_window_parent_class)->dispose (object);
}

static void
wd_window_finalize (GObject *object)
{
  WdWindow *self = WD_WINDOW (object);

  g_queue_free (self->details);
  g_ptr_array_unref (self->kept);
  g_free (self->page);
  g_free (self->problem);
  g_clear_object (&self->views_menu);
  G_OBJECT_CLASS (wd_window_parent_class)->finalize (object);
}

static void
wd_window_class_init (WdWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_window_dispose;
  object_class->finalize = wd_window_finalize;
  widget_class->realize = wd_window_realize;
  widget_class->map = wd_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = wd_window_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  g_type_ensure (WD_TYPE_BULK_BAR);
  g_type_ensure (WD_TYPE_CONNECTION_HEADER);
  g_type_ensure (WD_TYPE_EXPORT_BAR);
  g_type_ensure (WD_TYPE_LIVE_BUTTON);
  g_type_ensure (WD_TYPE_MIGRATIONS_BANNER);
  g_type_ensure (WD_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wd-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sidebar_header);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, header);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, connection);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, back);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, trigger);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, search);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, undelivered);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sample_mark);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, views);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, migrations);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, bulk);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, export);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, live);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, WdWindow, sidebar_edge);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "bulk_changed_cb",
                                                G_CALLBACK (wd_window_bulk_changed_cb));
  gtk_widget_class_bind_template_callback_full (widget_class, "export_ended_cb",
                                                G_CALLBACK (wd_window_export_ended_cb));
  wd_window_install_actions (widget_class);
  wd_window_install_alert_actions (widget_class);
  wd_window_install_bulk_actions (widget_class);
  wd_window_install_connection_actions (widget_class);
  wd_window_install_export_actions (widget_class);
  wd_window_install_list_actions (widget_class);
  wd_window_install_queue_actions (widget_class);
  wd_window_install_sample_actions (widget_class);
  wd_window_install_view_actions (widget_class);
  wd_write_actions_install (widget_class);
}

static void
wd_window_init (WdWindow *self)
{
  self->details = g_queue_new ();
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_window_view_free);
  self->undelivered_since = WD_TIME_NONE;
  wd_window_set_up_live (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  if (WD_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.preferences",
                                 wd_preferences_get_settings (wd_preferences_get ()) != NULL);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (wd_window_update), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->sidebar,
                         wd_sidebar_row_new (pages[i].name, get_page_title (pages[i].name),
                                             pages[i].icon_name));
  wd_focus_one_stop (GTK_WIDGET (self->sidebar));
  wd_text_scale_adapt_width (self->sidebar_box, WIDEST_SIDEBAR);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  wd_window_set_up_views (self);
  wd_window_update (self);
}

/**
 * wd_window_new:
 * @application: the application
 * @settings: (nullable): where its size and page are kept
 *
 * Returns: (transfer none): a window that waits for a workspace
 */
WdWindow *
wd_window_new (GApplication *application, GSettings *settings)
{
  WdWindow *self = g_object_new (WD_TYPE_WINDOW, "application", application, NULL);

  if (settings == NULL)
    {
      gtk_window_set_default_size (GTK_WINDOW (self), 1200, 800);
      return self;
    }
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  return self;
}

/**
 * wd_window_is_hopeless:
 * @self: a window
 *
 * Returns: whether there is no connection to wait for
 */
gboolean
wd_window_is_hopeless (WdWindow *self)
{
  g_return_val_if_fail (WD_IS_WINDOW (self), TRUE);

  return self->workspace == NULL && self->problem != NULL;
}

/**
 * wd_window_dup_problem:
 * @self: a window
 *
 * Returns: (transfer full) (nullable): what is wrong now
 */
char *
wd_window_dup_problem (WdWindow *self)
{
  const GError *error;
  WdFeed feed;
  WdTime since;

  g_return_val_if_fail (WD_IS_WINDOW (self), NULL);

  if (self->workspace == NULL)
    return g_strdup (self->problem);
  error = wd_workspace_get_trouble (self->workspace, &feed, &since);
  return error != NULL ? g_strdup (error->message) : NULL;
}
