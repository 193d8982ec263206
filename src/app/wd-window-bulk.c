/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to all that the filters of a list let through, or to more than are looked at one by
 * one. It begins with a dialog that counts, goes on below the pages, and holds the window open
 * until it rests: what is under way when a program ends is only known a minute later. What a remote
 * dashboard works on goes on without the window. */

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-dialog.h"
#include "app/common/wd-confirm.h"
#include "app/jobs/wd-jobs-page.h"
#include "app/wallets/wd-wallets-page.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"
#include "model/wd-flags.h"

static void
present (WdWindow *self, const WdBulkRequest *request)
{
  gtk_window_present (GTK_WINDOW (wd_bulk_dialog_new (GTK_WINDOW (self), self->workspace,
                                                      request)));
}

static WdListPage *
get_list (WdWindow *self, GType type)
{
  GtkWidget *page = self->workspace != NULL ? gtk_stack_get_visible_child (self->stack) : NULL;

  return page != NULL && G_TYPE_CHECK_INSTANCE_TYPE (page, type) ? WD_LIST_PAGE (page) : NULL;
}

/**
 * wd_window_check_filter:
 * @self: a window
 * @page: one of its pages, with all whose rows something is to be done
 *
 * Says what is wrong where the line of the page is no filter: its rows are of the one before.
 *
 * Returns: whether the line and the rows are the same
 */
gboolean
wd_window_check_filter (WdWindow *self, WdListPage *page)
{
  const char *wrong = wd_list_page_settle (page);
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;

  if (wrong == NULL)
    return TRUE;
  shown = wd_format_visible (wrong, 256);
  /* TRANSLATORS: %s is what is wrong with the line, in a sentence */
  text = g_strdup_printf (_("The filter has to be put right first: %s"), shown);
  wd_window_toast (self, text);
  return FALSE;
}

/* Returns: (transfer full) (nullable): @operation on all rows of the list that is shown; %NULL, and
 * people are told, where the line above it says something else */
static WdBulkRequest *
request_all (WdWindow *self, WdBulkOperation operation)
{
  gboolean wallets = wd_bulk_operation_is_for_wallets (operation);
  WdListPage *page = get_list (self, wallets ? WD_TYPE_WALLETS_PAGE : WD_TYPE_JOBS_PAGE);
  g_autoptr (WdExportRequest) all = NULL;
  WdBulkRequest *request;

  if (page != NULL && wd_window_check_filter (self, page))
    all = wd_list_page_make_export (page);
  if (all == NULL)
    return NULL;
  request = wd_bulk_request_new (operation);
  request->jobs = g_steal_pointer (&all->jobs);
  request->wallets = g_steal_pointer (&all->wallets);
  return request;
}

static gboolean
lets_failed_through (const WdJobFilter *filter)
{
  const char *const *wanted = (const char *const *) filter->statuses;
  const char *const *unwanted = (const char *const *) filter->not_statuses;

  return (wanted == NULL || *wanted == NULL || g_strv_contains (wanted, "failed"))
         && (unwanted == NULL || !g_strv_contains (unwanted, "failed"));
}

static void
retry_all_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autoptr (WdBulkRequest) request = request_all (self, WD_BULK_RETRY);

  if (request == NULL)
    return;
  if (lets_failed_through (request->jobs))
    present (self, request);
  else
    wd_window_toast (self, _("Only failed jobs can be retried, and the filter leaves them out"));
}

static void
retry_group_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);

  if (self->workspace == NULL)
    return;
  request->jobs = wd_job_filter_new ();
  request->jobs->error_group = g_variant_dup_string (target, NULL);
  present (self, request);
}

static void
trigger_all_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (WdBulkRequest) request = request_all (WD_WINDOW (widget), WD_BULK_DISPATCH);

  if (request == NULL)
    return;
  request->job_type = g_variant_dup_string (target, NULL);
  present (WD_WINDOW (widget), request);
}

static void
flag_all_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (WdBulkRequest) request = request_all (WD_WINDOW (widget), WD_BULK_SET_FLAGS);
  const char *column;
  gboolean value;
  WdFlag flag;

  g_variant_get (target, "(&sb)", &column, &value);
  if (request == NULL || !wd_flag_from_column (column, &flag))
    return;
  *(flag == WD_FLAG_NEEDS_GAS ? &request->needs_gas : &request->needs_consolidation)
    = value ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
  present (WD_WINDOW (widget), request);
}

/**
 * wd_window_retry_many:
 * @self: a window with a workspace
 * @ids: (array zero-terminated=1): rows' ids, too many to be looked at one by one
 */
void
wd_window_retry_many (WdWindow *self, const char *const *ids)
{
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);

  request->subjects = g_strdupv ((char **) ids);
  present (self, request);
}

/**
 * wd_window_trigger_many:
 * @self: a window with a workspace
 * @type: which job
 * @addresses: (array zero-terminated=1): wallets, too many to be looked at one by one
 */
void
wd_window_trigger_many (WdWindow *self, const char *type, const char *const *addresses)
{
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_DISPATCH);

  request->job_type = g_strdup (type);
  request->subjects = g_strdupv ((char **) addresses);
  present (self, request);
}

void
wd_window_install_bulk_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.retry-all", NULL, retry_all_action);
  gtk_widget_class_install_action (widget_class, "win.retry-error-group", "s",
                                   retry_group_action);
  gtk_widget_class_install_action (widget_class, "win.trigger-all", "s", trigger_all_action);
  gtk_widget_class_install_action (widget_class, "win.set-flag-of-all", "(sb)", flag_all_action);
}

void
wd_window_update_bulk (WdWindow *self)
{
  gboolean may_write = self->workspace != NULL
                       && !wd_workspace_get_profile (self->workspace)->read_only;
  gboolean wallets = may_write && get_list (self, WD_TYPE_WALLETS_PAGE) != NULL;

  wd_window_enable (self, "win.retry-all",
                    may_write && get_list (self, WD_TYPE_JOBS_PAGE) != NULL);
  wd_window_enable (self, "win.retry-error-group", may_write);
  wd_window_enable (self, "win.trigger-all", wallets);
  wd_window_enable (self, "win.set-flag-of-all", wallets);
  wd_bulk_bar_set_shown (self->bulk, self->workspace);
}

static gboolean
has_orders (WdWindow *self)
{
  return wd_opened_has_orders (wd_connections_get_opened (self->connections));
}

static void
leave_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  self->asking_to_leave = FALSE;
  /* The window may be gone by now. */
  if (!wd_confirm_finish (result, NULL) || self->connections == NULL)
    return;
  self->leaving = TRUE;
  wd_bulk_bar_let_go (self->bulk);
  wd_window_bulk_changed_cb (self);
}

/**
 * wd_window_has_to_stay:
 * @self: a window
 *
 * Returns: whether a bulk run is worked on here, or something that was ordered is being written
 */
gboolean
wd_window_has_to_stay (WdWindow *self)
{
  return wd_bulk_bar_holds (self->bulk) || has_orders (self);
}

/**
 * wd_window_may_leave:
 * @self: a window that is to be closed
 *
 * Returns: whether it may be at once; else the admin is asked, or it is closed when all rests.
 *   What was ordered is written to its end without the window
 */
gboolean
wd_window_may_leave (WdWindow *self)
{
  const WdConfirmSpec pause = {
    _("Pause and Quit?"),
    _("A bulk run is under way. What is done stands; what is left can be gone on with at the next "
      "start."),
    _("_Pause and Quit"), FALSE, NULL,
  };
  const WdConfirmSpec finish = {
    _("Quit When It Is Done?"),
    _("What was ordered here is still being written. It is written to its end without a window, "
      "and then the program ends. What came of it stands in the lists and in the audit trail."),
    _("_Quit When Done"), FALSE, NULL,
  };

  /* Who closes it once more does not want to wait for a server. */
  if (self->leaving || !wd_window_has_to_stay (self))
    return TRUE;
  if (!self->asking_to_leave)
    wd_confirm_async (GTK_WINDOW (self), wd_bulk_bar_holds (self->bulk) ? &pause : &finish, NULL,
                      leave_confirmed_cb, g_object_ref (self));
  self->asking_to_leave = TRUE;
  return FALSE;
}

static gboolean
leave_cb (gpointer window)
{
  gtk_window_close (window);
  return G_SOURCE_REMOVE;
}

/* For the template. Not amid what the rows below the pages are told. */
void
wd_window_bulk_changed_cb (WdWindow *self)
{
  wd_window_update (self);
  if (self->leaving && !wd_bulk_bar_is_active (self->bulk))
    g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (self), g_object_unref);
}
