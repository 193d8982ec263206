/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program from its start to its end: with windows, and watching on without one. */

#include "app/wd-application-private.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-menu-names.h"
#include "app/common/wd-text-scale.h"
#include "app/help/wd-help.h"
#include "app/preferences/wd-preferences.h"
#include "app/wd-accent.h"
#include "app/wd-background.h"
#include "app/wd-screenshot.h"
#include "app/wd-search-provider.h"
#include "app/wd-shortcuts.h"
#include "base/wd-format.h"

G_DEFINE_FINAL_TYPE (WdApplication, wd_application, ADW_TYPE_APPLICATION)

static void
screenshot_done_cb (gboolean success, gpointer data)
{
  WdApplication *self = data;

  self->exit_status = success ? 0 : 1;
  g_application_quit (G_APPLICATION (self));
}

static void
import_env (WdApplication *self, WdWindow *window)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->options->import_env);
  g_autofree char *uri = g_file_get_uri (file);

  self->imported = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import-env-file", "s", uri);
}

/**
 * wd_application_end_watching:
 * @self: the application
 *
 * It no longer goes on without a window.
 */
void
wd_application_end_watching (WdApplication *self)
{
  if (!self->watching)
    return;
  self->watching = FALSE;
  wd_alert_notifier_end_background (self->notifier);
  g_application_release (G_APPLICATION (self));
}

/**
 * wd_application_stay:
 * @self: the application
 * @ms: how long it is to stay, when nothing holds it, for what may be asked next
 *
 * Once it has had a window it ends with the last one, at once.
 */
void
wd_application_stay (WdApplication *self, guint ms)
{
  GApplication *application = G_APPLICATION (self);
  gboolean may_stay = !self->had_window && !self->quitting;

  g_application_set_inactivity_timeout (application, may_stay ? ms : 0);
  /* What was said before counts from when it was held last. */
  g_application_hold (application);
  g_application_release (application);
}

/**
 * wd_application_present:
 * @self: the application
 * @seat: one of its seats
 *
 * Shows its window, in front.
 */
void
wd_application_present (WdApplication *self, WdSeat *seat)
{
  gboolean is_new = wd_seat_get_window (seat) == NULL;
  WdWindow *window = wd_seat_present (seat);

  self->had_window = TRUE;
  wd_application_stay (self, 0);
  wd_application_end_watching (self);
  if (is_new && self->options->screenshot != NULL)
    wd_screenshot_take (window, self->options->screenshot, screenshot_done_cb, self);
  if (self->options->import_env != NULL && !self->imported)
    import_env (self, window);
}

static void
wd_application_activate (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  wd_application_present (self, wd_application_get_seat (self));
}

/* What the command line asks for goes before what is preferred. */
static void
preferences_cb (WdApplication *self)
{
  static const AdwColorScheme schemes[] = {
    [WD_COLORS_SYSTEM] = ADW_COLOR_SCHEME_DEFAULT,
    [WD_COLORS_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
    [WD_COLORS_DARK] = ADW_COLOR_SCHEME_FORCE_DARK,
  };
  WdPreferences *preferences = wd_preferences_get ();
  AdwColorScheme scheme = schemes[wd_preferences_get_colors (preferences)];

  if (self->options->dark || self->options->light)
    scheme = self->options->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  for (guint i = 0; i < self->seats->len; i++)
    wd_connections_set_preferences (wd_seat_get_connections (self->seats->pdata[i]), preferences);
}

/* A desktop may name no theme of icons, or one that a Flatpak does not have. Newer versions of GTK
 * then show no more than what is built into them, of which this icon is none. */
static void
find_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  if (!gtk_icon_theme_has_icon (theme, "user-bookmarks-symbolic"))
    g_object_set (gtk_settings_get_default (), "gtk-icon-theme-name", "Adwaita", NULL);
}

static void
wd_application_startup (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  G_APPLICATION_CLASS (wd_application_parent_class)->startup (application);

  find_icons ();
  /* Passing through a text that can be copied is no wish to copy it. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  wd_accent_install (gdk_display_get_default ());
  gtk_window_set_default_icon_name (WD_APPLICATION_ID);
  wd_text_scale_adapt_dialogs (WD_TYPE_WINDOW);
  wd_menu_names_install ();
  wd_application_add_actions (self);
  wd_help_install (GTK_APPLICATION (application));
  wd_shortcuts_install (GTK_APPLICATION (application));
  wd_alert_notifier_start (self->notifier);
  preferences_cb (self);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (preferences_cb), self,
                           G_CONNECT_SWAPPED);
}

/* What is told is what the desktop has said: a notification that was sent a moment before cannot be
 * taken back everywhere. */
static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdApplication *self = WD_APPLICATION (source);
  g_autofree char *name = data;
  g_autoptr (GError) error = NULL;
  gboolean allowed;

  /* Where nobody answers, nobody has said no. */
  if (!wd_background_ask_finish (result, &allowed, &error))
    {
      g_message ("%s", error->message);
      allowed = TRUE;
    }
  if (!self->watching)
    return;
  if (allowed)
    {
      wd_alert_notifier_tell_background (self->notifier, name);
      return;
    }
  wd_application_end_watching (self);
  wd_alert_notifier_tell_refused (self->notifier);
}

static void
go_on_without_window (WdApplication *self, WdWorkspace *workspace)
{
  g_autofree char *name = wd_format_visible (wd_workspace_get_profile (workspace)->name, 64);
  /* TRANSLATORS: %s is a connection; for the desktop's list of what goes on without a window, so
   * fewer than 30 letters beside it */
  g_autofree char *message = g_strdup_printf (_("Watching “%s”"), name);

  self->watching = TRUE;
  g_application_hold (G_APPLICATION (self));
  wd_background_tell (G_APPLICATION (self), message);
  /* An answer may never come: it keeps the name alone, not the connection. */
  wd_background_ask_async (G_APPLICATION (self), allowed_cb, g_steal_pointer (&name));
}

static gboolean
has_other_window (WdApplication *self, GtkWindow *window)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      WdWindow *other = wd_seat_get_window (self->seats->pdata[i]);

      if (other != NULL && GTK_WINDOW (other) != window)
        return TRUE;
    }
  return FALSE;
}

/* With the last window the program goes on where people want that, and can see that it does. */
static void
wd_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  WdApplication *self = WD_APPLICATION (application);
  WdSeat *seat = wd_application_find_seat (self, window);
  WdWorkspace *workspace =
    seat != NULL ? wd_connections_get_workspace (wd_seat_get_connections (seat)) : NULL;

  if (seat != NULL && !self->quitting && has_other_window (self, window))
    g_ptr_array_remove (self->seats, seat);
  else if (workspace != NULL && !self->quitting && !self->watching
           && wd_preferences_get_keep_watching (wd_preferences_get ())
           && wd_alert_notifier_may_watch (self->notifier, workspace))
    go_on_without_window (self, workspace);
  GTK_APPLICATION_CLASS (wd_application_parent_class)->window_removed (application, window);
}

static void
wd_application_shutdown (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  self->quitting = TRUE;
  wd_application_end_watching (self);
  for (guint i = 0; i < self->seats->len; i++)
    if (wd_seat_get_window (self->seats->pdata[i]) != NULL)
      gtk_window_destroy (GTK_WINDOW (wd_seat_get_window (self->seats->pdata[i])));
  g_ptr_array_set_size (self->seats, 0);
  G_APPLICATION_CLASS (wd_application_parent_class)->shutdown (application);
}

/* For launchers that know a command for an action, and no bus. */
static gboolean
wd_application_local_command_line (GApplication *application, char ***arguments, int *status)
{
  const char *action = wd_options_get_action (WD_APPLICATION (application)->options);
  g_autoptr (GError) error = NULL;

  if (action == NULL)
    return G_APPLICATION_CLASS (wd_application_parent_class)
      ->local_command_line (application, arguments, status);
  *status = 0;
  if (g_application_register (application, NULL, &error))
    g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  else
    {
      g_printerr ("worker-dashboard: %s\n", error->message);
      *status = 1;
    }
  return TRUE;
}

static gboolean
wd_application_dbus_register (GApplication *application, GDBusConnection *bus, const char *path,
                              GError **error)
{
  WdApplication *self = WD_APPLICATION (application);
  g_autofree char *at = g_strconcat (path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (wd_application_parent_class)
           ->dbus_register (application, bus, path, error)
         && wd_search_provider_export (WD_SEARCH_PROVIDER (self->search), bus, at, error);
}

static void
wd_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  WdApplication *self = WD_APPLICATION (application);

  if (self->search != NULL)
    wd_search_provider_unexport (WD_SEARCH_PROVIDER (self->search), bus);
  G_APPLICATION_CLASS (wd_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
wd_application_dispose (GObject *object)
{
  WdApplication *self = WD_APPLICATION (object);

  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_object (&self->search);
  g_clear_object (&self->notifier);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wd_application_parent_class)->dispose (object);
}

static void
wd_application_class_init (WdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_application_dispose;
  application_class->activate = wd_application_activate;
  application_class->dbus_register = wd_application_dbus_register;
  application_class->dbus_unregister = wd_application_dbus_unregister;
  application_class->local_command_line = wd_application_local_command_line;
  application_class->open = wd_application_open_links;
  GTK_APPLICATION_CLASS (klass)->window_removed = wd_application_window_removed;
  application_class->startup = wd_application_startup;
  application_class->shutdown = wd_application_shutdown;
}

static void
wd_application_init (WdApplication *self)
{
  self->seats = g_ptr_array_new_with_free_func (g_object_unref);
}

/* A start that asks for something of its own must not end up in another one's window. */
static GApplicationFlags
get_flags (const WdOptions *options)
{
  gboolean is_own = options->profile != NULL || options->page != NULL
                    || options->screenshot != NULL || options->import_env != NULL
                    || g_getenv ("DATABASE_URL") != NULL
                    || g_getenv ("WORKER_DASHBOARD_API_URL") != NULL;

  return G_APPLICATION_HANDLES_OPEN
         | (options->service ? G_APPLICATION_IS_SERVICE
                             : is_own ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS);
}

/**
 * wd_application_new:
 * @options: the command line; must outlive the application
 *
 * Returns: (transfer full): an application whose connection is being opened, unless the desktop
 *   started it for what is still to be said
 */
WdApplication *
wd_application_new (const WdOptions *options)
{
  WdApplication *self = g_object_new (WD_TYPE_APPLICATION,
                                      "application-id", WD_APPLICATION_ID,
                                      "resource-base-path", "/org/workerdashboard/WorkerDashboard",
                                      "flags", get_flags (options),
                                      NULL);

  self->options = options;
  if (wd_preferences_get_settings (wd_preferences_get ()) != NULL)
    self->settings = g_object_ref (wd_preferences_get_settings (wd_preferences_get ()));
  self->notifier = wd_alert_notifier_new (G_APPLICATION (self));
  self->search = G_OBJECT (wd_search_provider_new (self));
  if (!options->service)
    wd_application_add_first_seat (self);
  return self;
}

/**
 * wd_application_get_exit_status:
 * @self: an application that has run
 *
 * Returns: what main() returns when running went well
 */
int
wd_application_get_exit_status (WdApplication *self)
{
  g_return_val_if_fail (WD_IS_APPLICATION (self), 1);

  return self->exit_status;
}
