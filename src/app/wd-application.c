/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the connection and the window, in this order: the first query is on its way while GTK
 * still looks for a display and loads its style. */

#include "app/wd-application.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/alerts/wd-alert-notifier.h"
#include "app/common/wd-table-layout.h"
#include "app/connections/wd-connections.h"
#include "app/help/wd-help.h"
#include "app/jobs/wd-job-columns.h"
#include "app/preferences/wd-preferences.h"
#include "app/wallets/wd-wallet-columns.h"
#include "app/wd-background.h"
#include "app/wd-screenshot.h"
#include "app/wd-shortcuts.h"
#include "app/wd-timing.h"
#include "app/wd-window.h"
#include "session/wd-profile-environment.h"

struct _WdApplication {
  AdwApplication parent_instance;

  const WdOptions *options;   /* not owned: main()'s */
  GSettings *settings;        /* (owned) (nullable): without an installed schema there are none */
  WdConnections *connections; /* (owned) */
  WdWindow *window;           /* (weak) */
  WdAlertNotifier *notifier;  /* (owned) */
  gboolean shown;             /* a connection was shown */
  gboolean imported;          /* the `.env` of the command line */
  gboolean watching;          /* goes on without a window, and is held for that */
  gboolean quitting;
  int exit_status;
};

G_DEFINE_FINAL_TYPE (WdApplication, wd_application, ADW_TYPE_APPLICATION)

static char *
get_first_page (WdApplication *self)
{
  if (self->options->page != NULL)
    return g_strdup (self->options->page);
  return self->settings != NULL ? g_settings_get_string (self->settings, "page")
                                : g_strdup ("overview");
}

/* What the first page shows is asked for now; the rest when the window is there. */
static void
ask_for_first_page (WdApplication *self, WdWorkspace *workspace)
{
  g_autofree char *page = get_first_page (self);

  if (g_strcmp0 (page, "jobs") == 0 && self->options->job == NULL)
    {
      g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
      gboolean ascending;
      WdSort sort = wd_table_layout_read_sort (wd_job_table_spec (), &ascending);

      wd_paged_list_set_query (wd_workspace_get_jobs (workspace), filter, sort, ascending);
    }
  else if (g_strcmp0 (page, "wallets") == 0 && self->options->wallet == NULL)
    {
      g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
      gboolean ascending;
      WdSort sort = wd_table_layout_read_sort (wd_wallet_table_spec (), &ascending);

      wd_paged_list_set_query (wd_workspace_get_wallets (workspace), filter, sort, ascending);
    }
  else
    wd_workspace_refresh (workspace);
}

/* The first one is awaited by whoever started the program; it may come before there is a window. */
static void
show_connection (WdApplication *self)
{
  WdWorkspace *workspace = wd_connections_get_workspace (self->connections);
  g_autofree char *page = get_first_page (self);
  gboolean is_first = !self->shown;

  if (self->window == NULL || wd_connections_is_opening (self->connections))
    return;
  if (workspace == NULL || wd_connections_get_error (self->connections) != NULL)
    {
      wd_window_show_problem (self->window, wd_connections_get_error (self->connections));
      return;
    }
  self->shown = TRUE;
  if (is_first)
    wd_timing_watch (GTK_WIDGET (self->window), wd_workspace_get_jobs (workspace));
  wd_window_set_workspace (self->window, workspace, page);
  if (is_first && self->options->job != NULL)
    wd_window_show_job (self->window, self->options->job);
  else if (is_first && self->options->wallet != NULL)
    wd_window_show_wallet (self->window, self->options->wallet);
}

static void
opened_cb (WdApplication *self, WdWorkspace *workspace)
{
  wd_alert_notifier_add (self->notifier, workspace);
  if (!self->shown)
    ask_for_first_page (self, workspace);
  show_connection (self);
}

/* The connection named on the command line, else the environment's, else the one used last. */
static void
open_connection (WdApplication *self)
{
  g_autofree char *name = g_strdup (self->options->profile);
  g_autoptr (WdProfile) profile = NULL;

  if (name == NULL)
    profile = wd_profile_from_environment (NULL);
  if (profile != NULL)
    {
      wd_connections_open_profile (self->connections, profile);
      return;
    }
  if (name == NULL && self->settings != NULL)
    name = g_settings_get_string (self->settings, "profile");
  if (name != NULL && *name != '\0')
    wd_connections_open (self->connections, name, FALSE);
}

static void
screenshot_done_cb (gboolean success, gpointer data)
{
  WdApplication *self = data;

  self->exit_status = success ? 0 : 1;
  g_application_quit (G_APPLICATION (self));
}

static void
import_env (WdApplication *self)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->options->import_env);
  g_autofree char *uri = g_file_get_uri (file);

  self->imported = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.import-env-file", "s", uri);
}

static void
end_watching (WdApplication *self)
{
  if (!self->watching)
    return;
  self->watching = FALSE;
  wd_alert_notifier_end_background (self->notifier);
  g_application_release (G_APPLICATION (self));
}

static void
wd_application_activate (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  if (self->window == NULL)
    {
      gboolean passing = self->options->width > 0 || self->options->screenshot != NULL;

      /* A size for this once is not to be remembered. */
      g_set_weak_pointer (&self->window,
                          wd_window_new (application, passing ? NULL : self->settings));
      if (self->options->width > 0)
        gtk_window_set_default_size (GTK_WINDOW (self->window), self->options->width,
                                     self->options->height);
      wd_window_set_connections (self->window, self->connections);
      show_connection (self);
      if (self->options->screenshot != NULL)
        wd_screenshot_take (self->window, self->options->screenshot, screenshot_done_cb, self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  end_watching (self);
  if (self->options->import_env != NULL && !self->imported)
    import_env (self);
}

/* A bulk run under way is asked about first. An export holds the application until it has cleaned
 * up; only then the loop may end. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;
  GList *windows;

  self->quitting = TRUE;
  if (self->window == NULL || !wd_window_is_busy (self->window))
    {
      g_application_quit (G_APPLICATION (self));
      return;
    }
  self->quitting = wd_window_may_leave (self->window);
  if (!self->quitting)
    return;
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (G_APPLICATION (data));
}

/* From a notification, perhaps while there is no window. */
static void
open_alert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;

  g_application_activate (G_APPLICATION (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (self->window), "win.show-alert", parameter);
}

static void
acknowledge_alert_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdApplication *self = data;

  wd_connections_acknowledge (self->connections, g_variant_get_string (parameter, NULL));
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
  wd_connections_set_preferences (self->connections, preferences);
}

static void
wd_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "show", .activate = show_cb },
    { .name = "open-alert", .activate = open_alert_cb, .parameter_type = "s" },
    { .name = "acknowledge-alert", .activate = acknowledge_alert_cb, .parameter_type = "s" },
  };
  WdApplication *self = WD_APPLICATION (application);

  G_APPLICATION_CLASS (wd_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (WD_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  wd_help_install (GTK_APPLICATION (application));
  wd_shortcuts_install (GTK_APPLICATION (application));
  wd_alert_notifier_start (self->notifier);
  preferences_cb (self);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (preferences_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  WdApplication *self = WD_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  gboolean allowed;

  /* Where nobody answers, nobody has said no. */
  if (!wd_background_ask_finish (result, &allowed, &error))
    g_message ("%s", error->message);
  else if (!allowed && self->watching)
    {
      end_watching (self);
      wd_alert_notifier_tell_refused (self->notifier);
    }
}

/* The program goes on where people want that, and can see that it does. */
static void
wd_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  WdApplication *self = WD_APPLICATION (application);
  WdWorkspace *workspace = wd_connections_get_workspace (self->connections);

  if (WD_IS_WINDOW (window) && !self->quitting && !self->watching && workspace != NULL
      && wd_preferences_get_keep_watching (wd_preferences_get ())
      && wd_alert_notifier_tell_background (self->notifier, workspace))
    {
      self->watching = TRUE;
      g_application_hold (G_APPLICATION (self));
      wd_background_ask_async (G_APPLICATION (self), allowed_cb, NULL);
    }
  GTK_APPLICATION_CLASS (wd_application_parent_class)->window_removed (application, window);
}

static void
wd_application_shutdown (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  self->quitting = TRUE;
  end_watching (self);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_run_dispose (G_OBJECT (self->connections));
  G_APPLICATION_CLASS (wd_application_parent_class)->shutdown (application);
}

static void
wd_application_dispose (GObject *object)
{
  WdApplication *self = WD_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->notifier);
  g_clear_object (&self->connections);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wd_application_parent_class)->dispose (object);
}

static void
wd_application_class_init (WdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_application_dispose;
  application_class->activate = wd_application_activate;
  GTK_APPLICATION_CLASS (klass)->window_removed = wd_application_window_removed;
  application_class->startup = wd_application_startup;
  application_class->shutdown = wd_application_shutdown;
}

static void
wd_application_init (WdApplication *self)
{
}

/* A start that asks for something of its own must not end up in another one's window. */
static GApplicationFlags
get_flags (const WdOptions *options)
{
  gboolean is_own = options->profile != NULL || options->page != NULL
                    || options->screenshot != NULL || options->import_env != NULL
                    || g_getenv ("DATABASE_URL") != NULL
                    || g_getenv ("WORKER_DASHBOARD_API_URL") != NULL;

  return is_own ? G_APPLICATION_NON_UNIQUE : G_APPLICATION_DEFAULT_FLAGS;
}

/**
 * wd_application_new:
 * @options: the command line; must outlive the application
 *
 * Returns: (transfer full): an application whose connection is being opened
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
  self->connections = wd_connections_new (self->settings);
  g_signal_connect_swapped (self->connections, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->connections, "failed", G_CALLBACK (show_connection), self);
  open_connection (self);
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
