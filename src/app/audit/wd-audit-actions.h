/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-row-actions.h"

G_BEGIN_DECLS

#define WD_TYPE_AUDIT_ACTIONS (wd_audit_actions_get_type ())
G_DECLARE_FINAL_TYPE (WdAuditActions, wd_audit_actions, WD, AUDIT_ACTIONS, WdRowActions)

WdAuditActions *wd_audit_actions_new (GtkWidget *page, WdTable *table, WdWorkspace *workspace);

G_END_DECLS
