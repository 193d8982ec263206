/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-entry.h"

G_BEGIN_DECLS

/* An entry of the audit trail in words, for people. What comes from the database is in them as it
 * is: make it visible before it is shown. */

char *wd_audit_text_who (const WdAuditEntry *entry);
char *wd_audit_text_wallet (const WdAuditEntry *entry);
char *wd_audit_text_target (const WdAuditEntry *entry);
char *wd_audit_text_change (const WdAuditEntry *entry);

G_END_DECLS
