/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wire/wd-wire-order.h"

G_BEGIN_DECLS

gboolean wd_wire_bulk_order_read (WdWireOrder *self, const char *json, gsize length,
                                  GError **error);
gboolean wd_wire_bulk_order_read_go (WdWireOrder *self, const char *json, gsize length,
                                     GError **error);

/* In a filter, alone: all of it as one line of text. */
#define WD_WIRE_BULK_LINE "filter"

const char *wd_wire_bulk_filter_name (WdBulkOperation operation);
const char *wd_wire_bulk_subjects_name (WdBulkOperation operation);

G_END_DECLS
