/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The piece of System V shared memory by which PostgreSQL knows whether a cluster is in use.
 *
 * It is the one thing of a sample that stays when all of its processes are killed at once, as a
 * sandbox does it: the kernel keeps it until somebody removes it. One that is marked for removal
 * while it is in use goes with the last process that has it, however that ends. */

/* A segment's numbers are X/Open's. */
#define _GNU_SOURCE

#include "sample/wd-sample-segment.h"

#include <stdio.h>
#include <sys/shm.h>
#include <unistd.h>

/* Of postmaster.pid: whose cluster it is, and the segment's key and number. */
enum { LINE_PID, LINE_SEGMENT = 6 };

static gboolean
read_numbers (const char *cluster, int *pid, int *segment)
{
  g_autofree char *path = g_build_filename (cluster, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  /* What works alone on a cluster gives its number negated. */
  return g_strv_length (lines) > LINE_SEGMENT && sscanf (lines[LINE_PID], "%d", pid) == 1
         && sscanf (lines[LINE_SEGMENT], "%*u %d", segment) == 1;
}

/**
 * wd_sample_segment_mark:
 * @cluster: path of a cluster, of this user and nobody else
 *
 * Marks the segment of the PostgreSQL that works on it for removal, once there is one. Keeper.
 *
 * Returns: whether it is marked
 */
gboolean
wd_sample_segment_mark (const char *cluster)
{
  struct shmid_ds found;
  int pid, segment;

  return read_numbers (cluster, &pid, &segment) && shmctl (segment, IPC_STAT, &found) == 0
         && found.shm_cpid == ABS (pid) && found.shm_perm.uid == geteuid ()
         && shmctl (segment, IPC_RMID, NULL) == 0;
}
