/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-lane.h"
#include "direct/wd-recovery-rule.h"

G_BEGIN_DECLS

/**
 * WdEvidence:
 *
 * What the Redis answering now shows of some outbox entries: which Redis it is, and of each entry
 * its receipt and its job's state.
 */
typedef struct _WdEvidence WdEvidence;

WdEvidence *wd_evidence_collect (WdLane *lane, GPtrArray *entries, gboolean to_send,
                                 GCancellable *cancellable, GError **error);
void        wd_evidence_free (WdEvidence *self);

const WdBullmqSite *wd_evidence_get_site (WdEvidence *self);
WdRecovery          wd_evidence_decide (WdEvidence *self, const WdOutboxEntry *entry, guint index,
                                        const char **reason);
gboolean            wd_evidence_may_order (WdEvidence *self, const WdOutboxEntry *entry,
                                           guint index);
gboolean            wd_evidence_is_noted (WdEvidence *self, const WdOutboxEntry *entry);
char               *wd_evidence_describe (WdEvidence *self, const WdOutboxEntry *entry,
                                          guint index);
WdOutboxState       wd_evidence_get_state (WdEvidence *self, const WdOutboxEntry *entry,
                                           guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdEvidence, wd_evidence_free)

G_END_DECLS
