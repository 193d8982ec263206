/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "model/wd-audit-entry.h"

G_BEGIN_DECLS

#define WD_TYPE_AUDIT_DIALOG (wd_audit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WdAuditDialog, wd_audit_dialog, WD, AUDIT_DIALOG, AdwWindow)

WdAuditDialog *wd_audit_dialog_new (const WdAuditEntry *entry);

G_END_DECLS
