/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "redis/wd-redis-connection.h"

G_BEGIN_DECLS

#define SOON_MS 10000

/* How late an answer may be after its deadline; sanitizers take their time. */
#define LATE_MS 1000

WdRedisConnection *connection_to (const char *url);
WdRedisConnection *connected_to (const char *url);
void               ensure (WdRedisConnection *connection);
redisReply        *call (WdRedisConnection *connection, const char *first, ...)
                     G_GNUC_NULL_TERMINATED;
void               assert_text (const redisReply *reply, const char *text);
void               assert_late (gint64 since, guint milliseconds);

/* Keeps a thread that cancels inside g_cancellable_cancel(), as a busy machine may do. */
typedef struct {
  GMutex lock;
  GCond changed;
  gboolean released; /* (mutex lock) */
} Hold;

void hold_init (Hold *self);
void hold_cancel (Hold *self, GCancellable *cancellable);
void hold_release (Hold *self);
void hold_clear (Hold *self);

/* A redis-server that a test may stop, kill and reconfigure as it likes. */
typedef struct {
  GSubprocess *process; /* (owned) */
  char *folder;         /* (owned) */
  char *url;            /* (owned) */
  pid_t pid;
} Server;

Server *server_start (void);
void    server_end (Server *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_end)

G_END_DECLS
