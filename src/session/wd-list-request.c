/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A request of a #WdPagedList on its way to the backend and back. */

#include "session/wd-paged-list-private.h"

/* For so long a list that was counted is taken to have that many rows, rather than an estimate. */
#define COUNT_LASTS_US (60 * G_USEC_PER_SEC)

/* Asks for the rows after @cursor up to @until, without a total. */
WdListRequest *
wd_list_request_new (WdPagedList *self, const char *cursor, const char *until, guint limit)
{
  WdListRequest *request = g_new0 (WdListRequest, 1);

  request->self = g_object_ref (self);
  request->cancellable = g_cancellable_new ();
  request->page = wd_page_request_new ();
  request->page->sort = self->sort;
  request->page->ascending = self->ascending;
  request->page->limit = limit;
  request->page->cursor = g_strdup (cursor);
  request->page->until = g_strdup (until);
  request->page->with_total = FALSE;
  request->begun = g_get_monotonic_time ();
  return request;
}

void
wd_list_request_free (WdListRequest *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  wd_page_request_free (request->page);
  g_free (request);
}

/* Sends it off; @slot remembers that it is under way, and @callback gets it as its data. */
void
wd_list_request_send (WdListRequest *request, GCancellable **slot, GAsyncReadyCallback callback)
{
  WdPagedList *self = request->self;

  g_set_object (slot, request->cancellable);
  self->kind->load (self->backend, self->filter, request->page, request->cancellable, callback,
                    request);
}

void
wd_list_request_cancel (GCancellable **slot)
{
  if (*slot != NULL)
    g_cancellable_cancel (*slot);
  g_clear_object (slot);
}

static void
take_total (WdPagedList *self, const WdListRequest *request, const WdPage *page)
{
  gint64 now = g_get_monotonic_time ();

  if (page->total < 0)
    return;
  self->total_at = now;
  self->total_is_old = FALSE;
  self->total_cost = now - request->begun;
  if (!page->total_is_exact && self->counted_at > 0 && now - self->counted_at < COUNT_LASTS_US)
    return;
  self->total = page->total;
  self->total_is_exact = page->total_is_exact;
}

/* Returns: (nullable): the answer; %NULL for an error, which the list remembers, and for one that
 * nobody waits for any more */
WdPage *
wd_list_request_take (WdListRequest *request, GCancellable **slot, GAsyncResult *result)
{
  WdPagedList *self = request->self;
  g_autoptr (GError) error = NULL;
  WdPage *page = self->kind->finish (self->backend, result, &error);

  if (*slot != request->cancellable)
    {
      wd_page_unref (page);
      return NULL;
    }
  g_clear_object (slot);
  g_clear_error (&self->error);
  if (page == NULL)
    {
      self->error = g_steal_pointer (&error);
      wd_paged_list_changed (self);
      return NULL;
    }
  self->read_at = wd_time_now ();
  if (page->sorts != 0)
    self->sorts = page->sorts;
  take_total (self, request, page);
  return page;
}
