/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-page.h"

G_BEGIN_DECLS

void wd_wire_page_totals_members (WdJsonWriter *writer, const WdPage *page);
void wd_wire_job_page_members (WdJsonWriter *writer, const WdPage *page);
void wd_wire_wallet_page_members (WdJsonWriter *writer, const WdPage *page);
void wd_wire_audit_page_members (WdJsonWriter *writer, const WdPage *page);

G_END_DECLS
