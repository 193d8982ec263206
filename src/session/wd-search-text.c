/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-search-text.h"

#include <glib/gi18n-lib.h>

/**
 * wd_search_text:
 * @searched_to: (nullable): when the last row was made that was looked at, as people read times;
 *   %NULL where that says nothing
 * @n_searched: how many rows were looked at
 * @n_to_search: how many there are, about; -1 where that is not known
 * @format: (nullable): how numbers are written; %NULL for digits alone
 *
 * Returns: (transfer full): which part of a list was searched
 */
char *
wd_search_text (const char *searched_to, gint64 n_searched, gint64 n_to_search,
                const WdNumberFormat *format)
{
  g_autofree char *searched = wd_format_count (n_searched, format);
  g_autofree char *all = wd_format_count (MAX (n_to_search, n_searched), format);

  if (searched_to == NULL && n_to_search < 0)
    return g_strdup_printf (_("searched %s"), searched);
  if (searched_to == NULL)
    /* TRANSLATORS: how many rows were looked at, of how many */
    return g_strdup_printf (_("searched %s of about %s"), searched, all);
  if (n_to_search < 0)
    /* TRANSLATORS: a time, how many rows were looked at */
    return g_strdup_printf (_("searched back to %s, %s"), searched_to, searched);
  /* TRANSLATORS: a time, how many rows were looked at, of how many */
  return g_strdup_printf (_("searched back to %s, %s of about %s"), searched_to, searched, all);
}
