/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-row.h"

G_BEGIN_DECLS

#define WD_TYPE_PAGED_LIST (wd_paged_list_get_type ())
G_DECLARE_FINAL_TYPE (WdPagedList, wd_paged_list, WD, PAGED_LIST, GObject)

/**
 * WdListSearch:
 * @is_over: everything was looked at, or an index found all there is
 * @is_stopped: it looks no further until it is told to
 * @is_running: the next piece is awaited
 * @n_searched: how many rows were looked at
 * @n_to_search: how many there are, about; -1 where that is not known
 * @searched_to: when the last of them was made, in a list sorted by that; else %WD_TIME_NONE
 *
 * How far a list is whose rows have to be looked for.
 */
typedef struct {
  gboolean is_over;
  gboolean is_stopped;
  gint64 n_searched;
  gint64 n_to_search;
  WdTime searched_to;
  gboolean is_running;
} WdListSearch;

WdPagedList *wd_paged_list_new (const WdListKind *kind, WdBackend *backend);

WdBackend    *wd_paged_list_get_backend (WdPagedList *self);
void          wd_paged_list_set_query (WdPagedList *self, gconstpointer filter, WdSort sort,
                                       gboolean ascending);
gconstpointer wd_paged_list_get_filter (WdPagedList *self);
WdSort        wd_paged_list_get_sort (WdPagedList *self, gboolean *ascending);
gboolean      wd_paged_list_can_sort (WdPagedList *self, WdSort sort);
gboolean      wd_paged_list_is_filtered (WdPagedList *self);
void          wd_paged_list_reload (WdPagedList *self);
void          wd_paged_list_take_new (WdPagedList *self);
void          wd_paged_list_refresh (WdPagedList *self);
void          wd_paged_list_catch_up (WdPagedList *self);
void          wd_paged_list_read_ahead (WdPagedList *self, guint n_rows);
void          wd_paged_list_set_viewport (WdPagedList *self, guint first, guint n_rows);

WdRow        *wd_paged_list_peek (WdPagedList *self, guint position);
void          wd_paged_list_seek (WdPagedList *self, WdTime time);
gboolean      wd_paged_list_is_seeking (WdPagedList *self, guint *n_known);
gboolean      wd_paged_list_find (WdPagedList *self, const char *id, guint *position);
gboolean      wd_paged_list_is_loading (WdPagedList *self);
gboolean      wd_paged_list_is_in_sight (WdPagedList *self, guint *first);
gboolean      wd_paged_list_is_busy (WdPagedList *self);
gboolean      wd_paged_list_is_complete (WdPagedList *self);
gboolean      wd_paged_list_is_forward (WdPagedList *self);
guint         wd_paged_list_get_n_loaded (WdPagedList *self);
gint64        wd_paged_list_get_total (WdPagedList *self, gboolean *is_exact);
void          wd_paged_list_count (WdPagedList *self);
void          wd_paged_list_stop_counting (WdPagedList *self);
gboolean      wd_paged_list_is_counting (WdPagedList *self, gint64 *n_counted);
gboolean      wd_paged_list_get_search (WdPagedList *self, WdListSearch *search);
guint         wd_paged_list_get_n_found (WdPagedList *self);
void          wd_paged_list_stop_search (WdPagedList *self);
void          wd_paged_list_go_on_searching (WdPagedList *self);
guint         wd_paged_list_get_n_new (WdPagedList *self, gboolean *or_more);
WdTime        wd_paged_list_get_read_at (WdPagedList *self);
const GError *wd_paged_list_get_error (WdPagedList *self);

G_END_DECLS
