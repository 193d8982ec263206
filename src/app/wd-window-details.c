/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages about one thing, over the page they were opened from. They lie on each other in the order
 * they were opened in; what lies below stays as it was left, scrolled and selected, and reads
 * nothing until it is on screen again. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-list-page.h"
#include "app/drift/wd-drift-page.h"
#include "app/errors/wd-errors-page.h"
#include "app/jobs/wd-job-page.h"
#include "app/queues/wd-queue-job-page.h"
#include "app/queues/wd-queue-page.h"
#include "app/wallets/wd-wallet-page.h"
#include "app/wd-window-private.h"

/* Nobody goes back farther than this. */
#define MAX_DETAILS 16

/**
 * wd_window_get_detail:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the page about one thing that is on top
 */
GtkWidget *
wd_window_get_detail (WdWindow *self)
{
  return self->details != NULL ? g_queue_peek_tail (self->details) : NULL;
}

/**
 * wd_window_get_detail_title:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what that page is about, in a word
 */
const char *
wd_window_get_detail_title (WdWindow *self)
{
  GtkWidget *detail = wd_window_get_detail (self);

  if (detail == NULL)
    return NULL;
  if (WD_IS_ERRORS_PAGE (detail))
    return _("Errors");
  if (WD_IS_DRIFT_PAGE (detail))
    return _("Drift");
  if (WD_IS_QUEUE_PAGE (detail))
    return _("Queue");
  return WD_IS_WALLET_PAGE (detail) ? _("Wallet") : _("Job");
}

/* Returns: whether that page shows data rather than waiting for it */
gboolean
wd_window_is_detail_ready (WdWindow *self)
{
  GtkWidget *detail = wd_window_get_detail (self);

  if (WD_IS_ERRORS_PAGE (detail))
    return wd_errors_page_is_ready (WD_ERRORS_PAGE (detail));
  if (WD_IS_DRIFT_PAGE (detail))
    return wd_drift_page_is_ready (WD_DRIFT_PAGE (detail));
  if (WD_IS_WALLET_PAGE (detail))
    return wd_wallet_page_is_ready (WD_WALLET_PAGE (detail));
  if (WD_IS_QUEUE_PAGE (detail))
    return wd_queue_page_is_ready (WD_QUEUE_PAGE (detail));
  if (WD_IS_QUEUE_JOB_PAGE (detail))
    return wd_queue_job_page_is_ready (WD_QUEUE_JOB_PAGE (detail));
  return wd_job_page_is_ready (WD_JOB_PAGE (detail));
}

/* A page that was left out of the history would only be in the way. */
static void
forget_oldest (WdWindow *self)
{
  while (g_queue_get_length (self->details) > MAX_DETAILS)
    gtk_stack_remove (self->stack, g_queue_pop_head (self->details));
}

static void
push (WdWindow *self, GtkWidget *detail)
{
  gtk_stack_add_child (self->stack, detail);
  g_queue_push_tail (self->details, detail);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_stack_set_visible_child (self->stack, detail);
  forget_oldest (self);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  gtk_widget_grab_focus (detail);
  wd_window_update (self);
}

/**
 * wd_window_show_job_of_list:
 * @self: a window with a workspace
 * @id: the row's UUID or its `job_id`
 * @list: (nullable): where it was chosen, through which one may go on from it
 *
 * Puts the job's page over what is on screen.
 */
void
wd_window_show_job_of_list (WdWindow *self, const char *id, WdPagedList *list)
{
  GtkWidget *page;

  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  page = GTK_WIDGET (wd_job_page_new (self->workspace, id, list));
  g_signal_connect_object (page, "job-activated", G_CALLBACK (wd_window_show_job_of_list), self,
                           G_CONNECT_SWAPPED);
  push (self, page);
}

/**
 * wd_window_show_job:
 * @self: a window with a workspace
 * @id: the row's UUID or its `job_id`
 *
 * Puts the job's page over what is on screen.
 */
void
wd_window_show_job (WdWindow *self, const char *id)
{
  wd_window_show_job_of_list (self, id, NULL);
}

/**
 * wd_window_show_wallet:
 * @self: a window with a workspace
 * @address: of a wallet
 *
 * Puts the wallet's page over what is on screen.
 */
void
wd_window_show_wallet (WdWindow *self, const char *address)
{
  GtkWidget *page;

  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  page = GTK_WIDGET (wd_wallet_page_new (self->workspace, address));
  g_signal_connect_object (page, "job-activated", G_CALLBACK (wd_window_show_job_of_list), self,
                           G_CONNECT_SWAPPED);
  push (self, page);
}

/**
 * wd_window_show_errors:
 * @self: a window with a workspace
 *
 * Puts failed jobs, by what went wrong, over what is on screen.
 */
void
wd_window_show_errors (WdWindow *self)
{
  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  push (self, GTK_WIDGET (wd_errors_page_new (self->workspace)));
}

/**
 * wd_window_show_drift:
 * @self: a window with a workspace
 *
 * Puts what rows and queues disagree about over what is on screen.
 */
void
wd_window_show_drift (WdWindow *self)
{
  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  push (self, GTK_WIDGET (wd_drift_page_new (self->workspace)));
}

/**
 * wd_window_show_queue:
 * @self: a window with a workspace
 * @queue: its name
 * @state: of the jobs shown first
 *
 * Puts the queue's page over what is on screen.
 */
void
wd_window_show_queue (WdWindow *self, const char *queue, const char *state)
{
  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  push (self, GTK_WIDGET (wd_queue_page_new (self->workspace, queue, state)));
}

/**
 * wd_window_show_queue_job:
 * @self: a window with a workspace
 * @queue: where a job is
 * @id: its id there
 *
 * Puts what the queue holds of it, which need not have a row, over what is on screen.
 */
void
wd_window_show_queue_job (WdWindow *self, const char *queue, const char *id)
{
  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->workspace != NULL);

  push (self, GTK_WIDGET (wd_queue_job_page_new (self->workspace, queue, id)));
}

/* Takes all of them away; another page must be on screen already. */
void
wd_window_close_details (WdWindow *self)
{
  GtkWidget *detail;

  while ((detail = g_queue_pop_tail (self->details)) != NULL)
    gtk_stack_remove (self->stack, detail);
}

static void
pop (WdWindow *self)
{
  GtkWidget *top = g_queue_pop_tail (self->details);
  GtkWidget *below = wd_window_get_detail (self);

  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
  gtk_stack_set_visible_child (self->stack, below);
  gtk_stack_remove (self->stack, top);
  if (gtk_widget_get_focus_child (below) == NULL)
    gtk_widget_grab_focus (below);
  wd_window_update (self);
}

/* From a page about one thing to what lies below it; from a page, where they share the window, to
 * the sidebar. */
void
wd_window_go_back (WdWindow *self)
{
  if (g_queue_get_length (self->details) > 1)
    pop (self);
  else if (wd_window_get_detail (self) != NULL)
    {
      GtkWidget *page;

      wd_window_show_page (self, self->page);
      page = gtk_stack_get_visible_child (self->stack);
      if (WD_IS_LIST_PAGE (page))
        wd_list_page_focus_rows (WD_LIST_PAGE (page));
    }
  else if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
}
