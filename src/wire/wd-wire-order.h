/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-bulk-request.h"
#include "model/wd-request.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/* How deep an order may be nested. */
#define WD_WIRE_ORDER_DEPTH 16

/**
 * WdWireOrder:
 * @wallet_address: (nullable): of a dispatch and of flags
 * @user_id: (nullable): of a dispatch
 * @priority: likewise
 * @trigger: (nullable): likewise
 * @job_id: (nullable): of a retry: the row's UUID
 * @reset: likewise
 * @force: of a retry: also where such a job is under way for the wallet
 * @needs_gas: of flags, or unset
 * @needs_consolidation: likewise
 * @bulk: (nullable): of bulk work, but for its filter
 * @filter: (nullable) (element-type utf8 utf8): likewise: what it is asked to let through, by name
 * @confirm: the number that was confirmed, or -1
 * @unknown: (element-type utf8): names that mean nothing here
 * @field: (nullable): what an error is about
 *
 * What somebody sent to be done.
 */
typedef struct {
  char *wallet_address;
  char *user_id;
  WdPriority priority;
  char *trigger;
  char *job_id;
  gboolean reset;
  gboolean force;
  WdTristate needs_gas;
  WdTristate needs_consolidation;
  WdBulkRequest *bulk;
  GHashTable *filter;
  gint64 confirm;
  GPtrArray *unknown;
  char *field;
} WdWireOrder;

WdWireOrder *wd_wire_order_new (void);
void         wd_wire_order_free (WdWireOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdWireOrder, wd_wire_order_free)

gboolean wd_wire_order_read_dispatch (WdWireOrder *self, const char *json, gsize length,
                                      GError **error);
gboolean wd_wire_order_read_retry (WdWireOrder *self, const char *json, gsize length,
                                   GError **error);
gboolean wd_wire_order_read_flags (WdWireOrder *self, const char *json, gsize length,
                                   GError **error);

G_END_DECLS
