/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All processes below this one, also those whose own parent is gone: they become children of it. */

#include "sample/wd-sample-tree.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Between two looks whether a child has ended. */
#define PAUSE_US 5000

typedef struct {
  pid_t pid;
  pid_t parent;
  gboolean below;   /* this process */
} Entry;

/**
 * wd_sample_tree_adopt:
 *
 * Makes this process the parent of whatever its children leave behind.
 */
void
wd_sample_tree_adopt (void)
{
  prctl (PR_SET_CHILD_SUBREAPER, 1);
}

/* The parent stands behind the command's name, which may hold anything. */
static pid_t
read_parent (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  const char *rest;
  char state;
  int parent;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  rest = strrchr (text, ')');
  return rest != NULL && sscanf (rest, ") %c %d", &state, &parent) == 2 ? parent : 0;
}

static GArray *
read_processes (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_ascii_isdigit (*name))
      {
        Entry entry = { (pid_t) atoi (name), read_parent (name), FALSE };

        g_array_append_val (entries, entry);
      }
  return entries;
}

static gboolean
is_below (GArray *entries, pid_t pid)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->pid == pid)
        return entry->below;
    }
  return FALSE;
}

static void
mark_below (GArray *entries)
{
  gboolean again;

  do
    {
      again = FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          Entry *entry = &g_array_index (entries, Entry, i);

          if (entry->below
              || (entry->parent != getpid () && !is_below (entries, entry->parent)))
            continue;
          entry->below = again = TRUE;
        }
    }
  while (again);
}

/* A child that has ended keeps its number until it is waited for, which nobody else does here. The
 * number of one further down may be a stranger's since it was listed: it is held, and looked at
 * again, before it gets a signal. Its parent may have ended meanwhile: then this is its parent. */
static void
signal_one (const Entry *entry, int number)
{
  g_autofree char *name = g_strdup_printf ("%d", (int) entry->pid);
  int fd = entry->parent != getpid () ? pidfd_open (entry->pid, 0) : -1;
  pid_t parent;

  /* A kernel or a sandbox without such descriptors must not leave processes behind. */
  if (fd < 0)
    {
      if (entry->parent == getpid () || errno != ESRCH)
        kill (entry->pid, number);
      return;
    }
  parent = read_parent (name);
  if (parent == entry->parent || parent == getpid ())
    pidfd_send_signal (fd, number, NULL, 0);
  close (fd);
}

/**
 * wd_sample_tree_signal:
 * @number: of the signal
 *
 * Sends it to every process below this one.
 */
void
wd_sample_tree_signal (int number)
{
  g_autoptr (GArray) entries = read_processes ();

  mark_below (entries);
  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, Entry, i).below)
      signal_one (&g_array_index (entries, Entry, i), number);
}

/**
 * wd_sample_tree_wait:
 * @milliseconds: to wait at most
 *
 * Returns: whether no process is left below this one
 */
gboolean
wd_sample_tree_wait (guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + milliseconds * 1000;

  for (;;)
    {
      pid_t ended = waitpid (-1, NULL, WNOHANG);

      if (ended < 0 && errno == ECHILD)
        return TRUE;
      if (ended > 0)
        continue;
      if (g_get_monotonic_time () > deadline)
        return FALSE;
      g_usleep (PAUSE_US);
    }
}
