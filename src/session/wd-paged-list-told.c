/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a list: its rows so far, how far it is, and what it can do. */

#include "session/wd-paged-list-private.h"

/**
 * wd_paged_list_peek:
 * @self: a list
 * @position: of a row
 *
 * Returns: (transfer none) (nullable): the row there if it was read, else %NULL. Unlike
 *   g_list_model_get_item() this does not ask for it.
 */
WdRow *
wd_paged_list_peek (WdPagedList *self, guint position)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), NULL);

  return wd_row_store_peek (self->store, position);
}

/**
 * wd_paged_list_find:
 * @self: a list
 * @id: of a record
 * @position: (out): where it stands
 *
 * Returns: whether it is among the rows read so far
 */
gboolean
wd_paged_list_find (WdPagedList *self, const char *id, guint *position)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);
  g_return_val_if_fail (id != NULL && position != NULL, FALSE);

  return wd_row_store_find (self->store, id, position);
}

/**
 * wd_paged_list_is_loading:
 * @self: a list
 *
 * Returns: whether a first page is awaited
 */
gboolean
wd_paged_list_is_loading (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->first_request != NULL;
}

/**
 * wd_paged_list_is_in_sight:
 * @self: a list
 * @first: (out): the first row of the viewport
 *
 * Returns: whether all the rows of the viewport are there, and are those of the query asked for
 */
gboolean
wd_paged_list_is_in_sight (WdPagedList *self, guint *first)
{
  guint end;

  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  *first = self->first_visible;
  end = MIN (self->first_visible + self->n_visible, wd_row_store_get_n_items (self->store));
  for (guint i = self->first_visible; i < end; i++)
    if (wd_row_store_peek (self->store, i) == NULL)
      return FALSE;
  return self->first_request == NULL && !self->stale;
}

/**
 * wd_paged_list_is_busy:
 * @self: a list
 *
 * Returns: whether any answer is awaited that changes its rows
 */
gboolean
wd_paged_list_is_busy (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->first_request != NULL || self->page_request != NULL
         || self->refresh_request != NULL || self->pass_request != NULL
         || self->plan_source != 0 || self->grow_source != 0;
}

/**
 * wd_paged_list_is_complete:
 * @self: a list
 *
 * Returns: whether all its rows are in memory
 */
gboolean
wd_paged_list_is_complete (WdPagedList *self)
{
  guint index;

  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->read_at != WD_TIME_NONE && !wd_row_store_find_gap (self->store, &index)
         && wd_row_store_get_n_loaded (self->store) == wd_row_store_get_n_items (self->store);
}

/**
 * wd_paged_list_get_n_loaded:
 * @self: a list
 *
 * Returns: how many of its rows are in memory, wherever they stand; the rest are placeholders
 */
guint
wd_paged_list_get_n_loaded (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), 0);

  return wd_row_store_get_n_loaded (self->store);
}

/**
 * wd_paged_list_get_total:
 * @self: a list
 * @is_exact: (out): else it is an estimate
 *
 * Returns: how many rows match, loaded or not; -1 while unknown
 */
gint64
wd_paged_list_get_total (WdPagedList *self, gboolean *is_exact)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), -1);

  *is_exact = self->total_is_exact;
  return self->total;
}

/**
 * wd_paged_list_is_forward:
 * @self: a list
 *
 * Returns: whether it can only be read on from what is read; then it may have no total before its
 *   end is read
 */
gboolean
wd_paged_list_is_forward (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->is_forward;
}

/**
 * wd_paged_list_can_sort:
 * @self: a list
 * @sort: another order
 *
 * Returns: whether it can be sorted like that as far as is known: by an index, or because it is
 *   short enough
 */
gboolean
wd_paged_list_can_sort (WdPagedList *self, WdSort sort)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  return self->sorts == 0 || (self->sorts & 1u << sort) != 0
         || (self->total <= WD_PAGE_SORT_MAX && !self->is_forward);
}

/**
 * wd_paged_list_get_n_new:
 * @self: a list
 * @or_more: (out): there may be more than that
 *
 * Returns: rows that came at the top and are not put in, because somebody is reading further down
 */
guint
wd_paged_list_get_n_new (WdPagedList *self, gboolean *or_more)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), 0);

  *or_more = self->n_new_or_more;
  return self->n_new;
}

/**
 * wd_paged_list_get_read_at:
 * @self: a list
 *
 * Returns: when an answer last came, or %WD_TIME_NONE
 */
WdTime
wd_paged_list_get_read_at (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), WD_TIME_NONE);

  return self->read_at;
}

/**
 * wd_paged_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the last request brought nothing; %NULL once one brought
 *   something
 */
const GError *
wd_paged_list_get_error (WdPagedList *self)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), NULL);

  return self->error;
}
