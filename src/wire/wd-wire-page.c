/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-page.h"

#include "wire/wd-wire-audit.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-value.h"
#include "wire/wd-wire-wallet.h"

/**
 * wd_wire_page_totals_members:
 * @writer: a writer inside an object
 * @page: a page of anything
 *
 * Writes how many there are, and where the next page begins.
 */
void
wd_wire_page_totals_members (WdJsonWriter *writer, const WdPage *page)
{
  wd_wire_count_member (writer, "total", page->total);
  wd_json_writer_boolean_member (writer, "total_is_exact", page->total_is_exact);
  wd_json_writer_string_member (writer, "next_cursor", page->next_cursor);
}

/**
 * wd_wire_job_page_members:
 * @writer: a writer inside an object
 * @page: a page of #WdJob
 */
void
wd_wire_job_page_members (WdJsonWriter *writer, const WdPage *page)
{
  wd_json_writer_name (writer, "jobs");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < page->items->len; i++)
    wd_wire_job (writer, page->items->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_page_totals_members (writer, page);
}

/**
 * wd_wire_wallet_page_members:
 * @writer: a writer inside an object
 * @page: a page of #WdWallet
 */
void
wd_wire_wallet_page_members (WdJsonWriter *writer, const WdPage *page)
{
  wd_json_writer_name (writer, "wallets");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < page->items->len; i++)
    wd_wire_wallet (writer, page->items->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_page_totals_members (writer, page);
}

/**
 * wd_wire_audit_page_members:
 * @writer: a writer inside an object
 * @page: a page of #WdAuditEntry
 */
void
wd_wire_audit_page_members (WdJsonWriter *writer, const WdPage *page)
{
  wd_json_writer_name (writer, "entries");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < page->items->len; i++)
    wd_wire_audit_entry (writer, page->items->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_page_totals_members (writer, page);
}
