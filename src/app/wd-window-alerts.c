/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What wants attention: how much of it each row of the sidebar says, and where alerts lead. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-sidebar-row.h"
#include "app/wd-window-private.h"
#include "session/wd-alert-view.h"

static WdSidebarRow *
find_row (WdWindow *self, const char *page)
{
  for (guint i = 0; i < wd_window_get_n_pages (); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, (int) i);

      if (g_strcmp0 (wd_sidebar_row_get_page (WD_SIDEBAR_ROW (row)), page) == 0)
        return WD_SIDEBAR_ROW (row);
    }
  return NULL;
}

/**
 * wd_window_update_alerts:
 * @self: a window
 *
 * Shows how many open alerts nobody has said anything to.
 */
void
wd_window_update_alerts (WdWindow *self)
{
  WdWatch *watch = self->workspace != NULL ? wd_workspace_get_watch (self->workspace) : NULL;
  gboolean is_critical = FALSE;
  guint n = watch != NULL ? wd_watch_count (watch, &is_critical) : 0;

  wd_sidebar_row_set_count (find_row (self, "alerts"), n, is_critical, _("Open alerts"));
}

/**
 * wd_window_update_counts:
 * @self: a window
 *
 * Shows what wants attention on each page.
 */
void
wd_window_update_counts (WdWindow *self)
{
  WdStats *stats = self->workspace != NULL ? wd_workspace_get_stats (self->workspace) : NULL;
  gint64 n_errors = 0;

  wd_window_update_alerts (self);
  if (stats == NULL)
    return;
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      n_errors += worker->status == WD_WORKER_STATUS_ERROR;
    }
  wd_sidebar_row_set_count (find_row (self, "overview"), n_errors, TRUE, _("Workers in error"));
  wd_sidebar_row_set_count (find_row (self, "wallets"), stats->wallets_need_gas, FALSE,
                            _("Wallets that need gas"));
  wd_sidebar_row_set_count (find_row (self, "jobs"), stats->undelivered_jobs, TRUE,
                            _("Jobs not delivered to their queue"));
}

/* Returns: (transfer none) (nullable): whose alert it is */
static WdWorkspace *
find_workspace (WdWindow *self, const char *id)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      WdWorkspace *workspace = ((WdWindowView *) self->kept->pdata[i])->workspace;

      if (wd_watch_find (wd_workspace_get_watch (workspace), id) != NULL)
        return workspace;
    }
  return NULL;
}

static void
show_filter (WdWindow *self, const char *page, const char *text)
{
  const WdFilterLanguage *language = wd_saved_view_find_language (page);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WdTextSpan span;
  gpointer filter = language != NULL
                      ? language->read (text, utc, wd_time_now (), &span, NULL) : NULL;

  if (filter != NULL)
    {
      wd_list_page_show_filter (WD_LIST_PAGE (wd_window_ensure_page (self, page)), filter);
      language->free (filter);
    }
  wd_window_show_page (self, page);
}

/* What ended is history. */
static void
show_alert_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autofree char *id = g_variant_dup_string (target, NULL);
  WdWorkspace *workspace = find_workspace (self, id);
  WdIncident *incident = NULL;
  g_autofree char *filter = NULL;
  WdAlertView view;

  if (workspace != NULL)
    {
      incident = wd_watch_find (wd_workspace_get_watch (workspace), id);
      if (!wd_window_go_to (self, workspace))
        return;
    }
  if (self->workspace == NULL)
    return;
  if (incident == NULL || incident->state != WD_INCIDENT_OPEN)
    {
      wd_window_show_page (self, "alerts");
      return;
    }
  view = wd_alert_view_find (incident, &filter);
  if (view.action != NULL)
    gtk_widget_activate_action (widget, view.action, NULL);
  else
    show_filter (self, view.page, filter);
}

void
wd_window_install_alert_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-alert", "s", show_alert_action);
}
