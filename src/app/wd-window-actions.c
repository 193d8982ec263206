/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/jobs/wd-jobs-page.h"
#include "app/preferences/wd-preferences-window.h"
#include "app/wallets/wd-wallets-page.h"
#include "app/wd-window-private.h"

static void
page_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_window_choose_page (self, g_variant_get_string (target, NULL));
}

static void
show_jobs_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *type, *status;

  if (self->workspace == NULL)
    return;
  g_variant_get (target, "(&s&s)", &type, &status);
  wd_jobs_page_show (WD_JOBS_PAGE (wd_window_ensure_page (self, "jobs")),
                     *type != '\0' ? type : NULL, *status != '\0' ? status : NULL);
  wd_window_show_page (self, "jobs");
}

/* Those that ended in the last 24 hours. */
static void
show_recent_jobs_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *type, *status;

  if (self->workspace == NULL)
    return;
  g_variant_get (target, "(&s&s)", &type, &status);
  wd_jobs_page_show_recent (WD_JOBS_PAGE (wd_window_ensure_page (self, "jobs")),
                            *type != '\0' ? type : NULL, *status != '\0' ? status : NULL);
  wd_window_show_page (self, "jobs");
}

static void
show_wallets_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *need = g_variant_get_string (target, NULL);

  if (self->workspace == NULL)
    return;
  wd_wallets_page_show (WD_WALLETS_PAGE (wd_window_ensure_page (self, "wallets")),
                        g_strcmp0 (need, "gas") == 0, g_strcmp0 (need, "consolidation") == 0);
  wd_window_show_page (self, "wallets");
}

static void
show_job_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_window_show_job (self, g_variant_get_string (target, NULL));
}

static void
show_errors_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_window_show_errors (self);
}

static void
show_drift_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_window_show_drift (self);
}

static void
show_error_group_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace == NULL)
    return;
  wd_jobs_page_show_error_group (WD_JOBS_PAGE (wd_window_ensure_page (self, "jobs")),
                                 g_variant_get_string (target, NULL));
  wd_window_show_page (self, "jobs");
}

static void
show_wallet_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_window_show_wallet (self, g_variant_get_string (target, NULL));
}

static void
show_wallet_jobs_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace == NULL)
    return;
  wd_jobs_page_show_wallet (WD_JOBS_PAGE (wd_window_ensure_page (self, "jobs")),
                            g_variant_get_string (target, NULL));
  wd_window_show_page (self, "jobs");
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    wd_workspace_refresh (self->workspace);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (WD_IS_LIST_PAGE (page))
    wd_list_page_focus_search (WD_LIST_PAGE (page));
}

static void
go_to_action (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkWidget *page = gtk_stack_get_visible_child (WD_WINDOW (widget)->stack);

  if (WD_IS_LIST_PAGE (page))
    wd_table_go_to (wd_list_page_get_table (WD_LIST_PAGE (page)));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_window_go_back (WD_WINDOW (widget));
}

/* Escape, where nothing else takes it: away from a page about one thing, else nowhere. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  if (wd_window_get_detail (WD_WINDOW (widget)) == NULL)
    return FALSE;
  wd_window_go_back (WD_WINDOW (widget));
  return TRUE;
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_menu_button_popup (WD_WINDOW (widget)->menu_button);
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_window_cycle_focus (WD_WINDOW (widget), TRUE);
}

static void
previous_pane_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_window_cycle_focus (WD_WINDOW (widget), FALSE);
}

static void
palette_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_window_show_palette (WD_WINDOW (widget),
                          target != NULL ? g_variant_get_string (target, NULL) : NULL);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_window_present (wd_preferences_window_new (wd_preferences_get (), GTK_WINDOW (widget)));
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/org/workerdashboard/WorkerDashboard/shortcuts.ui");

      gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *target)
{
  adw_show_about_window (GTK_WINDOW (widget),
                         "application-name", "Worker Dashboard",
                         "application-icon", WD_APPLICATION_ID,
                         "version", WD_VERSION,
                         "developer-name", _("The Worker Dashboard authors"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Watch and steer the background workers of a crypto wallet "
                                       "platform."),
                         NULL);
}

void
wd_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.show-jobs", "(ss)", show_jobs_action);
  gtk_widget_class_install_action (widget_class, "win.show-recent-jobs", "(ss)",
                                   show_recent_jobs_action);
  gtk_widget_class_install_action (widget_class, "win.show-wallets", "s", show_wallets_action);
  gtk_widget_class_install_action (widget_class, "win.show-job", "s", show_job_action);
  gtk_widget_class_install_action (widget_class, "win.show-errors", NULL, show_errors_action);
  gtk_widget_class_install_action (widget_class, "win.show-drift", NULL, show_drift_action);
  gtk_widget_class_install_action (widget_class, "win.show-error-group", "s",
                                   show_error_group_action);
  gtk_widget_class_install_action (widget_class, "win.show-wallet", "s", show_wallet_action);
  gtk_widget_class_install_action (widget_class, "win.show-wallet-jobs", "s",
                                   show_wallet_jobs_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.go-to", NULL, go_to_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, previous_pane_action);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "win.look-for", "s", palette_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
