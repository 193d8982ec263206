/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-list-merge.h"

/**
 * wd_list_merge_keep:
 * @positions: for each record read again its place in the list as shown, or -1 for a new one
 * @n_positions: how many
 * @kept: (out caller-allocates) (array length=n_positions): which records may stay where they are
 *
 * Finds the longest run of records whose order did not change, so that as few rows as possible
 * are taken out and put back: what moves loses its selection.
 */
void
wd_list_merge_keep (const int *positions, guint n_positions, gboolean *kept)
{
  g_autofree guint *tails = g_new (guint, n_positions + 1);
  g_autofree int *previous = g_new (int, n_positions + 1);
  guint length = 0;

  for (guint i = 0; i < n_positions; i++)
    {
      guint low = 0, high = length;

      kept[i] = FALSE;
      if (positions[i] < 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (positions[tails[middle]] < positions[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? (int) tails[low - 1] : -1;
      tails[low] = i;
      length = MAX (length, low + 1);
    }
  if (length == 0)
    return;
  for (int i = (int) tails[length - 1]; i >= 0; i = previous[i])
    kept[i] = TRUE;
}
