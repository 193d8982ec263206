/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "model/wd-result.h"
#include "model/wd-stats.h"
#include "model/wd-wallet-detail.h"

G_BEGIN_DECLS

/**
 * WdWireRows:
 * @items: (element-type gpointer): #WdJob or #WdWallet
 * @objects: (element-type gpointer): where each begins, in the text that was read
 * @total: how many match as the server says, or -1; a 0 beside rows is no count
 * @next_cursor: (nullable): its cursor of the next page
 *
 * One answer of a list.
 */
typedef struct {
  GPtrArray *items;
  GPtrArray *objects;
  gint64 total;
  char *next_cursor;
} WdWireRows;

void wd_wire_rows_free (WdWireRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdWireRows, wd_wire_rows_free)

WdWireRows *wd_wire_read_jobs (const char *text, gsize length, GError **error);
WdWireRows *wd_wire_read_wallets (const char *text, gsize length, GError **error);
WdStats    *wd_wire_read_stats (const char *text, gsize length, GError **error);
WdJob      *wd_wire_read_bare_job (const char *text, gsize length, GError **error);
WdJob      *wd_wire_read_written_job (const char *text, gsize length, gboolean *delivered,
                                      char **note, GError **error);
WdWallet   *wd_wire_read_written_wallet (const char *text, gsize length, GError **error);
char       *wd_wire_read_failure (const char *text, gsize length, int *code);

G_END_DECLS
