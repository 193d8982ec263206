/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdBulkReason:
 * @text: why; where that differs in numbers or ids, without them
 * @example: one of those it is about
 * @n: how many it is about
 *
 * One reason for which jobs or wallets were refused.
 */
typedef struct {
  char *text;
  char *example;
  gint64 n;
} WdBulkReason;

void       wd_bulk_reason_free (WdBulkReason *self);
GPtrArray *wd_bulk_reasons_group (const GPtrArray *refusals);

G_END_DECLS
