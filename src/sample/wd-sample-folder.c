/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the private folder of sample data is made, and how it goes away.
 *
 * Whoever keeps one holds a lock on the folder itself, which ends with the process however that
 * ends. So a folder that can be locked was left behind, and the next sample removes it. */

/* nftw() is X/Open's. */
#define _GNU_SOURCE

#include "sample/wd-sample-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "base/wd-sample-place.h"

/* A cluster takes 40 MB, its log and the rows some more. */
#define ROOM_MB 192
/* The longest name of a socket within, with what PostgreSQL adds for its lock file. */
#define SOCKET "/" WD_SAMPLE_FOLDER "XXXXXX/.s.PGSQL.5432"
/* One that is just being made is not locked yet. */
#define YOUNG_SECONDS 10

/* Letters that mean nothing in any of the servers' settings. */
static gboolean
is_plain (const char *path)
{
  for (const char *p = path; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/._-+@", *p) == NULL)
      return FALSE;
  return g_path_is_absolute (path);
}

/* Returns why no folder can be made in @parent, or NULL. */
static const char *
problem_of (const char *parent)
{
  struct statvfs room;

  if (strlen (parent) + strlen (SOCKET) >= sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return _("its path is too long for a socket");
  if (!is_plain (parent))
    return _("its path holds unusual characters");
  if (!g_file_test (parent, G_FILE_TEST_IS_DIR))
    return _("there is no such folder");
  if (access (parent, W_OK | X_OK) != 0)
    return _("nothing can be written there");
  if (statvfs (parent, &room) != 0
      || (guint64) room.f_bavail * room.f_frsize < (guint64) ROOM_MB * 1024 * 1024)
    return _("there is too little room");
  return NULL;
}

/**
 * wd_sample_folder_choose:
 * @error: %WD_ERROR_FAILED, with what is wrong with each folder that there is
 *
 * The session's own folder, which the system clears when the session ends; where there is none, one
 * for temporary files. Worker.
 *
 * Returns: (transfer full): where to make a folder for sample data
 */
char *
wd_sample_folder_choose (GError **error)
{
  const char *const parents[] = { g_getenv ("XDG_RUNTIME_DIR"), g_get_tmp_dir (), "/tmp",
                                  "/var/tmp" };
  g_autoptr (GString) problems = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      const char *problem = parents[i] != NULL ? problem_of (parents[i]) : NULL;

      if (parents[i] == NULL || (i == 2 && g_strcmp0 (parents[1], parents[2]) == 0))
        continue;
      if (problem == NULL)
        return g_strdup (parents[i]);
      g_string_append_printf (problems, "\n%s: %s", parents[i], problem);
    }
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED,
               _("There is no folder for the sample data, which take %d MB while they are open. "
                 "Nothing was started.%s"), ROOM_MB, problems->str);
  return NULL;
}

static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * wd_sample_folder_make:
 * @parent: of wd_sample_folder_choose()
 * @lock: (out): a descriptor to keep for as long as the folder is used
 * @error: %WD_ERROR_FAILED
 *
 * Returns: (transfer full): a new folder that nobody else can enter
 */
char *
wd_sample_folder_make (const char *parent, int *lock, GError **error)
{
  g_autofree char *folder = g_build_filename (parent, WD_SAMPLE_FOLDER "XXXXXX", NULL);

  *lock = -1;
  if (mkdtemp (folder) != NULL)
    *lock = lock_folder (folder);
  if (*lock >= 0)
    return g_steal_pointer (&folder);
  g_set_error (error, WD_ERROR, WD_ERROR_FAILED, "%s: %s", parent, g_strerror (errno));
  return NULL;
}

static int
remove_entry (const char *path, const struct stat *found, int kind, struct FTW *place)
{
  /* What cannot be removed stays; the rest goes. */
  if (remove (path) != 0)
    errno = 0;
  return 0;
}

/**
 * wd_sample_folder_remove:
 * @folder: one of wd_sample_folder_make() that no server uses any more
 */
void
wd_sample_folder_remove (const char *folder)
{
  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/**
 * wd_sample_folder_remove_left:
 * @parent: of wd_sample_folder_choose()
 *
 * Removes what was left there by a sample whose keeper was killed.
 */
void
wd_sample_folder_remove_left (const char *parent)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (parent, name, NULL);
      struct stat found;
      int lock;

      if (!g_str_has_prefix (name, WD_SAMPLE_FOLDER) || !wd_sample_place_check (folder, NULL)
          || lstat (folder, &found) != 0 || found.st_mtime > time (NULL) - YOUNG_SECONDS)
        continue;
      lock = lock_folder (folder);
      if (lock < 0)
        continue;
      wd_sample_folder_remove (folder);
      close (lock);
    }
}
