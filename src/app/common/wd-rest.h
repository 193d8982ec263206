/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdRest:
 *
 * How long a page rests between two readings, so that the servers give it a small part of their
 * time however long an answer takes. Zeros are one that has not asked yet.
 */
typedef struct {
  /*< private >*/
  gint64 asked_at;           /* monotonic, in microseconds */
  gint64 until;              /* likewise */
} WdRest;

void     wd_rest_ask (WdRest *self);
void     wd_rest_begin (WdRest *self, guint factor, gint64 least);
void     wd_rest_end (WdRest *self);
gboolean wd_rest_is_over (const WdRest *self);
gint64   wd_rest_get_age (const WdRest *self);

G_END_DECLS
