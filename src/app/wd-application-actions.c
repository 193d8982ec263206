/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the desktop may ask of the program: links, the entries of its menu, notifications. */

#include "app/wd-application-private.h"
#include "app/wd-link.h"

/* Links of which another connection is said open that one; of one that is not here they open
 * nothing. */
static void
open_link (WdApplication *self, const WdLink *link)
{
  WdSeat *seat = wd_application_find_seat_for (self, link->connection);

  wd_application_present (self, seat != NULL ? seat : wd_application_get_seat (self));
  if (seat != NULL)
    wd_seat_activate (seat, link->action, g_variant_new_string (link->subject));
}

/**
 * wd_application_open_links:
 * @application: the application
 * @files: (array length=n_files): the links, as files
 * @n_files: how many
 * @hint: not used
 */
void
wd_application_open_links (GApplication *application, GFile **files, int n_files,
                           const char *hint)
{
  WdApplication *self = WD_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (WdLink) link = wd_link_parse (uri, &error);

      if (link != NULL)
        {
          open_link (self, link);
          continue;
        }
      wd_application_present (self, wd_application_get_seat (self));
      wd_window_toast (wd_seat_get_window (wd_application_get_seat (self)), error->message);
    }
}

/* What is under way is asked about first. Whatever holds the application then, an order of a window
 * that is gone or an export that cleans up, comes to its end before the loop does. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;
  GList *windows;

  for (guint i = 0; i < self->seats->len; i++)
    {
      WdWindow *window = wd_seat_get_window (self->seats->pdata[i]);

      if (window != NULL && wd_window_is_busy (window) && !wd_window_may_leave (window))
        return;
    }
  self->quitting = TRUE;
  wd_application_stay (self, 0);
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
  wd_application_end_watching (self);
}

/* The first one is for the connection used last. */
static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gboolean is_first = gtk_application_get_windows (GTK_APPLICATION (data)) == NULL;

  wd_application_present (data, is_first ? wd_application_get_seat (data)
                                         : wd_application_add_other_seat (data));
}

static void
open_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wd_application_present (
    data, wd_application_open_connection (data, g_variant_get_string (parameter, NULL)));
}

static void
failed_jobs_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdSeat *seat = wd_application_get_seat (data);

  wd_application_present (data, seat);
  wd_seat_activate (seat, "win.show-jobs", g_variant_new ("(ss)", "", "failed"));
}

static void
trigger_job_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdSeat *seat = wd_application_get_seat (data);

  wd_application_present (data, seat);
  wd_seat_activate (seat, "win.trigger-job", NULL);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (G_APPLICATION (data));
}

static WdOpened *
opened_of (WdSeat *seat)
{
  return wd_connections_get_opened (wd_seat_get_connections (seat));
}

/* From a notification, perhaps while there is no window. */
static void
open_alert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;
  WdSeat *seat = wd_application_get_seat (self);

  for (guint i = 0; i < self->seats->len; i++)
    if (wd_opened_has_alert (opened_of (self->seats->pdata[i]),
                             g_variant_get_string (parameter, NULL)))
      seat = self->seats->pdata[i];
  wd_application_present (self, seat);
  gtk_widget_activate_action_variant (GTK_WIDGET (wd_seat_get_window (seat)), "win.show-alert",
                                      parameter);
}

static void
acknowledge_alert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;

  for (guint i = 0; i < self->seats->len; i++)
    wd_opened_acknowledge (opened_of (self->seats->pdata[i]),
                           g_variant_get_string (parameter, NULL));
}

/**
 * wd_application_add_actions:
 * @self: the application
 */
void
wd_application_add_actions (WdApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "show", .activate = show_cb },
    { .name = "new-window", .activate = new_window_cb },
    { .name = "open-window", .activate = open_window_cb, .parameter_type = "s" },
    { .name = "failed-jobs", .activate = failed_jobs_cb },
    { .name = "trigger-job", .activate = trigger_job_cb },
    { .name = "open-alert", .activate = open_alert_cb, .parameter_type = "s" },
    { .name = "acknowledge-alert", .activate = acknowledge_alert_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
