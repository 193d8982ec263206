/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-progress.h"

#include <string.h>

/**
 * wd_progress_read:
 * @json: (nullable): what a worker reported: any JSON
 * @fraction: (out): from 0 to 1
 *
 * Workers report a percentage, or whatever they like.
 *
 * Returns: whether @json is a number of percent, so that a bar can show it
 */
gboolean
wd_progress_read (const char *json, double *fraction)
{
  char *end;
  double percent;

  if (json == NULL || *json == '\0' || json[strspn (json, "0123456789.")] != '\0')
    return FALSE;
  percent = g_ascii_strtod (json, &end);
  if (*end != '\0' || percent < 0 || percent > 100)
    return FALSE;
  *fraction = percent / 100;
  return TRUE;
}
