/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WdRedisAwait:
 *
 * Runs one asynchronous GIO operation to its end inside a worker thread, in a main context of its
 * own, until a deadline. Lives on the stack between begin and finish.
 */
typedef struct {
  GMainContext *context;   /* (unowned) */
  GCancellable *inner;     /* (owned): what the operation is to be given */
  GCancellable *outer;     /* (unowned) (nullable): the caller's */
  GAsyncResult *result;    /* (owned) (nullable) */
  gint64 deadline;
} WdRedisAwait;

void          wd_redis_await_begin (WdRedisAwait *self, GMainContext *context, gint64 deadline,
                                    GCancellable *cancellable);
void          wd_redis_await_cb (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wd_redis_await_result (WdRedisAwait *self);
void          wd_redis_await_finish (WdRedisAwait *self, GError **error);
void          wd_redis_take_error (GError **error, GError *cause);

G_END_DECLS
