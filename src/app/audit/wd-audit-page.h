/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-list-page.h"

G_BEGIN_DECLS

#define WD_TYPE_AUDIT_PAGE (wd_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (WdAuditPage, wd_audit_page, WD, AUDIT_PAGE, WdListPage)

WdAuditPage *wd_audit_page_new (WdWorkspace *workspace);

G_END_DECLS
