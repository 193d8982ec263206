/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdBackoff:
 * @failures: tries in a row that failed; 0 to begin with
 *
 * How long to wait before the next try. Used by value, one for each thing that is retried.
 */
typedef struct {
  guint failures;
} WdBackoff;

guint wd_backoff_next_ms (WdBackoff *self);
void  wd_backoff_reset (WdBackoff *self);

G_END_DECLS
