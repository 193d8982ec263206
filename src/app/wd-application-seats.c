/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows of the program, each upon a connection of its own. */

#include "app/wd-application-private.h"

/**
 * wd_application_find_seat:
 * @self: the application
 * @window: (nullable): a window
 *
 * Returns: (transfer none) (nullable): the seat whose window it is
 */
WdSeat *
wd_application_find_seat (WdApplication *self, GtkWindow *window)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (window != NULL && GTK_WINDOW (wd_seat_get_window (self->seats->pdata[i])) == window)
      return self->seats->pdata[i];
  return NULL;
}

/**
 * wd_application_find_connection:
 * @self: the application
 * @name: of a saved connection
 * @except: (nullable): a seat to pass over
 *
 * Returns: (transfer none) (nullable): the seat with a window that shows it
 */
WdSeat *
wd_application_find_connection (WdApplication *self, const char *name, WdSeat *except)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      WdSeat *seat = self->seats->pdata[i];

      if (seat != except && wd_seat_get_window (seat) != NULL && *name != '\0'
          && g_strcmp0 (wd_connections_get_wanted (wd_seat_get_connections (seat)), name) == 0)
        return seat;
    }
  return NULL;
}

/* Two windows upon one connection would each keep watch, and tell of everything twice. */
static gboolean
wanted_cb (WdApplication *self, const char *name, WdSeat *seat)
{
  WdSeat *other = wd_application_find_connection (self, name, seat);

  if (other == NULL)
    return FALSE;
  wd_seat_present (other);
  return TRUE;
}

static void
opened_cb (WdApplication *self, WdWorkspace *workspace)
{
  wd_alert_notifier_add (self->notifier, workspace);
}

static WdSeat *
add_seat (WdApplication *self, const WdOptions *options)
{
  WdSeat *seat = wd_seat_new (GTK_APPLICATION (self), options, self->settings);

  g_signal_connect_object (seat, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (seat, "wanted", G_CALLBACK (wanted_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->seats, seat);
  return seat;
}

/**
 * wd_application_add_first_seat:
 * @self: the application
 *
 * Opens the connection that the program was started for.
 */
void
wd_application_add_first_seat (WdApplication *self)
{
  WdSeat *seat = add_seat (self, self->options);

  if (self->options->job != NULL)
    wd_seat_activate (seat, "win.show-job", g_variant_new_string (self->options->job));
  else if (self->options->wallet != NULL)
    wd_seat_activate (seat, "win.show-wallet", g_variant_new_string (self->options->wallet));
  wd_seat_open (seat, NULL);
}

/**
 * wd_application_add_other_seat:
 * @self: the application
 *
 * What the command line asks for is for the first window alone.
 *
 * Returns: (transfer none): a seat without a connection
 */
WdSeat *
wd_application_add_other_seat (WdApplication *self)
{
  static const WdOptions nothing = { NULL };

  return add_seat (self, &nothing);
}

/**
 * wd_application_get_seat:
 * @self: the application
 *
 * Returns: (transfer none): the one that is in front, or was
 */
WdSeat *
wd_application_get_seat (WdApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  WdSeat *seat = wd_application_find_seat (self, window);

  if (seat == NULL && window != NULL)
    seat = wd_application_find_seat (self, gtk_window_get_transient_for (window));
  if (seat == NULL && self->seats->len == 0)
    wd_application_add_first_seat (self);
  return seat != NULL ? seat : self->seats->pdata[0];
}

/**
 * wd_application_open_connection:
 * @self: the application
 * @name: of a saved connection
 *
 * Returns: (transfer none): the seat that shows it, or is to: one without a connection, else a new
 *   one
 */
WdSeat *
wd_application_open_connection (WdApplication *self, const char *name)
{
  WdSeat *seat = wd_application_find_connection (self, name, NULL);

  if (seat != NULL)
    return seat;
  for (guint i = 0; i < self->seats->len && seat == NULL; i++)
    if (wd_connections_get_wanted (wd_seat_get_connections (self->seats->pdata[i])) == NULL)
      seat = self->seats->pdata[i];
  if (seat == NULL)
    seat = wd_application_add_other_seat (self);
  wd_seat_open (seat, name);
  return seat;
}

/**
 * wd_application_find_seat_for:
 * @self: the application
 * @connection: (nullable): the name of a connection, of which the empty one is the environment's;
 *   %NULL for whichever is in front
 *
 * Returns: (transfer none) (nullable): the seat that shows it, or is to; %NULL for an environment
 *   that is not this one
 */
WdSeat *
wd_application_find_seat_for (WdApplication *self, const char *connection)
{
  WdSeat *seat = wd_application_get_seat (self);
  const char *wanted = wd_connections_get_wanted (wd_seat_get_connections (seat));

  if (connection == NULL || g_strcmp0 (wanted, connection) == 0)
    return seat;
  return *connection != '\0' ? wd_application_open_connection (self, connection) : NULL;
}
