/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-page.h"

/**
 * wd_page_request_new:
 *
 * Returns: (transfer full): the first page, newest first, with its total
 */
WdPageRequest *
wd_page_request_new (void)
{
  WdPageRequest *self = g_new0 (WdPageRequest, 1);

  self->sort = WD_SORT_CREATED;
  self->limit = WD_PAGE_LIMIT_DEFAULT;
  self->with_total = TRUE;
  return self;
}

/**
 * wd_page_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): a request of its own for the same page
 */
WdPageRequest *
wd_page_request_copy (const WdPageRequest *self)
{
  WdPageRequest *copy = g_new (WdPageRequest, 1);

  *copy = *self;
  copy->cursor = g_strdup (self->cursor);
  copy->until = g_strdup (self->until);
  copy->known = g_strdupv (self->known);
  return copy;
}

/**
 * wd_page_request_free:
 * @self: (transfer full): a request
 */
void
wd_page_request_free (WdPageRequest *self)
{
  g_free (self->cursor);
  g_free (self->until);
  g_strfreev (self->known);
  g_free (self);
}

static void
clear_page (WdPage *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_clear_pointer (&self->mark_times, g_array_unref);
  g_free (self->next_cursor);
  g_free (self->previous_cursor);
  g_free (self->top_cursor);
}

WD_DEFINE_RECORD (WdPage, wd_page, clear_page)
