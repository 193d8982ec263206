/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the connection and the window, in this order: the first query is on its way while GTK
 * still looks for a display and loads its style. */

#include "app/wd-application.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/wd-opening.h"
#include "app/wd-screenshot.h"
#include "app/wd-timing.h"
#include "app/wd-window.h"
#include "base/wd-error.h"
#include "direct/wd-direct-backend.h"
#include "session/wd-profile-environment.h"
#include "session/wd-workspace.h"

struct _WdApplication {
  AdwApplication parent_instance;

  const WdOptions *options;   /* not owned: main()'s */
  GSettings *settings;        /* (owned) (nullable): without an installed schema there are none */
  WdWorkspace *workspace;     /* (owned) (nullable) */
  GError *error;              /* (owned) (nullable): why there is no workspace */
  GCancellable *opening;      /* (owned) (nullable) */
  WdWindow *window;           /* (weak) */
  int exit_status;
};

G_DEFINE_FINAL_TYPE (WdApplication, wd_application, ADW_TYPE_APPLICATION)

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WD_APPLICATION_ID, TRUE);
  return schema != NULL ? g_settings_new (WD_APPLICATION_ID) : NULL;
}

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
open_workspace (WdApplication *self, WdProfile *profile)
{
  g_autoptr (WdBackend) backend = wd_direct_backend_new (profile);
  g_autofree char *page = get_first_page (self);

  self->workspace = wd_workspace_new (profile, backend);
  if (self->settings != NULL)
    wd_workspace_set_interval (self->workspace,
                               g_settings_get_uint (self->settings, "refresh-interval"));
  if (g_strcmp0 (page, "jobs") == 0 && self->options->job == NULL)
    {
      g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

      wd_paged_list_set_query (wd_workspace_get_jobs (self->workspace), filter, WD_SORT_CREATED,
                               FALSE);
    }
  else if (g_strcmp0 (page, "wallets") == 0)
    {
      g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();

      wd_paged_list_set_query (wd_workspace_get_wallets (self->workspace), filter,
                               WD_SORT_CREATED, FALSE);
    }
  else
    wd_workspace_refresh (self->workspace);
}

static void
show_workspace (WdApplication *self)
{
  g_autofree char *page = NULL;

  if (self->window == NULL)
    return;
  if (self->workspace == NULL)
    {
      wd_window_show_problem (self->window, self->error);
      return;
    }
  page = get_first_page (self);
  wd_timing_watch (GTK_WIDGET (self->window), wd_workspace_get_jobs (self->workspace));
  wd_window_set_workspace (self->window, self->workspace, page);
  if (self->options->job != NULL)
    wd_window_show_job (self->window, self->options->job);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_opening_find_finish (result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->opening);
  if (profile != NULL)
    open_workspace (self, profile);
  else
    self->error = g_steal_pointer (&error);
  show_workspace (self);
}

/* The profile named on the command line, else the environment, else the one used last. */
static void
open_connection (WdApplication *self)
{
  g_autofree char *name = g_strdup (self->options->profile);
  g_autoptr (WdProfile) profile = NULL;

  if (name == NULL)
    profile = wd_profile_from_environment (&self->error);
  if (profile != NULL)
    {
      open_workspace (self, profile);
      return;
    }
  if (name == NULL && self->settings != NULL)
    name = g_settings_get_string (self->settings, "profile");
  if (name == NULL || *name == '\0')
    return;
  g_clear_error (&self->error);
  self->opening = g_cancellable_new ();
  wd_opening_find_async (name, self->opening, opened_cb, g_object_ref (self));
}

static void
screenshot_done_cb (gboolean success, gpointer data)
{
  WdApplication *self = data;

  self->exit_status = success ? 0 : 1;
  g_application_quit (G_APPLICATION (self));
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
      if (self->opening == NULL)
        show_workspace (self);
      if (self->options->screenshot != NULL)
        wd_screenshot_take (self->window, self->options->screenshot, screenshot_done_cb, self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static void
add_accels (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.refresh", { "F5", "<Control>r" } },
    { "win.search", { "<Control>f" } },
    { "win.page::overview", { "<Control>1" } },
    { "win.page::wallets", { "<Control>2" } },
    { "win.page::jobs", { "<Control>3" } },
    { "win.trigger-job", { "<Control>n" } },
    { "win.back", { "<Alt>Left" } },
    { "win.menu", { "F10" } },
    { "win.shortcuts", { "<Control>question" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action,
                                           (const char *const *) accels[i].accels);
}

static void
wd_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { .name = "quit", .activate = quit_cb } };
  WdApplication *self = WD_APPLICATION (application);

  G_APPLICATION_CLASS (wd_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (WD_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  add_accels (GTK_APPLICATION (application));
  if (self->options->dark || self->options->light)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        self->options->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                            : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
wd_application_shutdown (GApplication *application)
{
  WdApplication *self = WD_APPLICATION (application);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->workspace != NULL)
    wd_workspace_set_running (self->workspace, FALSE);
  G_APPLICATION_CLASS (wd_application_parent_class)->shutdown (application);
}

static void
wd_application_dispose (GObject *object)
{
  WdApplication *self = WD_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->opening);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wd_application_parent_class)->dispose (object);
}

static void
wd_application_class_init (WdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_application_dispose;
  application_class->activate = wd_application_activate;
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
                    || options->screenshot != NULL || g_getenv ("DATABASE_URL") != NULL;

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
  self->settings = open_settings ();
  open_connection (self);
  return self;
}

/* Returns: what main() returns when running went well */
int
wd_application_get_exit_status (WdApplication *self)
{
  g_return_val_if_fail (WD_IS_APPLICATION (self), 1);

  return self->exit_status;
}
