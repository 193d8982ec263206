/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages of the window, each made when it is first shown. */

#include "app/audit/wd-audit-page.h"
#include "app/jobs/wd-job-page.h"
#include "app/jobs/wd-jobs-page.h"
#include "app/overview/wd-overview-page.h"
#include "app/wallets/wd-wallets-page.h"
#include "app/wd-window-private.h"
#include "base/wd-error.h"

static void
job_activated_cb (WdWindow *self, const char *id)
{
  wd_window_show_job (self, id);
}

/* A wallet leads to its jobs. */
static void
wallet_activated_cb (WdWindow *self, const char *address)
{
  WdJobsPage *page = WD_JOBS_PAGE (wd_window_ensure_page (self, "jobs"));

  wd_jobs_page_show_wallet (page, address);
  wd_window_show_page (self, "jobs");
}

static void
refused_cb (WdWindow *self, const char *text)
{
  wd_window_toast (self, text);
}

static GtkWidget *
make_page (WdWindow *self, const char *page)
{
  GtkWidget *widget;

  if (g_strcmp0 (page, "wallets") == 0)
    {
      widget = GTK_WIDGET (wd_wallets_page_new (self->workspace));
      g_signal_connect_object (widget, "wallet-activated", G_CALLBACK (wallet_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (g_strcmp0 (page, "jobs") == 0)
    {
      widget = GTK_WIDGET (wd_jobs_page_new (self->workspace));
      g_signal_connect_object (widget, "job-activated", G_CALLBACK (job_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (g_strcmp0 (page, "audit") == 0)
    {
      widget = GTK_WIDGET (wd_audit_page_new (self->workspace));
      g_signal_connect_object (widget, "job-activated", G_CALLBACK (job_activated_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (widget, "wallet-activated", G_CALLBACK (wallet_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    return GTK_WIDGET (wd_overview_page_new (self->workspace));
  g_signal_connect_object (widget, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  return widget;
}

/**
 * wd_window_ensure_page:
 * @self: a window with a workspace
 * @page: `overview`, `wallets`, `jobs` or `audit`
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
      gtk_stack_add_named (self->stack, widget, page);
    }
  return widget;
}

static void
close_job (WdWindow *self)
{
  if (self->job_page != NULL)
    gtk_stack_remove (self->stack, self->job_page);
  self->job_page = NULL;
}

/**
 * wd_window_show_page:
 * @self: a window
 * @page: `overview`, `wallets`, `jobs` or `audit`
 *
 * Does nothing before there is a workspace.
 */
void
wd_window_show_page (WdWindow *self, const char *page)
{
  g_autofree char *owned = NULL;
  gboolean from_job;

  g_return_if_fail (WD_IS_WINDOW (self));

  if (self->workspace == NULL)
    return;
  from_job = self->job_page != NULL;
  owned = g_strdup (page);
  g_free (self->page);
  self->page = NULL;
  self->page = g_strdup (wd_window_select_row (self, owned));
  wd_window_ensure_page (self, self->page);
  gtk_stack_set_visible_child_full (self->stack, self->page,
                                    from_job ? GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT
                                             : GTK_STACK_TRANSITION_TYPE_NONE);
  close_job (self);
  wd_window_update (self);
}

/**
 * wd_window_show_job:
 * @self: a window with a workspace
 * @id: the row's UUID or its `job_id`
 *
 * Puts the job's page over the page it was chosen on.
 */
void
wd_window_show_job (WdWindow *self, const char *id)
{
  GtkWidget *old;

  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  old = self->job_page;
  self->job_page = GTK_WIDGET (wd_job_page_new (self->workspace, id));
  gtk_stack_add_child (self->stack, self->job_page);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_stack_set_visible_child (self->stack, self->job_page);
  if (old != NULL)
    gtk_stack_remove (self->stack, old);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  gtk_widget_grab_focus (self->job_page);
  wd_window_update (self);
}

/* From a job to the page below it; from a page, where they share the window, to the sidebar. */
void
wd_window_go_back (WdWindow *self)
{
  if (self->job_page != NULL)
    {
      GtkWidget *page;

      wd_window_show_page (self, self->page);
      page = gtk_stack_get_visible_child (self->stack);
      if (WD_IS_JOBS_PAGE (page))
        wd_jobs_page_focus_rows (WD_JOBS_PAGE (page));
    }
  else if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
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
  if (self->job_page != NULL)
    return wd_job_page_is_ready (WD_JOB_PAGE (self->job_page));
  if (g_strcmp0 (self->page, "jobs") == 0)
    return is_list_ready (wd_workspace_get_jobs (self->workspace));
  if (g_strcmp0 (self->page, "wallets") == 0)
    return is_list_ready (wd_workspace_get_wallets (self->workspace));
  if (g_strcmp0 (self->page, "audit") == 0)
    return is_audit_ready (wd_workspace_get_audit (self->workspace));
  return TRUE;
}
