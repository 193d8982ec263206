/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wire/wd-wire-order.h"

G_BEGIN_DECLS

/* What reads a member of an order and takes it out of those that are left. */

gboolean wd_wire_order_refuse (WdWireOrder *self, const char *field, GError **error,
                               const char *format, ...) G_GNUC_PRINTF (4, 5);
char    *wd_wire_order_take (GHashTable *members, const char *name);
gboolean wd_wire_order_take_text (WdWireOrder *self, GHashTable *members, const char *name,
                                  gboolean required, char **text, GError **error);
gboolean wd_wire_order_take_priority (WdWireOrder *self, GHashTable *members, GError **error);
gboolean wd_wire_order_take_boolean (WdWireOrder *self, GHashTable *members, const char *name,
                                     gboolean *boolean, GError **error);
gboolean wd_wire_order_take_flags (WdWireOrder *self, GHashTable *members, GError **error);

G_END_DECLS
