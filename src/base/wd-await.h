/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WdAwait:
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
} WdAwait;

void          wd_await_begin (WdAwait *self, GMainContext *context, gint64 deadline,
                                    GCancellable *cancellable);
void          wd_await_cb (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wd_await_result (WdAwait *self);
void          wd_await_finish (WdAwait *self, GError **error);
void          wd_await_take_error (GError **error, GError *cause);

G_END_DECLS
