/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-queue.h"

G_BEGIN_DECLS

/**
 * WdQueueNews:
 *
 * What whoever listens to the queues tells those who count what they hold: whether anything has
 * happened since they last did. Atomically counted; any thread may use it.
 */
typedef struct _WdQueueNews WdQueueNews;

WdQueueNews *wd_queue_news_new (void);
WdQueueNews *wd_queue_news_ref (WdQueueNews *self);
void         wd_queue_news_unref (WdQueueNews *self);

void     wd_queue_news_add (WdQueueNews *self);
void     wd_queue_news_set_live (WdQueueNews *self, gboolean live);
int      wd_queue_news_get_serial (WdQueueNews *self);
gboolean wd_queue_news_is_current (WdQueueNews *self, int serial);
void     wd_queue_news_doubt (WdQueueNews *self);
int      wd_queue_news_get_doubts (WdQueueNews *self);
void     wd_queue_news_reach (WdQueueNews *self);
int      wd_queue_news_get_reached (WdQueueNews *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdQueueNews, wd_queue_news_unref)

G_END_DECLS
