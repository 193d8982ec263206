/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The owner's end of the keeper's pipes. */

#include "sample/wd-sample-servers.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "sample/wd-sample-folder.h"
#include "sample/wd-sample-keeper.h"
#include "sample/wd-sample-programs.h"

/* A cluster takes a second; on a machine that swaps it takes many. */
#define START_MS 60000
/* What the servers may say. */
#define LINES_MOST 6
#define LINE_MOST  400

struct _WdSampleServers {
  GSubprocess *keeper;  /* (owned) */
  int from_keeper;      /* not owned: the process' */
  GString *heard;       /* (owned): of which the last line may not be whole */
  gboolean ended;       /* the keeper says no more */
  char *folder;         /* (owned) (nullable): once it was made */
};

/* Reads what is there. */
static void
hear (WdSampleServers *self)
{
  char buffer[1024];
  gssize length;

  while ((length = read (self->from_keeper, buffer, sizeof buffer)) > 0)
    g_string_append_len (self->heard, buffer, length);
  if (length == 0 || (errno != EAGAIN && errno != EINTR))
    self->ended = TRUE;
}

/* Returns: (transfer full): the last lines of what a server said */
static char *
last_words (const char *said)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  guint n_lines = g_strv_length (lines);
  g_autoptr (GString) words = g_string_new (NULL);

  while (n_lines > 0 && *g_strstrip (lines[n_lines - 1]) == '\0')
    n_lines--;
  for (guint i = n_lines > LINES_MOST ? n_lines - LINES_MOST : 0; i < n_lines; i++)
    {
      g_autofree char *line = wd_format_visible (lines[i], LINE_MOST);

      g_string_append_printf (words, "\n%s", line);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
set_failed (WdSampleServers *self, GError **error)
{
  const char *failed = strstr (self->heard->str, WD_SAMPLE_SAYS_FAILED);
  const char *end = failed != NULL ? strchr (failed, '\n') : NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (end == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED,
                           _("The program that keeps the servers of the sample data ended. "
                             "They ended with it, and the sample data are gone."));
      return;
    }
  failed += strlen (WD_SAMPLE_SAYS_FAILED);
  name = g_strndup (failed, strcspn (failed, " \n"));
  words = last_words (end + 1);
  /* TRANSLATORS: the name of a server's program, then what it said itself */
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               _("%s failed, so there are no sample data. Nothing of them was left behind. "
                 "It said:%s"), name, words);
}

static WdSampleServers *
launch (const char *parent, const WdSamplePrograms *programs, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) keeper = NULL;
  WdSampleServers *self;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE
                                        | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  /* The file that runs, also where another version has taken its place meanwhile. */
  keeper = g_subprocess_launcher_spawn (launcher, error, "/proc/self/exe",
                                        WD_SAMPLE_KEEPER_OPTION, parent, programs->initdb,
                                        programs->postgres, programs->redis, NULL);
  if (keeper == NULL)
    return NULL;
  self = g_new0 (WdSampleServers, 1);
  self->from_keeper = g_unix_input_stream_get_fd (
    G_UNIX_INPUT_STREAM (g_subprocess_get_stdout_pipe (keeper)));
  self->keeper = g_steal_pointer (&keeper);
  self->heard = g_string_new (NULL);
  g_unix_set_fd_nonblocking (self->from_keeper, TRUE, NULL);
  return self;
}

static gboolean
has_said (WdSampleServers *self, const char *word)
{
  return strstr (self->heard->str, word) != NULL;
}

static void
take_folder (WdSampleServers *self)
{
  const char *said = strstr (self->heard->str, WD_SAMPLE_SAYS_FOLDER);
  const char *end = said != NULL ? strchr (said, '\n') : NULL;

  if (self->folder == NULL && end != NULL)
    self->folder = g_strndup (said + strlen (WD_SAMPLE_SAYS_FOLDER),
                              (gsize) (end - said) - strlen (WD_SAMPLE_SAYS_FOLDER));
}

static gboolean
wait_started (WdSampleServers *self, GCancellable *cancellable, GError **error)
{
  gint64 deadline = wd_deadline_in (START_MS);

  while (!has_said (self, WD_SAMPLE_SAYS_STARTED "\n"))
    {
      if (self->ended)
        {
          set_failed (self, error);
          return FALSE;
        }
      if (!wd_wait_fd (self->from_keeper, G_IO_IN, deadline, cancellable, error))
        {
          g_prefix_error (error, "%s", _("The sample data were not started: "));
          return FALSE;
        }
      hear (self);
      take_folder (self);
    }
  return TRUE;
}

/**
 * wd_sample_servers_start:
 * @progress: told of each step, in this thread
 * @user_data: for @progress
 * @cancellable: (nullable): ends it at once; what was begun is cleared up
 * @error: %WD_ERROR_NOT_FOUND where servers are not installed, %WD_ERROR_REFUSED as root,
 *   %WD_ERROR_FAILED with what a server said
 *
 * Starts both. They listen soon, not at once. Worker.
 *
 * Returns: (transfer full): the servers
 */
WdSampleServers *
wd_sample_servers_start (WdSampleProgress progress, gpointer user_data, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (WdSampleServers) self = NULL;
  g_autoptr (WdSamplePrograms) programs = NULL;
  g_autofree char *parent = NULL;

  progress (WD_SAMPLE_STEP_CLUSTER, user_data);
  if (geteuid () == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("PostgreSQL does not run as root, so neither do the sample data. "
                             "Start Worker Dashboard as an ordinary user to look at them. "
                             "Nothing was started."));
      return NULL;
    }
  programs = wd_sample_programs_find (error);
  if (programs == NULL)
    return NULL;
  parent = wd_sample_folder_choose (error);
  if (parent == NULL)
    return NULL;
  self = launch (parent, programs, error);
  if (self == NULL || !wait_started (self, cancellable, error))
    return NULL;
  progress (WD_SAMPLE_STEP_SERVERS, user_data);
  return g_steal_pointer (&self);
}

/**
 * wd_sample_servers_free:
 * @self: (transfer full) (nullable): servers
 *
 * Ends both and removes their folder, without waiting for it.
 */
void
wd_sample_servers_free (WdSampleServers *self)
{
  if (self == NULL)
    return;
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->keeper), NULL, NULL);
  g_object_unref (self->keeper);
  g_string_free (self->heard, TRUE);
  g_free (self->folder);
  g_free (self);
}

/**
 * wd_sample_servers_get_folder:
 * @self: servers
 *
 * Returns: (transfer none): where they listen
 */
const char *
wd_sample_servers_get_folder (WdSampleServers *self)
{
  return self->folder;
}

/**
 * wd_sample_servers_get_fd:
 * @self: servers
 *
 * Returns: a descriptor that can be read when one of them has ended
 */
int
wd_sample_servers_get_fd (WdSampleServers *self)
{
  return self->from_keeper;
}

/**
 * wd_sample_servers_check:
 * @self: servers
 * @error: %WD_ERROR_FAILED, with what the one that ended said
 *
 * Does not wait.
 *
 * Returns: whether both are still kept
 */
gboolean
wd_sample_servers_check (WdSampleServers *self, GError **error)
{
  hear (self);
  if (!self->ended)
    return TRUE;
  set_failed (self, error);
  return FALSE;
}
