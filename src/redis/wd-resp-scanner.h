/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WD_RESP_DEPTH_MAX 8

/**
 * WdRespScanner:
 *
 * What was seen of the answers of one round trip. Used by value; holds nothing to free.
 */
typedef struct {
  gsize bulk_max;
  gsize elements_max;
  gsize total_max;

  guint64 left[WD_RESP_DEPTH_MAX + 1]; /* elements to come: of the round trip, then by array */
  guint depth;                         /* arrays open */
  gsize total;                         /* an estimate of the memory the answers will take */

  char type;       /* of the line being read, 0 between lines */
  char line[32];   /* the number on it */
  gsize line_size; /* bytes of the line after its type */
  char last;       /* its byte before this one */
  gsize body_left; /* of a bulk string, with its end of line */
} WdRespScanner;

void     wd_resp_scanner_init (WdRespScanner *self, gsize n_replies);
gboolean wd_resp_scanner_feed (WdRespScanner *self, const char *data, gsize length, GError **error);
gboolean wd_resp_scanner_is_done (const WdRespScanner *self);

G_END_DECLS
