/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the place of a time in a list that is sorted by it: by the times at which blocks begin,
 * then by the rows of the block. Where nobody looked yet it waits for the pass over the gap. */

#include "session/wd-paged-list-private.h"

/* Returns: whether a row made at @time comes before the one that is looked for */
static gboolean
comes_before (WdPagedList *self, WdTime time)
{
  /* Without a time is later than any. */
  if (self->ascending)
    return time != WD_TIME_NONE && time < self->seek_time;
  return time == WD_TIME_NONE || time > self->seek_time;
}

static guint
find_stretch (WdPagedList *self)
{
  for (guint i = wd_row_store_get_n_stretches (self->store); i-- > 1; )
    {
      WdStretch stretch;

      wd_row_store_get_stretch (self->store, i, &stretch);
      if (stretch.time != WD_STRETCH_TIME_UNKNOWN && comes_before (self, stretch.time))
        return i;
    }
  return 0;
}

static void
found (WdPagedList *self, guint position)
{
  guint n_items = wd_row_store_get_n_items (self->store);

  self->seeking = FALSE;
  if (n_items > 0)
    wd_paged_list_found (self, MIN (position, n_items - 1));
  wd_paged_list_changed (self);
}

/* Looks as far as the list is known, and asks for what is missing. */
void
wd_list_seek_go_on (WdPagedList *self)
{
  guint n = wd_row_store_get_n_stretches (self->store);

  if (!self->seeking)
    return;
  for (guint i = find_stretch (self); i < n; i++)
    {
      WdStretch stretch;

      wd_row_store_get_stretch (self->store, i, &stretch);
      if (stretch.is_gap)
        {
          self->pass_wanted = !wd_paged_list_reads_on (self);
          self->asked = wd_paged_list_reads_on (self) ? stretch.start : self->asked;
          return;
        }
      if (!stretch.is_loaded && stretch.n_rows > 0)
        {
          self->asked = stretch.start;
          return;
        }
      for (guint k = 0; k < stretch.n_rows; k++)
        {
          WdRow *row = wd_row_store_peek (self->store, stretch.start + k);

          if (comes_before (self, self->kind->get_created (wd_row_get_record (row))))
            continue;
          found (self, stretch.start + k);
          return;
        }
    }
  found (self, wd_row_store_get_n_items (self->store));
}

/**
 * wd_paged_list_seek:
 * @self: a list that is sorted by %WD_SORT_CREATED
 * @time: any
 *
 * Looks for the first row, in the order of the list, that was made no earlier (or, from new to old,
 * no later) than @time; `found` tells where it stands. Another query gives it up.
 */
void
wd_paged_list_seek (WdPagedList *self, WdTime time)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));
  g_return_if_fail (self->sort == WD_SORT_CREATED);

  self->seeking = TRUE;
  self->search.is_stopped = FALSE;
  self->seek_time = time;
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_is_seeking:
 * @self: a list
 * @n_known: (out): how many of its rows have a place that is known, from the top
 *
 * Returns: whether somebody looks, or waits to be taken, where no row has a place yet
 */
gboolean
wd_paged_list_is_seeking (WdPagedList *self, guint *n_known)
{
  guint index;
  WdStretch gap;

  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  *n_known = wd_row_store_get_n_items (self->store);
  if (!wd_row_store_find_gap (self->store, &index))
    return self->seeking;
  wd_row_store_get_stretch (self->store, index, &gap);
  *n_known = gap.start;
  return self->seeking
         || (self->pass_request != NULL && self->first_visible >= gap.start
             && self->first_visible < gap.start + gap.n_rows);
}
