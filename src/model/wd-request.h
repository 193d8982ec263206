/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "model/wd-job.h"
#include "model/wd-origin.h"
#include "model/wd-words.h"

G_BEGIN_DECLS

/**
 * WdDispatchRequest:
 * @job_type: which work
 * @wallets: (array zero-terminated=1): addresses; one named twice is refused the second time
 * @user_id: (nullable): %NULL takes each wallet's own
 * @priority: on the platform's scale, larger is more urgent
 * @force: lifts the duplicate guard and the unknown-wallet check, and nothing else
 * @trigger: (nullable): one of wd_trigger_words(); %NULL for `manual`
 * @origin: (owned) (nullable): on whose behalf; one with a key is for one wallet
 * @origins: (owned) (nullable) (element-type WdOrigin): beside @wallets: the same somebody, with
 *   the key that each was asked for under, where there is one; @origin has none then
 */
typedef struct {
  char *job_type;
  char **wallets;
  char *user_id;
  WdPriority priority;
  gboolean force;
  char *trigger;
  WdOrigin *origin;
  GPtrArray *origins;
} WdDispatchRequest;

WdDispatchRequest *wd_dispatch_request_new (const char *job_type);
WdDispatchRequest *wd_dispatch_request_copy (const WdDispatchRequest *self);
void               wd_dispatch_request_free (WdDispatchRequest *self);
gboolean           wd_dispatch_request_validate (const WdDispatchRequest *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdDispatchRequest, wd_dispatch_request_free)

/**
 * WdRetryRequest:
 * @ids: (nullable) (array zero-terminated=1): row ids or `job_id`s (row ids win)
 * @all_failed: (nullable): instead of @ids: every failed job the filter matches
 * @reset: start with the full number of attempts again
 * @force: lifts the duplicate guard, and nothing else
 * @origin: (owned) (nullable): on whose behalf; one with a key is for one job
 */
typedef struct {
  char **ids;
  WdJobFilter *all_failed;
  gboolean reset;
  gboolean force;
  WdOrigin *origin;
} WdRetryRequest;

WdRetryRequest *wd_retry_request_new (void);
WdRetryRequest *wd_retry_request_copy (const WdRetryRequest *self);
void            wd_retry_request_free (WdRetryRequest *self);
gboolean        wd_retry_request_validate (const WdRetryRequest *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRetryRequest, wd_retry_request_free)

gboolean wd_wallet_address_validate (const char *address, GError **error);
gboolean wd_dispatch_type_validate (const char *job_type, GError **error);

G_END_DECLS
