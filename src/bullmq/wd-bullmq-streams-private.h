/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bullmq/wd-bullmq-streams.h"

G_BEGIN_DECLS

/* Private to bullmq/: where one stands, for looking at streams and for reading them. */

#define WD_BULLMQ_NOT_COUNTED (-1)

/* In one of the streams. */
typedef struct {
  char *key;          /* (owned) */
  char *last;         /* (owned) (nullable): id of the last entry read; NULL before any look */
  gint64 n_read;      /* entries ever added up to it, or WD_BULLMQ_NOT_COUNTED */
  gboolean exists;
  gboolean is_stream; /* nothing else stands there, and what was said of it can be read */
  gboolean lost;      /* and nobody has asked since */
  gboolean is_behind; /* its last entry is older than the last one read */
} WdBullmqPlace;

struct _WdBullmqStreams {
  WdBullmqPlace *places; /* (owned) (array length=n_places) */
  gsize n_places;
  gsize next;            /* the one to check next */
  guint count;           /* of each stream at once */
  WdBullmqStreamsFunc func;
  gpointer func_data;
};

void wd_bullmq_place_set (WdBullmqPlace *self, const char *last, gint64 n_read);

G_END_DECLS
