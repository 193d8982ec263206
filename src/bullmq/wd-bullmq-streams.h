/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-queue.h"
#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

/**
 * WdBullmqStreams:
 *
 * Where one stands in the event streams of several queues. Belongs to one thread.
 */
typedef struct _WdBullmqStreams WdBullmqStreams;

/* Comes before every event. */
#define WD_BULLMQ_STREAMS_START "0-0"

/**
 * WdBullmqNews:
 * @n_events: how many events were read
 * @more: there were more than one read takes
 * @lost: events were trimmed before they could be read, or a stream was made anew: what they would
 *   have said must be looked up
 *
 * What a read brought.
 */
typedef struct {
  gsize n_events;
  gboolean more;
  gboolean lost;
} WdBullmqNews;

/**
 * WdBullmqStreamsFunc:
 * @queue: which of the queues
 * @entry: one of its stream, as Redis sent it
 * @data: as given
 */
typedef void (*WdBullmqStreamsFunc) (gsize queue, const redisReply *entry, gpointer data);

int              wd_bullmq_streams_compare (const char *a, const char *b);

WdBullmqStreams *wd_bullmq_streams_new (const WdBullmqQueue *queues, gsize n_queues);
void             wd_bullmq_streams_free (WdBullmqStreams *self);
void             wd_bullmq_streams_set_func (WdBullmqStreams *self, WdBullmqStreamsFunc func,
                                             gpointer data);
void             wd_bullmq_streams_set_count (WdBullmqStreams *self, guint count);
void             wd_bullmq_streams_place (WdBullmqStreams *self, gsize queue, const char *last,
                                          gint64 n_read);
const char      *wd_bullmq_streams_get_place (WdBullmqStreams *self, gsize queue, gint64 *n_read);
gboolean         wd_bullmq_streams_take_lost (WdBullmqStreams *self, gsize queue);
gboolean         wd_bullmq_streams_is_behind (WdBullmqStreams *self, gsize queue);

gboolean wd_bullmq_streams_catch_up (WdBullmqStreams *self, WdRedisConnection *conn,
                                     WdBullmqNews *news, gint64 deadline,
                                     GCancellable *cancellable, GError **error);
gboolean wd_bullmq_streams_check_next (WdBullmqStreams *self, WdRedisConnection *conn,
                                       WdBullmqNews *news, gint64 deadline,
                                       GCancellable *cancellable, GError **error);
gboolean wd_bullmq_streams_read (WdBullmqStreams *self, WdRedisConnection *conn, guint wait_ms,
                                 WdBullmqNews *news, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdBullmqStreams, wd_bullmq_streams_free)

G_END_DECLS
