/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-paged-list.h"
#include "session/wd-row-store.h"

G_BEGIN_DECLS

#define WD_PAGED_LIST_NOWHERE G_MAXUINT

struct _WdPagedList {
  GObject parent_instance;

  const WdListKind *kind;
  WdBackend *backend;            /* (owned) */
  gpointer filter;               /* (owned) */
  WdSort sort;
  gboolean ascending;

  WdRowStore *store;             /* (owned) */
  gboolean stale;                /* the rows are still those of an earlier query */
  gint64 total;                  /* -1 until known */
  gboolean total_is_exact;
  gint64 total_at;               /* monotonic */
  gint64 total_cost;
  gboolean total_is_old;         /* rows were read since */
  gint64 counted_at;             /* monotonic; when the rows were counted one by one, or 0 */
  guint n_new;
  gboolean n_new_or_more;
  WdTime read_at;
  GError *error;                 /* (owned) (nullable): of the last request */

  GCancellable *first_request;   /* (owned) (nullable) */
  GCancellable *page_request;    /* (owned) (nullable) */
  GCancellable *refresh_request; /* (owned) (nullable) */
  GCancellable *pass_request;    /* (owned) (nullable) */
  GCancellable *count_request;   /* (owned) (nullable) */
  gboolean seeking;              /* a row is looked for */
  WdTime seek_time;              /* the first one made then, in the order of the list */
  guint sorts;                   /* a bit for each order that lists of any size can have */
  gboolean is_forward;           /* it can only be read on from what is read */
  gboolean is_search;            /* its rows have to be looked for */
  WdListSearch search;
  WdSearchPace search_pace;      /* as the last piece said */
  char *search_top;              /* (owned) (nullable): where the list began when it was searched */
  gboolean pass_wanted;          /* somebody looked into the gap */
  guint pass_limit;              /* rows to pass at once */
  gint64 n_counted;              /* by the count under way */
  guint plan_source;
  guint tell_source;
  guint grow_source;
  guint first_visible;
  guint n_visible;
  guint asked;                   /* for which placeholder was asked last */
  guint n_ahead;                 /* rows at the top to be read, seen or not */
};

/* One request: what was asked, for the answer. */
typedef struct {
  WdPagedList *self;             /* (owned) */
  GCancellable *cancellable;     /* (owned) */
  WdPageRequest *page;           /* (owned) */
  guint index;                   /* of the block it is about, when asked */
  gint64 begun;
} WdListRequest;

void wd_list_request_free (WdListRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdListRequest, wd_list_request_free)

WdListRequest *wd_list_request_new (WdPagedList *self, const char *cursor, const char *until,
                                    guint limit);
void           wd_list_request_send (WdListRequest *request, GCancellable **slot,
                                     GAsyncReadyCallback callback);
WdPage        *wd_list_request_take (WdListRequest *request, GCancellable **slot,
                                     GAsyncResult *result);
void           wd_list_request_cancel (GCancellable **slot);

/* Whether nothing is known of its gap, which then is one row long: what comes next. */
static inline gboolean
wd_paged_list_reads_on (WdPagedList *self)
{
  return self->is_search || self->is_forward;
}

void wd_paged_list_changed (WdPagedList *self);
void wd_paged_list_found (WdPagedList *self, guint position);
void wd_paged_list_restarted (WdPagedList *self);

/* wd-list-loader.c: the first page, and those that somebody looks at. */
void wd_list_loader_load_first (WdPagedList *self);
void wd_list_loader_show_first (WdPagedList *self, WdPage *page);
void wd_list_loader_plan (WdPagedList *self);
void wd_list_loader_tell (WdPagedList *self);
void wd_list_loader_stop (WdPagedList *self);

/* wd-list-search.c */
void wd_list_search_begin (WdPagedList *self, const WdPage *page);
void wd_list_search_note (WdPagedList *self, const WdPage *page);
void wd_list_search_prepare (WdPagedList *self, WdPageRequest *page);
gboolean wd_list_search_take_new (WdPagedList *self, const WdPage *page);
void wd_list_search_set_known (WdPagedList *self, const WdStretch *stretch, WdPageRequest *page);

/* wd-list-seek.c */
void wd_list_seek_go_on (WdPagedList *self);

/* wd-list-refresh.c */
void wd_list_refresh_begin (WdPagedList *self);

/* wd-list-pass.c: what is in the gap, and how many rows there are. */
void wd_list_pass_begin (WdPagedList *self);

G_END_DECLS
