/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A list whose rows have to be looked for. It answers in pieces, and what it has found so far is
 * all that is known of it: its gap is one row long, whose placeholder, as long as it is in sight or
 * near, asks for the next piece. So it is only searched as far as somebody looks, or until it is
 * told to stop. Its keys are not passed over and its total is not asked for, and a refresh looks
 * at what is newer than the first row there was, and reads again the rows it has, by their ids:
 * none of these may begin to search on its own. */

#include "session/wd-paged-list-private.h"

/* The first page says whether it is such a list. */
void
wd_list_search_begin (WdPagedList *self, const WdPage *page)
{
  self->is_search = page->is_search;
  self->search = (WdListSearch) { FALSE, FALSE, 0, page->n_to_search, WD_TIME_NONE };
  self->search_pace = (WdSearchPace) { 0 };
  g_free (self->search_top);
  self->search_top = g_strdup (page->top_cursor);
  if (page->is_search)
    wd_list_search_note (self, page);
}

/* A piece has come. */
void
wd_list_search_note (WdPagedList *self, const WdPage *page)
{
  guint index;

  self->search.n_searched += page->n_searched;
  if (page->searched_to != WD_TIME_NONE)
    self->search.searched_to = page->searched_to;
  self->search_pace = page->pace;
  self->search.is_over = page->next_cursor == NULL;
  if (self->search.is_over && !wd_row_store_find_gap (self->store, &index))
    {
      self->total = wd_row_store_get_n_items (self->store);
      self->total_is_exact = TRUE;
    }
}

/* Asks for the next piece as what it is. */
void
wd_list_search_prepare (WdPagedList *self, WdPageRequest *page)
{
  page->piecemeal = TRUE;
  page->pace = self->search_pace;
}

/* Takes what is above the place where the list began when it was searched: rows that were not there
 * then are put in, or only counted while somebody reads further down.
 * Returns: whether the list has to be read anew, since there are too many */
gboolean
wd_list_search_take_new (WdPagedList *self, const WdPage *page)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (self->kind->unref);
  gboolean leave = self->first_visible > 0, or_more = page->next_cursor != NULL;
  guint position, n_new;
  WdStretch top;

  for (guint i = 0; i < page->items->len; i++)
    if (!wd_row_store_find (self->store, self->kind->get_id (page->items->pdata[i]), &position))
      g_ptr_array_add (records, self->kind->ref (page->items->pdata[i]));
  n_new = records->len;
  wd_row_store_get_stretch (self->store, 0, &top);
  self->n_new = leave ? n_new : 0;
  self->n_new_or_more = leave && n_new > 0 && or_more;
  if (leave && (n_new > 0 || or_more))
    return FALSE;
  if (or_more || (n_new > 0 && !top.is_loaded))
    return TRUE;
  g_free (self->search_top);
  self->search_top = g_strdup (page->top_cursor);
  if (n_new == 0)
    return FALSE;
  for (guint i = 0; i < top.n_rows; i++)
    g_ptr_array_add (records, self->kind->ref ((gpointer) wd_row_get_record (
                                wd_row_store_peek (self->store, top.start + i))));
  wd_row_store_read (self->store, 0, records, NULL, FALSE);
  if (self->total >= 0)
    self->total += n_new;
  wd_list_loader_tell (self);
  return FALSE;
}

/* Which rows to read again. */
void
wd_list_search_set_known (WdPagedList *self, const WdStretch *stretch, WdPageRequest *page)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < stretch->n_rows; i++)
    g_strv_builder_add (ids, wd_row_get_id (wd_row_store_peek (self->store, stretch->start + i)));
  page->known = g_strv_builder_end (ids);
}

/**
 * wd_paged_list_get_search:
 * @self: a list
 * @search: (out caller-allocates): how far it is
 *
 * Returns: whether it is one whose rows have to be looked for, among many
 */
gboolean
wd_paged_list_get_search (WdPagedList *self, WdListSearch *search)
{
  g_return_val_if_fail (WD_IS_PAGED_LIST (self), FALSE);

  *search = self->search;
  search->is_running = self->is_search && !self->search.is_over && !self->search.is_stopped
                       && (self->page_request != NULL || self->plan_source != 0);
  return self->is_search;
}

/**
 * wd_paged_list_get_n_found:
 * @self: a list
 *
 * Returns: how many rows are known to match; those that nobody looked for yet are not among them
 */
guint
wd_paged_list_get_n_found (WdPagedList *self)
{
  guint n_known;

  g_return_val_if_fail (WD_IS_PAGED_LIST (self), 0);

  wd_paged_list_is_seeking (self, &n_known);
  return n_known;
}

/**
 * wd_paged_list_stop_search:
 * @self: a list
 *
 * Looks no further, on the server neither. What was found stays.
 */
void
wd_paged_list_stop_search (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (!self->is_search || self->search.is_stopped)
    return;
  self->search.is_stopped = TRUE;
  self->seeking = FALSE;
  wd_list_request_cancel (&self->page_request);
  wd_paged_list_changed (self);
}

/**
 * wd_paged_list_go_on_searching:
 * @self: a list
 *
 * Looks further, from where it was stopped.
 */
void
wd_paged_list_go_on_searching (WdPagedList *self)
{
  g_return_if_fail (WD_IS_PAGED_LIST (self));

  if (!self->search.is_stopped)
    return;
  self->search.is_stopped = FALSE;
  wd_list_loader_plan (self);
  wd_paged_list_changed (self);
}
