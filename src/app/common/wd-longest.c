/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How many characters the longest of a set of words has in the language people read, for what is
 * made as wide as such words need. */

#include "app/common/wd-longest.h"

#include "base/wd-format.h"
#include "model/wd-job-type.h"
#include "model/wd-words.h"

/* Columns of ages are as wide as this needs. */
#define DESIGNED_AGE 11
#define DAY (24 * 3600 * (WdTime) G_USEC_PER_SEC)

static glong
find_longest (const char *const *words, const char *(*get_label) (const char *word))
{
  glong longest = 0;

  for (guint i = 0; words[i] != NULL; i++)
    longest = MAX (longest, g_utf8_strlen (get_label (words[i]), -1));
  return longest;
}

/**
 * wd_longest_age:
 *
 * Returns: of an age that is not long, such as “88 days ago”; 0 when no longer than designed for
 */
guint
wd_longest_age (void)
{
  const WdTime now = 100 * DAY;
  g_autofree char *minutes = wd_format_age (now - DAY / 24 / 60 * 59, now);
  g_autofree char *days = wd_format_age (now - DAY * 88, now);
  guint chars = (guint) MAX (g_utf8_strlen (minutes, -1), g_utf8_strlen (days, -1));

  return chars > DESIGNED_AGE ? chars : 0;
}

/**
 * wd_longest_job_status:
 *
 * Returns: of the statuses of jobs
 */
guint
wd_longest_job_status (void)
{
  return (guint) find_longest (wd_job_status_words (), wd_job_status_label);
}

/**
 * wd_longest_job_type:
 *
 * Returns: of the types of jobs
 */
guint
wd_longest_job_type (void)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  glong longest = 0;

  for (gsize i = 0; i < n_types; i++)
    longest = MAX (longest, g_utf8_strlen (wd_job_type_label (types[i].name), -1));
  return (guint) longest;
}

/**
 * wd_longest_trigger:
 *
 * Returns: of what may have triggered a job
 */
guint
wd_longest_trigger (void)
{
  return (guint) find_longest (wd_trigger_words (), wd_trigger_label);
}
