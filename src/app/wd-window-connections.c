/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window and its connections: what is shown of each.
 *
 * Each connection that was shown has a stack of pages of its own, which keeps filters, sorting and
 * what was typed, and what was opened over them; going to another connection puts its stack in
 * front and lets the first one rest. One that was edited begins anew, with the filters it had. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-list-page.h"
#include "app/common/wd-message-dialog.h"
#include "app/connections/wd-connection-row.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"

void
wd_window_view_free (WdWindowView *view)
{
  g_object_unref (view->workspace);
  g_queue_free (view->details);
  g_free (view->page);
  g_free (view);
}

static WdWindowView *
find_view (WdWindow *self, WdWorkspace *workspace)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      WdWindowView *view = self->kept->pdata[i];

      if (view->workspace == workspace)
        return view;
    }
  return NULL;
}

static WdWindowView *
add_view (WdWindow *self, WdWorkspace *workspace, const char *page)
{
  WdWindowView *view = g_new0 (WdWindowView, 1);
  gboolean is_first = self->kept->len == 0
                      && gtk_stack_get_visible_child (self->stack) == NULL;

  view->workspace = g_object_ref (workspace);
  view->page = g_strdup (page);
  view->details = g_queue_new ();
  view->stack = is_first ? self->stack : GTK_STACK (gtk_stack_new ());
  if (!is_first)
    {
      gtk_stack_set_hhomogeneous (view->stack, FALSE);
      gtk_stack_set_vhomogeneous (view->stack, FALSE);
      gtk_stack_add_child (self->views, GTK_WIDGET (view->stack));
    }
  g_ptr_array_add (self->kept, view);
  wd_bulk_bar_add (self->bulk, workspace);
  g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (wd_window_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "trouble-changed", G_CALLBACK (wd_window_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_backend (workspace), "abilities-changed",
                           G_CALLBACK (wd_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_watch (workspace), "looked",
                           G_CALLBACK (wd_window_update_alerts), self, G_CONNECT_SWAPPED);
  return view;
}

/* What lies over the pages goes away with them, and comes back with them. */
static void
swap_details (WdWindow *self, WdWindowView *view)
{
  GQueue *details = self->details;

  self->details = view->details;
  view->details = details;
}

/* Puts away what is shown, as it is. */
static void
leave_view (WdWindow *self)
{
  WdWindowView *view = self->workspace != NULL ? find_view (self, self->workspace) : NULL;

  if (view != NULL)
    {
      g_free (view->page);
      view->page = g_strdup (self->page);
      swap_details (self, view);
    }
  if (self->workspace != NULL)
    wd_workspace_set_running (self->workspace, FALSE);
  g_clear_object (&self->workspace);
}

/* Puts in front what was left, whatever lay over the page. */
static void
show_view (WdWindow *self, WdWindowView *view)
{
  GtkWidget *detail;

  swap_details (self, view);
  detail = wd_window_get_detail (self);
  if (detail == NULL)
    {
      wd_window_show_page (self, view->page);
      return;
    }
  g_free (self->page);
  self->page = g_strdup (view->page);
  wd_window_select_row (self, self->page);
  gtk_widget_grab_focus (detail);
  wd_window_update (self);
}

/* The pages of a connection that was edited are new; what they show is narrowed as it was. */
static void
take_filters (WdWindow *self)
{
  const char *const names[] = { "wallets", "jobs", "audit" };
  g_autoptr (GtkStack) edited = g_steal_pointer (&self->edited);

  for (guint i = 0; edited != NULL && i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (edited, names[i]);

      if (page != NULL)
        wd_list_page_take_filter (WD_LIST_PAGE (wd_window_ensure_page (self, names[i])),
                                  WD_LIST_PAGE (page));
    }
}

/**
 * wd_window_go_to:
 * @self: a window
 * @workspace: one that was shown in it
 *
 * Puts it in front. One that is shown in another window by now is put in front there.
 *
 * Returns: whether it is shown here
 */
gboolean
wd_window_go_to (WdWindow *self, WdWorkspace *workspace)
{
  const WdProfile *profile = wd_workspace_get_profile (workspace);

  if (workspace != self->workspace && find_view (self, workspace) != NULL)
    wd_connections_open (self->connections, profile->passing ? "" : profile->name, FALSE);
  return workspace == self->workspace;
}

/**
 * wd_window_set_workspace:
 * @self: a window
 * @workspace: what to show
 * @page: where to begin, when it was not shown before
 */
void
wd_window_set_workspace (WdWindow *self, WdWorkspace *workspace, const char *page)
{
  WdWindowView *view;
  g_autofree char *start = NULL;

  g_return_if_fail (WD_IS_WINDOW (self));

  if (workspace == self->workspace)
    return;
  start = g_strdup (self->page != NULL ? self->page : page);
  leave_view (self);
  view = find_view (self, workspace);
  if (view == NULL)
    view = add_view (self, workspace, start);
  g_clear_pointer (&self->problem, g_free);
  self->workspace = g_object_ref (workspace);
  self->stack = view->stack;
  wd_connection_header_set_profile (self->connection, wd_workspace_get_profile (workspace));
  wd_colour_set (GTK_WIDGET (self->header), wd_workspace_get_profile (workspace));
  gtk_widget_set_visible (GTK_WIDGET (self->connection), TRUE);
  /* Before it is on screen and reads. */
  take_filters (self);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->stack));
  wd_migrations_banner_set_workspace (self->migrations, workspace);
  show_view (self, view);
  wd_window_update_running (self);
}

static void
show_welcome (WdWindow *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  wd_welcome_page_show (self->welcome, self->connections);
  gtk_stack_set_visible_child (self->views, GTK_WIDGET (self->welcome));
  wd_window_update (self);
}

/**
 * wd_window_show_problem:
 * @self: a window
 * @error: (nullable): why no connection, or not another one, was opened
 *
 * Without a connection the welcome page says so; else it is told over the one that stays.
 */
void
wd_window_show_problem (WdWindow *self, const GError *error)
{
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  g_return_if_fail (WD_IS_WINDOW (self));

  g_clear_object (&self->edited);
  if (self->workspace == NULL || error == NULL)
    {
      show_welcome (self, error != NULL ? error->message : _("No connection is open"));
      return;
    }
  name = wd_format_visible (wd_connections_get_wanted (self->connections), 128);
  heading = g_strdup_printf (_("“%s” Cannot Be Opened"), name);
  dialog = wd_message_dialog_new (GTK_WINDOW (self), heading, error->message);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What the window says of its connection outside of the pages. */
void
wd_window_update_connection (WdWindow *self)
{
  const WdProfile *profile = self->workspace != NULL ? wd_workspace_get_profile (self->workspace)
                                                     : NULL;
  const char *wanted = self->connections != NULL ? wd_connections_get_wanted (self->connections)
                                                 : NULL;
  g_autoptr (GString) subtitle = g_string_new (NULL);

  if (profile != NULL)
    {
      g_autofree char *name = wd_format_visible (profile->name, 128);

      g_string_append (subtitle, name);
      if (profile->production)
        g_string_append_printf (subtitle, " · %s", _("Production"));
      if (profile->read_only)
        g_string_append_printf (subtitle, " · %s", _("Read-Only"));
    }
  adw_window_title_set_subtitle (self->title, subtitle->str);
  gtk_widget_set_visible (self->sidebar_box, profile != NULL);
  gtk_widget_set_visible (self->sidebar_edge, profile != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-connection",
                                 wanted != NULL && *wanted != '\0');
  wd_window_enable (self, "win.show-migrations", profile != NULL);
  wd_window_update_sample (self);
}

static void
dropped_cb (WdWindow *self, WdWorkspace *workspace)
{
  WdWindowView *view = find_view (self, workspace);

  if (view == NULL)
    return;
  wd_bulk_bar_remove (self->bulk, workspace);
  if (self->workspace == workspace)
    {
      leave_view (self);
      g_set_object (&self->edited, view->stack);
    }
  if (self->stack == view->stack)
    {
      self->stack = GTK_STACK (gtk_stack_new ());
      gtk_stack_set_hhomogeneous (self->stack, FALSE);
      gtk_stack_set_vhomogeneous (self->stack, FALSE);
      gtk_stack_add_child (self->views, GTK_WIDGET (self->stack));
    }
  gtk_stack_remove (self->views, GTK_WIDGET (view->stack));
  g_ptr_array_remove (self->kept, view);
}

/**
 * wd_window_set_connections:
 * @self: a window
 * @connections: what it may show; whoever owns both tells which, and when none can be
 */
void
wd_window_set_connections (WdWindow *self, WdConnections *connections)
{
  g_return_if_fail (WD_IS_WINDOW (self));
  g_return_if_fail (self->connections == NULL);

  self->connections = g_object_ref (connections);
  wd_connection_header_set_connections (self->connection, connections);
  g_signal_connect_object (connections, "dropped", G_CALLBACK (dropped_cb), self,
                           G_CONNECT_SWAPPED);
}
