/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-paged-list.h"
#include "session/wd-row-store.h"

G_BEGIN_DECLS

/* Rows left below the last one looked at when the next page is asked for. */
#define WD_PAGED_LIST_PREFETCH 40

struct _WdPagedList {
  GObject parent_instance;

  const WdListKind *kind;
  WdBackend *backend;            /* (owned) */
  gpointer filter;               /* (owned) */
  WdSort sort;
  gboolean ascending;

  WdRowStore *store;             /* (owned) */
  gboolean stale;                /* the rows are still those of an earlier query */
  char *next_cursor;             /* (owned) (nullable): NULL at the end */
  gint64 total;                  /* -1 until known */
  gboolean total_is_exact;
  gint64 total_at;               /* monotonic */
  gint64 total_cost;
  guint n_new;
  gboolean n_new_or_more;
  WdTime read_at;
  GError *error;                 /* (owned) (nullable): of the last request */

  GCancellable *first_request;   /* (owned) (nullable) */
  GCancellable *next_request;    /* (owned) (nullable) */
  GCancellable *refresh_request; /* (owned) (nullable) */
  WdPage *arriving;              /* (owned) (nullable): read, not yet put in */
  guint n_arrived;
  guint arrive_source;
  guint settle_source;
  guint next_source;
  guint first_visible;
  guint n_visible;
};

void wd_paged_list_changed (WdPagedList *self);
void wd_paged_list_restarted (WdPagedList *self);

/* wd-list-loader.c: the requests. */
void wd_list_loader_load_first (WdPagedList *self);
void wd_list_loader_want_next (WdPagedList *self);
void wd_list_loader_refresh (WdPagedList *self);
void wd_list_loader_stop (WdPagedList *self);

G_END_DECLS
