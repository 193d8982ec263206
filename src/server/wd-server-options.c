/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-options.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-flag-rule.h"

#define LISTEN_DEFAULT          "127.0.0.1:8080"
#define MAX_CONNECTIONS_DEFAULT 256
#define RATE_DEFAULT            100
#define LANES_DEFAULT           2

#define COOL_DOWN_MOST (7 * 24 * 3600)

static gboolean
check_range (int value, int least, int greatest, const char *name, GError **error)
{
  if (value >= least && value <= greatest)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("--%s takes a number from %d to %d"),
               name, least, greatest);
  return FALSE;
}

static gboolean
check (WdServerOptions *self, GError **error)
{
  if ((self->tls_cert == NULL) != (self->tls_key == NULL))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("--tls-cert and --tls-key belong together"));
      return FALSE;
    }
  if (self->flags_dry_run && !self->dispatch_flags)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("--flags-dry-run is for --dispatch-flags"));
      return FALSE;
    }
  return wd_server_options_check_writes (self, self->read_only, error)
         && check_range (self->max_connections, 1, 100000, "max-connections", error)
         && check_range (self->rate, 0, 1000000, "rate-limit", error)
         && check_range (self->lanes, 1, 16, "lanes", error)
         && check_range (self->flags_cool_down, 1, COOL_DOWN_MOST, "flags-cool-down", error)
         && check_range (self->flags_per_day, 1, 100, "flags-per-day", error)
         && check_range (self->flags_per_minute, 1, 10000, "flags-per-minute", error);
}

/**
 * wd_server_options_check_writes:
 * @self: options
 * @read_only: whether nothing is to be written
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether the two go together
 */
gboolean
wd_server_options_check_writes (const WdServerOptions *self, gboolean read_only, GError **error)
{
  if (read_only && self->record)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("--record writes job_logs, which --read-only, or a connection that is "
                             "read-only, forbids"));
      return FALSE;
    }
  if (!read_only || !self->dispatch_flags || self->flags_dry_run)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("--dispatch-flags makes jobs, which --read-only, or a connection that is "
                         "read-only, forbids; with --flags-dry-run it makes none"));
  return FALSE;
}

/* `--record`, or `--record=QUEUE` for each queue. */
static gboolean
record_cb (const char *name, const char *value, gpointer data, GError **error)
{
  WdServerOptions *self = data;
  g_autoptr (GStrvBuilder) queues = g_strv_builder_new ();

  self->record = TRUE;
  if (value == NULL)
    return TRUE;
  if (self->record_queues != NULL)
    g_strv_builder_addv (queues, (const char **) self->record_queues);
  g_strv_builder_add (queues, value);
  g_strfreev (self->record_queues);
  self->record_queues = g_strv_builder_end (queues);
  return TRUE;
}

/**
 * wd_server_options_parse:
 * @argc: of main()
 * @argv: likewise
 * @error: %WD_ERROR_INVALID_ARGUMENT, or one of #GOptionError
 *
 * Returns: (transfer full): the command line
 */
WdServerOptions *
wd_server_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (WdServerOptions) self = g_new0 (WdServerOptions, 1);
  g_auto (GStrv) arguments = g_strdupv (argv);
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &self->profile,
      N_("A saved connection, instead of DATABASE_URL and REDIS_URL"), N_("NAME") },
    { "production", 0, 0, G_OPTION_ARG_NONE, &self->production,
      N_("Has bulk work on more than ten confirmed by its number"), NULL },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &self->read_only, N_("Refuses every write"), NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->listen,
      N_("Where to listen: HOST:PORT or unix:PATH; may be repeated (127.0.0.1:8080)"),
      N_("ADDRESS") },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_cert,
      N_("PEM file of the certificate and those that vouch for it"), N_("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_key, N_("PEM file of its key"),
      N_("FILE") },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &self->behind_proxy,
      N_("A proxy in front speaks TLS and says in X-Forwarded-For whom for"), NULL },
    { "cors-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->cors_origins,
      N_("Lets pages of this origin ask; may be repeated"), N_("ORIGIN") },
    { "max-connections", 0, 0, G_OPTION_ARG_INT, &self->max_connections,
      N_("Connections at a time (256)"), N_("N") },
    { "rate-limit", 0, 0, G_OPTION_ARG_INT, &self->rate,
      N_("Requests a second of one token, 0 for any number (100)"), N_("N") },
    { "lanes", 0, 0, G_OPTION_ARG_INT, &self->lanes,
      N_("Requests of one kind worked on at a time; each takes connections (2)"), N_("N") },
    { "dispatch-flags", 0, 0, G_OPTION_ARG_NONE, &self->dispatch_flags,
      N_("Makes jobs for wallets that need gas or consolidation, as their flags say"), NULL },
    { "flags-dry-run", 0, 0, G_OPTION_ARG_NONE, &self->flags_dry_run,
      N_("Says in the log which jobs --dispatch-flags would make, and makes none"), NULL },
    { "flags-cool-down", 0, 0, G_OPTION_ARG_INT, &self->flags_cool_down,
      N_("How long a flag that its job did not clear is left alone (3600)"), N_("SECONDS") },
    { "flags-per-day", 0, 0, G_OPTION_ARG_INT, &self->flags_per_day,
      N_("Jobs for one flag of one wallet a day, at most (3)"), N_("N") },
    { "flags-per-minute", 0, 0, G_OPTION_ARG_INT, &self->flags_per_minute,
      N_("Jobs of each type for flags a minute, at most (60)"), N_("N") },
    { "record", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, record_cb,
      N_("Write job_logs for workers that do not: of all queues, or of QUEUE; may be repeated"),
      N_("QUEUE") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &self->role,
      N_("Of a token to make: viewer, operator or admin"), N_("ROLE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new (_("[token create NAME | token list | token revoke NAME]"));
  /* The context takes it. */
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, self, NULL);

  self->max_connections = MAX_CONNECTIONS_DEFAULT;
  self->rate = RATE_DEFAULT;
  self->lanes = LANES_DEFAULT;
  self->flags_cool_down = WD_FLAG_COOL_DOWN_DEFAULT;
  self->flags_per_day = WD_FLAG_PER_DAY_DEFAULT;
  self->flags_per_minute = WD_FLAG_PER_MINUTE_DEFAULT;
  g_option_context_set_summary (context,
                                _("Answers the REST API of Worker Dashboard over HTTP."));
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  if (!g_option_context_parse_strv (context, &arguments, error) || !check (self, error))
    return NULL;
  if (g_strv_length (arguments) > 1)
    self->words = g_strdupv (arguments + 1);
  if (self->listen == NULL)
    self->listen = g_strdupv ((char *[]) { (char *) LISTEN_DEFAULT, NULL });
  return g_steal_pointer (&self);
}

/**
 * wd_server_options_free:
 * @self: (transfer full): options
 */
void
wd_server_options_free (WdServerOptions *self)
{
  g_free (self->profile);
  g_strfreev (self->listen);
  g_free (self->tls_cert);
  g_free (self->tls_key);
  g_strfreev (self->cors_origins);
  g_strfreev (self->record_queues);
  g_free (self->role);
  g_strfreev (self->words);
  g_free (self);
}
