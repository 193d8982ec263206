/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* worker-dashboard-server: the service, and the tokens by which it is asked. The command line is
 * for people; once it serves it speaks the words of its API, whatever the machine's language. */

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/wd-core-dump.h"
#include "base/wd-error.h"
#include "base/wd-language.h"
#include "config.h"
#include "direct/wd-direct-tls.h"
#include "server/wd-server-log.h"
#include "server/wd-server-options.h"
#include "server/wd-server.h"
#include "server/wd-token-command.h"
#include "session/wd-profile-environment.h"
#include "session/wd-profile-open.h"

/* Each client is a descriptor. */
static void
raise_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

/* Once: there are private networks, so it serves all the same. */
static void
warn_of_way (WdCheck *check)
{
  if (check != NULL && check->status == WD_CHECK_WARNING)
    wd_server_log_text ("warning", "%s", check->message);
  g_clear_pointer (&check, wd_check_free);
}

static gboolean
terminate_cb (gpointer data)
{
  wd_server_stop (WD_SERVER (data));
  return G_SOURCE_REMOVE;
}

static gboolean
reload_cb (gpointer data)
{
  wd_server_reload (WD_SERVER (data));
  return G_SOURCE_CONTINUE;
}

static gboolean
serve (WdProfile *profile, const WdServerOptions *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WdServer) server = NULL;
  gboolean started;

  setlocale (LC_ALL, "C");
  wd_server_log_begin ();
  raise_limit ();
  server = wd_server_new (profile, options);
  started = wd_server_start (server, error);
  if (started)
    {
      warn_of_way (wd_direct_check_tls_to_postgres (profile));
      warn_of_way (wd_direct_check_tls_to_redis (profile));
      g_signal_connect_swapped (server, "stopped", G_CALLBACK (g_main_loop_quit), loop);
      g_unix_signal_add (SIGTERM, terminate_cb, server);
      g_unix_signal_add (SIGINT, terminate_cb, server);
      g_unix_signal_add (SIGHUP, reload_cb, server);
      g_main_loop_run (loop);
      wd_server_log_text ("info", "Stopped");
    }
  wd_server_close (server);
  return started;
}

static WdProfile *
open_profile (const WdServerOptions *options, GError **error)
{
  g_autoptr (GError) keyring_error = NULL;
  WdProfile *profile = options->profile == NULL
                         ? wd_profile_from_environment (error)
                         : wd_profile_open (options->profile, NULL, &keyring_error, error);

  if (profile != NULL && profile->database_url == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("The connection “%s” has no database-url"), profile->name);
      g_clear_pointer (&profile, wd_profile_unref);
    }
  if (profile != NULL)
    {
      profile->production |= options->production;
      profile->read_only |= options->read_only;
    }
  if (keyring_error != NULL)
    fprintf (stderr, "worker-dashboard-server: %s\n", keyring_error->message);
  return profile;
}

static gboolean
run (const WdServerOptions *options, GError **error)
{
  g_autoptr (WdProfile) profile = NULL;

  profile = open_profile (options, error);
  if (profile == NULL)
    return FALSE;
  if (options->words != NULL)
    return wd_token_command (profile, options, error);
  return wd_server_options_check_writes (options, profile->read_only, error)
         && serve (profile, options, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (WdServerOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  wd_core_dump_forbid ();
  g_set_prgname ("worker-dashboard-server");
  /* A service has no desktop: GIO would look for its settings, in a home that it may not have. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", FALSE);
  wd_language_set_up ();
  signal (SIGPIPE, SIG_IGN);
  g_log_writer_default_set_use_stderr (TRUE);
  options = wd_server_options_parse (argc, argv, &error);
  if (options != NULL && options->version)
    {
      g_print ("worker-dashboard-server " WD_VERSION "\n");
      return 0;
    }
  if (options != NULL && run (options, &error))
    return 0;
  fprintf (stderr, "worker-dashboard-server: %s\n", error->message);
  return g_error_matches (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT)
         || error->domain == G_OPTION_ERROR ? 2 : 1;
}
