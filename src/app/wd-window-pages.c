/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of the window, each made when it is first shown. */

#include "app/alerts/wd-alerts-page.h"
#include "app/audit/wd-audit-page.h"
#include "app/charts/wd-charts-page.h"
#include "app/jobs/wd-jobs-page.h"
#include "app/overview/wd-overview-page.h"
#include "app/queues/wd-queues-page.h"
#include "app/wallets/wd-wallets-page.h"
#include "app/wd-window-private.h"
#include "base/wd-error.h"

static void
refused_cb (WdWindow *self, const char *text)
{
  wd_window_toast (self, text);
}

static void
jobs_chosen_cb (WdWindow *self, const WdJobFilter *filter)
{
  wd_list_page_show_filter (WD_LIST_PAGE (wd_window_ensure_page (self, "jobs")), filter);
  wd_window_show_page (self, "jobs");
}

static GtkWidget *
make_page (WdWindow *self, const char *page)
{
  if (g_strcmp0 (page, "wallets") == 0)
    return GTK_WIDGET (wd_wallets_page_new (self->workspace));
  if (g_strcmp0 (page, "jobs") == 0)
    return GTK_WIDGET (wd_jobs_page_new (self->workspace));
  if (g_strcmp0 (page, "queues") == 0)
    return GTK_WIDGET (wd_queues_page_new (self->workspace));
  if (g_strcmp0 (page, "charts") == 0)
    return GTK_WIDGET (wd_charts_page_new (self->workspace));
  if (g_strcmp0 (page, "alerts") == 0)
    return GTK_WIDGET (wd_alerts_page_new (self->workspace));
  if (g_strcmp0 (page, "audit") == 0)
    return GTK_WIDGET (wd_audit_page_new (self->workspace));
  return GTK_WIDGET (wd_overview_page_new (self->workspace));
}

/**
 * wd_window_ensure_page:
 * @self: a window with a workspace
 * @page: `overview`, `wallets`, `jobs`, `queues`, `charts`, `alerts` or `audit`
 *
 * Returns: (transfer none): that page
 */
GtkWidget *
wd_window_ensure_page (WdWindow *self, const char *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (self->stack, page);

  if (widget == NULL)
    {
      widget = make_page (self, page);
      if (WD_IS_LIST_PAGE (widget))
        {
          g_signal_connect_object (widget, "refused", G_CALLBACK (refused_cb), self,
                                   G_CONNECT_SWAPPED);
          wd_window_set_up_page_views (self, WD_LIST_PAGE (widget), page);
        }
      if (g_signal_lookup ("job-activated", G_OBJECT_TYPE (widget)) != 0)
        g_signal_connect_object (widget, "job-activated", G_CALLBACK (wd_window_show_job_of_list),
                                 self, G_CONNECT_SWAPPED);
      if (g_signal_lookup ("jobs-chosen", G_OBJECT_TYPE (widget)) != 0)
        g_signal_connect_object (widget, "jobs-chosen", G_CALLBACK (jobs_chosen_cb), self,
                                 G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, widget, page);
    }
  return widget;
}

/**
 * wd_window_show_page:
 * @self: a window
 * @page: `overview`, `wallets`, `jobs`, `queues`, `charts`, `alerts` or `audit`
 *
 * Does nothing before there is a workspace.
 */
void
wd_window_show_page (WdWindow *self, const char *page)
{
  g_autofree char *owned = NULL;
  const char *row;
  gboolean from_detail;

  g_return_if_fail (WD_IS_WINDOW (self));

  if (self->workspace == NULL)
    return;
  from_detail = wd_window_get_detail (self) != NULL;
  owned = g_strdup (page);
  row = wd_window_select_row (self, owned);
  g_free (self->page);
  self->page = g_strdup (row);
  wd_window_ensure_page (self, self->page);
  gtk_stack_set_visible_child_full (self->stack, self->page,
                                    from_detail ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT
                                                : GTK_STACK_TRANSITION_TYPE_NONE);
  wd_window_close_details (self);
  wd_window_update (self);
}

/**
 * wd_window_choose_page:
 * @self: a window with a workspace
 * @page: `overview`, `wallets`, `jobs`, `queues`, `charts`, `alerts` or `audit`
 *
 * As wd_window_show_page(), for somebody who asked for the page itself: a view that it shows is
 * left.
 */
void
wd_window_choose_page (WdWindow *self, const char *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (self->stack, page);

  if (WD_IS_LIST_PAGE (widget))
    wd_list_page_leave_view (WD_LIST_PAGE (widget));
  wd_window_show_page (self, page);
}

static gboolean
is_list_ready (WdPagedList *list)
{
  return wd_paged_list_get_read_at (list) != WD_TIME_NONE && !wd_paged_list_is_loading (list);
}

/* That there is no trail, or none to be read, is all its page will ever show. */
static gboolean
is_audit_ready (WdPagedList *audit)
{
  const GError *error = wd_paged_list_get_error (audit);

  return is_list_ready (audit) || g_error_matches (error, WD_ERROR, WD_ERROR_NOT_MIGRATED)
         || g_error_matches (error, WD_ERROR, WD_ERROR_PERMISSION);
}

/**
 * wd_window_is_ready:
 * @self: a window
 *
 * Returns: whether its page, and the sidebar, show data rather than waiting for it
 */
gboolean
wd_window_is_ready (WdWindow *self)
{
  g_return_val_if_fail (WD_IS_WINDOW (self), FALSE);

  if (self->workspace == NULL || wd_workspace_get_stats (self->workspace) == NULL)
    return FALSE;
  if (wd_window_get_detail (self) != NULL)
    return wd_window_is_detail_ready (self);
  if (g_strcmp0 (self->page, "jobs") == 0)
    return is_list_ready (wd_workspace_get_jobs (self->workspace));
  if (g_strcmp0 (self->page, "wallets") == 0)
    return is_list_ready (wd_workspace_get_wallets (self->workspace));
  if (g_strcmp0 (self->page, "queues") == 0)
    return wd_queues_page_is_ready (WD_QUEUES_PAGE (wd_window_ensure_page (self, "queues")));
  if (g_strcmp0 (self->page, "charts") == 0)
    return wd_charts_page_is_ready (WD_CHARTS_PAGE (wd_window_ensure_page (self, "charts")));
  if (g_strcmp0 (self->page, "alerts") == 0)
    return wd_alerts_page_is_ready (WD_ALERTS_PAGE (wd_window_ensure_page (self, "alerts")));
  if (g_strcmp0 (self->page, "audit") == 0)
    return is_audit_ready (wd_workspace_get_audit (self->workspace));
  return TRUE;
}
