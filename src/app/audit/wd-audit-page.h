/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-workspace.h"

G_BEGIN_DECLS

#define WD_TYPE_AUDIT_PAGE (wd_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (WdAuditPage, wd_audit_page, WD, AUDIT_PAGE, GtkWidget)

WdAuditPage *wd_audit_page_new (WdWorkspace *workspace);
void         wd_audit_page_focus_search (WdAuditPage *self);

G_END_DECLS
