/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/wd-options.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/wd-link.h"
#include "base/wd-error.h"

/**
 * wd_options_free:
 * @self: (transfer full): options
 */
void
wd_options_free (WdOptions *self)
{
  g_free (self->profile);
  g_free (self->page);
  g_free (self->job);
  g_free (self->wallet);
  g_free (self->screenshot);
  g_free (self->import_env);
  g_free (self);
}

static gboolean
read_page (WdOptions *self, const char *page, GError **error)
{
  static const char *const pages[] = { "overview", "wallets", "jobs", "queues", "charts", "alerts",
                                       "audit", NULL };

  if (page == NULL)
    return TRUE;
  if (g_str_has_prefix (page, "job:") && page[4] != '\0')
    {
      self->job = g_strdup (page + 4);
      self->page = g_strdup ("jobs");
      return TRUE;
    }
  if (g_str_has_prefix (page, "wallet:") && page[7] != '\0')
    {
      self->wallet = g_strdup (page + 7);
      self->page = g_strdup ("wallets");
      return TRUE;
    }
  if (g_strv_contains (pages, page))
    {
      self->page = g_strdup (page);
      return TRUE;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is not a page: use overview, wallets, jobs, queues, charts, alerts, audit, "
               "job:ID or wallet:ADDRESS"), page);
  return FALSE;
}

static gboolean
read_size (WdOptions *self, const char *size, GError **error)
{
  int length = 0;

  if (size == NULL)
    return TRUE;
  if (sscanf (size, "%5dx%5d%n", &self->width, &self->height, &length) == 2
      && size[length] == '\0' && self->width > 0 && self->height > 0)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is not a size: use WIDTHxHEIGHT, such as 1200x800"), size);
  return FALSE;
}

/* They stay on the command line, for the application to open. */
static gboolean
check_link (const char *text, GError **error)
{
  g_autoptr (WdLink) link = NULL;

  if (g_str_has_prefix (text, WD_LINK_SCHEME ":"))
    {
      link = wd_link_parse (text, error);
      return link != NULL;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("Unknown argument “%s”"), text);
  return FALSE;
}

/**
 * wd_options_parse:
 * @argc: (inout): of main()
 * @argv: (inout): of main()
 * @error: what is wrong with them
 *
 * Needs no display: the first query is on its way before GTK looks for one.
 *
 * Returns: (transfer full): what they ask for
 */
WdOptions *
wd_options_parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (WdOptions) self = g_new0 (WdOptions, 1);
  g_autoptr (GOptionContext) context =
    g_option_context_new (_("[LINK…]"));
  g_autofree char *page = NULL;
  g_autofree char *size = NULL;
  const GOptionEntry entries[] = {
    { "profile", 'p', 0, G_OPTION_ARG_STRING, &self->profile,
      N_("Connection profile to open"), N_("NAME") },
    { "page", 0, 0, G_OPTION_ARG_STRING, &page,
      N_("Page to open: overview, wallets, jobs, queues, charts, alerts, audit, job:ID or "
         "wallet:ADDRESS"),
      N_("PAGE") },
    { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, &self->screenshot,
      N_("Write a picture of the window as PNG once it shows data, and exit"), N_("FILE") },
    { "import-env", 0, 0, G_OPTION_ARG_FILENAME, &self->import_env,
      N_("Begin a new connection with what a .env file of the web project names"), N_("FILE") },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &self->dark, N_("Dark style"), NULL },
    { "light", 0, 0, G_OPTION_ARG_NONE, &self->light, N_("Light style"), NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, N_("Size of the window"), N_("WIDTHxHEIGHT") },
    { "new-window", 0, 0, G_OPTION_ARG_NONE, &self->new_window, N_("New Window"),
      NULL },
    { "failed-jobs", 0, 0, G_OPTION_ARG_NONE, &self->failed_jobs, N_("Failed Jobs"),
      NULL },
    { "trigger-job", 0, 0, G_OPTION_ARG_NONE, &self->trigger_job, N_("Trigger Job…"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Show the version and exit"), NULL },
    { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->service, NULL,
      NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context,
                                _("Watches the background workers of a crypto wallet platform.\n"
                                  "DATABASE_URL and REDIS_URL name the servers where no profile "
                                  "does, or\nWORKER_DASHBOARD_API_URL a remote dashboard."));
  if (!g_option_context_parse (context, argc, argv, error)
      || !read_page (self, page, error)
      || !read_size (self, size, error))
    return NULL;
  for (int i = 1; i < *argc; i++)
    if (!check_link ((*argv)[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * wd_options_get_action:
 * @self: options
 *
 * Returns: (transfer none) (nullable): the action of the application that they ask for
 */
const char *
wd_options_get_action (const WdOptions *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->new_window)
    return "new-window";
  if (self->failed_jobs)
    return "failed-jobs";
  return self->trigger_job ? "trigger-job" : NULL;
}
