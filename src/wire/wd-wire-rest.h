/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-page.h"
#include "model/wd-result.h"
#include "model/wd-wallet-summary.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/**
 * WdWireLine:
 * @level: `info`, `warning` or `error`
 * @message: (nullable): for people
 * @request: (nullable): id of a request
 * @method: (nullable): of it
 * @path: (nullable): of it
 * @status: of its answer, or 0 where it is of no request
 * @microseconds: it took
 * @size: bytes of its answer
 * @token: (nullable): name of the token it came with
 * @address: (nullable): where it came from
 *
 * A line of the service's log.
 */
typedef struct {
  const char *level;
  const char *message;
  const char *request;
  const char *method;
  const char *path;
  guint status;
  gint64 microseconds;
  gsize size;
  const char *token;
  const char *address;
} WdWireLine;

void wd_wire_rest_jobs_members (WdJsonWriter *writer, const WdPage *page, guint limit,
                                gint64 offset);
void wd_wire_rest_wallets_members (WdJsonWriter *writer, const WdPage *page, guint limit,
                                   gint64 offset);
void wd_wire_rest_summary_members (WdJsonWriter *writer, const WdWalletSummary *summary);
void wd_wire_rest_done_members (WdJsonWriter *writer, const WdJobOutcome *outcome,
                                const char *message);
void wd_wire_rest_flags_members (WdJsonWriter *writer, const WdWallet *wallet,
                                 const char *message);
void wd_wire_rest_error_members (WdJsonWriter *writer, const char *message, const char *code,
                                 const char *field, const char *details);
void wd_wire_rest_alive_members (WdJsonWriter *writer);
void wd_wire_rest_ready_members (WdJsonWriter *writer, gboolean database, WdTristate queues);
char *wd_wire_rest_line (const WdWireLine *line);

G_END_DECLS
