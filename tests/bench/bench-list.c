/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets the benchmarks drive a list without a window. Each line of standard input is one of
 *
 *   query STATUSES TYPES TRIGGERS   words joined by commas, or - for all
 *   search LINE                     as typed into the filter of a list, in the zone UTC
 *   jump POSITION                   looks at that row and those below
 *   pass                            looks at the middle until every place of the list is known
 *
 * and each line of standard output the milliseconds until the rows in sight were there, then how
 * many items the list has. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "direct/wd-direct-backend.h"
#include "model/wd-filter-text.h"
#include "session/wd-paged-list.h"

#define N_VISIBLE 30

static char **
split (const char *words)
{
  return g_str_equal (words, "-") ? NULL : g_strsplit (words, ",", -1);
}

static gboolean
in_sight (WdPagedList *list, guint first)
{
  guint shown;

  /* A list that was just asked for grows to its length. */
  if (first > 0 && first >= g_list_model_get_n_items (G_LIST_MODEL (list)))
    return FALSE;
  return wd_paged_list_is_in_sight (list, &shown) && shown == first;
}

static void
query (WdPagedList *list, char **words)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  filter->statuses = split (words[1]);
  filter->types = split (words[2]);
  filter->triggers = split (words[3]);
  wd_paged_list_set_viewport (list, 0, N_VISIBLE);
  wd_paged_list_set_query (list, filter, WD_SORT_CREATED, FALSE);
}

static void
search (WdPagedList *list, const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  WdTextSpan span;
  g_autoptr (WdJobFilter) filter = wd_job_filter_from_text (text, zone, wd_time_now (), &span,
                                                            &error);

  if (filter == NULL)
    g_error ("%s: %s", text, error->message);
  wd_paged_list_set_query (list, filter, WD_SORT_CREATED, FALSE);
}

static guint
ask (WdPagedList *list, const char *line, char **words)
{
  guint first = 0;

  if (g_str_equal (words[0], "query") && g_strv_length (words) == 4)
    query (list, words);
  else if (g_str_equal (words[0], "search") && words[1] != NULL)
    search (list, strchr (line, ' ') + 1);
  else if (g_str_equal (words[0], "jump") && words[1] != NULL)
    first = (guint) g_ascii_strtoull (words[1], NULL, 10);
  else if (!g_str_equal (words[0], "pass"))
    g_error ("What is “%s”?", words[0]);
  wd_paged_list_set_viewport (list, first, N_VISIBLE);
  return first;
}

static gboolean
is_done (WdPagedList *list, char **words, guint first)
{
  const GError *error = wd_paged_list_get_error (list);
  gboolean is_exact;
  gint64 total = wd_paged_list_get_total (list, &is_exact);
  guint n_known;

  if (error != NULL)
    g_error ("%s: %s", words[0], error->message);
  if (g_str_equal (words[0], "pass"))
    {
      wd_paged_list_set_viewport (list, (guint) (total / 2), N_VISIBLE);
      return in_sight (list, (guint) (total / 2)) && !wd_paged_list_is_busy (list)
             && !wd_paged_list_is_seeking (list, &n_known);
    }
  return in_sight (list, first);
}

int
main (int argc, char **argv)
{
  g_autoptr (WdProfile) profile = wd_profile_create ("bench");
  g_autoptr (WdBackend) backend = NULL;
  g_autoptr (WdPagedList) list = NULL;
  char line[1024];

  profile->database_url = g_strdup (g_getenv ("DATABASE_URL"));
  backend = wd_direct_backend_new (profile);
  list = wd_paged_list_new (wd_list_kind_jobs (), backend);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);
      gint64 began = g_get_monotonic_time ();
      guint first = ask (list, line, words);

      while (!is_done (list, words, first))
        g_main_context_iteration (NULL, TRUE);
      printf ("%.3f %u\n", (double) (g_get_monotonic_time () - began) / 1000,
              g_list_model_get_n_items (G_LIST_MODEL (list)));
      fflush (stdout);
    }
  return EXIT_SUCCESS;
}
