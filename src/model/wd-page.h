/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdSort:
 * @WD_SORT_CREATED: newest first unless asked otherwise; indexed
 * @WD_SORT_UNDER_WAY: first those that run, then those that wait, then those that ended, each
 *   newest first; for the jobs of one wallet
 *
 * What a list is ordered by; the id breaks ties. Jobs: all down to %WD_SORT_UNDER_WAY; wallets:
 * %WD_SORT_CREATED, %WD_SORT_UPDATED and all from %WD_SORT_ADDRESS; the audit trail:
 * %WD_SORT_CREATED.
 */
typedef enum {
  WD_SORT_CREATED,
  WD_SORT_UPDATED,
  WD_SORT_STARTED,
  WD_SORT_COMPLETED,
  WD_SORT_STATUS,
  WD_SORT_TYPE,
  WD_SORT_WALLET,
  WD_SORT_TRIGGER,
  WD_SORT_RETRIES,
  WD_SORT_UNDER_WAY,
  WD_SORT_ADDRESS,
  WD_SORT_NETWORK,
  WD_SORT_BALANCE,
  WD_SORT_NEEDS_GAS,
  WD_SORT_NEEDS_CONSOLIDATION,
  WD_SORT_LAST_SYNC,
} WdSort;

#define WD_PAGE_LIMIT_DEFAULT 50
#define WD_PAGE_LIMIT_MAX     1000

/* The most rows that may be sorted without an index. */
#define WD_PAGE_SORT_MAX      100000

/**
 * WdSearchPace:
 * @index_ms: how long to wait for an index that finds rows without an order; 0 for as long as is
 *   usual, -1 for not at all
 * @index_first: it was quicker than to look at the rows
 * @n_rows: how many rows to look at with one statement; 0 for as many as is usual
 *
 * What a search has learnt of a database. All zero is the beginning.
 */
typedef struct {
  int index_ms;
  gboolean index_first;
  guint n_rows;
} WdSearchPace;

/**
 * WdPageRequest:
 * @sort: order
 * @ascending: else descending
 * @limit: rows at most
 * @cursor: (nullable): `next_cursor` of the page before; %NULL for the first
 * @until: (nullable): cursor of the last row that is wanted; %NULL for the end of the list
 * @backwards: the last rows of the stretch after @cursor, up to @until, else its first; in the
 *   order of the list all the same
 * @stride: 0 for rows; else no rows are read, only the cursor of every so many of them, and @limit
 *   is how many are passed at most
 * @piecemeal: a search may answer before the page is full, with what it found so far
 * @pace: how a search goes on, as the page before said
 * @known: (nullable) (array zero-terminated=1): only these rows, by id, as far as they still match;
 *   @limit, @cursor and @until are not looked at
 * @with_data: also read each job's data, which may be large
 * @with_total: also count; costs nothing for filters that the counts table answers
 */
typedef struct {
  WdSort sort;
  gboolean ascending;
  guint limit;
  char *cursor;
  char *until;
  gboolean backwards;
  guint stride;
  gboolean piecemeal;
  WdSearchPace pace;
  char **known;
  gboolean with_data;
  gboolean with_total;
} WdPageRequest;

WdPageRequest *wd_page_request_new (void);
WdPageRequest *wd_page_request_copy (const WdPageRequest *self);
void           wd_page_request_free (WdPageRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPageRequest, wd_page_request_free)

/**
 * WdPage:
 * @items: (element-type gpointer): #WdJob, #WdWallet or #WdAuditEntry
 * @total: rows that match, or -1 when not asked
 * @total_is_exact: else it is an estimate and must be labelled as one
 * @next_cursor: (nullable): %NULL at the end, or where `until` was reached
 * @previous_cursor: (nullable): of a page read backwards, the row before it; %NULL where there is
 *   none in the stretch asked for
 * @marks: (nullable) (element-type utf8): the cursors asked for by `stride`
 * @mark_times: (nullable) (element-type gint64): when the rows at @marks were created, in a list
 *   that is sorted by that
 * @n_passed: how many rows were passed for them, those after the last one too
 * @sorts: a bit for each #WdSort that orders lists of any size; others order
 *   %WD_PAGE_SORT_MAX rows at most
 *
 * @is_forward: rows can only be read on from those before: there is no passing over them, and no
 *   reading from the end
 * @is_search: rows have to be read to find those that match, and there are many: what has not been
 *   asked for cannot be known
 * @is_partial: the page is not full, though more may match behind `next_cursor`: whoever asks again
 *   goes on there
 * @searched_to: when the last row was created that was looked at, in a list sorted by that; else
 *   %WD_TIME_NONE
 * @n_searched: how many rows were looked at
 * @n_to_search: how many there are to look at in the whole list, about; -1 when not asked
 * @pace: for the request that goes on
 * @top_cursor: (nullable): of the first row that was looked at, in a search from the beginning
 *
 * One page of a list. Immutable once published.
 */
typedef struct {
  GPtrArray *items;
  gint64 total;
  gboolean total_is_exact;
  char *next_cursor;
  char *previous_cursor;
  GPtrArray *marks;
  GArray *mark_times;
  gint64 n_passed;
  guint sorts;
  gboolean is_forward;
  gboolean is_search;
  gboolean is_partial;
  WdTime searched_to;
  gint64 n_searched;
  gint64 n_to_search;
  WdSearchPace pace;
  char *top_cursor;
} WdPage;

WD_DECLARE_RECORD (WdPage, wd_page)

G_END_DECLS
