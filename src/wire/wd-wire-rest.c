/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service answers where that is not what `wdctl --json` prints: web clients call number
 * methods on amounts, so there they are numbers, digit by digit, with the exact text beside them
 * for whoever does not read numbers into doubles. */

#include "wire/wd-wire-rest.h"

#include "base/wd-decimal.h"
#include "base/wd-json-text.h"
#include "base/wd-time.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-page.h"
#include "wire/wd-wire-value.h"
#include "wire/wd-wire-wallet.h"

static gboolean
is_number (const char *text)
{
  return (g_ascii_isdigit (*text) || *text == '-') && wd_json_text_is_valid (text);
}

/* Infinity and what is no number at all stay text. */
static void
write_amount (WdJsonWriter *writer, const char *name, const char *text)
{
  g_autofree char *exact_name = g_strconcat (name, "_exact", NULL);
  g_autofree char *plain = text != NULL && !is_number (text) && wd_decimal_is_valid (text)
                           ? wd_decimal_expand (text) : g_strdup (text);

  wd_json_writer_name (writer, name);
  if (plain != NULL && is_number (plain))
    wd_json_writer_raw (writer, plain);
  else
    wd_json_writer_string (writer, text);
  wd_json_writer_string_member (writer, exact_name, text);
}

static void
write_wallet (WdJsonWriter *writer, const WdWallet *wallet)
{
  wd_json_writer_begin_object (writer);
  for (const WdWireField *field = wd_wire_wallet_fields (); field->name != NULL; field++)
    if (field->kind == WD_WIRE_AMOUNT)
      write_amount (writer, field->name, G_STRUCT_MEMBER (char *, wallet, field->offset));
    else
      wd_wire_field_member (writer, field, wallet);
  wd_json_writer_end_object (writer);
}

static void
write_place (WdJsonWriter *writer, guint limit, gint64 offset)
{
  wd_json_writer_int_member (writer, "limit", limit);
  wd_json_writer_int_member (writer, "offset", offset);
}

/**
 * wd_wire_rest_jobs_members:
 * @writer: a writer inside an object
 * @page: a page of #WdJob
 * @limit: how many were asked for
 * @offset: behind how many
 */
void
wd_wire_rest_jobs_members (WdJsonWriter *writer, const WdPage *page, guint limit, gint64 offset)
{
  wd_wire_job_page_members (writer, page);
  write_place (writer, limit, offset);
}

/**
 * wd_wire_rest_wallets_members:
 * @writer: a writer inside an object
 * @page: a page of #WdWallet
 * @limit: how many were asked for
 * @offset: behind how many
 */
void
wd_wire_rest_wallets_members (WdJsonWriter *writer, const WdPage *page, guint limit, gint64 offset)
{
  wd_json_writer_name (writer, "wallets");
  wd_json_writer_begin_array (writer);
  for (guint i = 0; i < page->items->len; i++)
    write_wallet (writer, page->items->pdata[i]);
  wd_json_writer_end_array (writer);
  wd_wire_page_totals_members (writer, page);
  write_place (writer, limit, offset);
}

/**
 * wd_wire_rest_summary_members:
 * @writer: a writer inside an object
 * @summary: all wallets in one line
 */
void
wd_wire_rest_summary_members (WdJsonWriter *writer, const WdWalletSummary *summary)
{
  wd_wire_count_member (writer, "total", summary->total);
  wd_wire_count_member (writer, "active_wallets", summary->active);
  wd_wire_count_member (writer, "needs_consolidation", summary->need_consolidation);
  wd_wire_count_member (writer, "needs_gas", summary->need_gas);
  write_amount (writer, "total_usdt_balance", summary->balance);
  write_amount (writer, "total_trx_balance", summary->trx_balance);
  wd_wire_count_member (writer, "new_wallets_today", summary->new_today);
  wd_wire_time_member (writer, "last_updated", summary->last_updated);
}

/**
 * wd_wire_rest_done_members:
 * @writer: a writer inside an object
 * @outcome: what a dispatch or a retry did
 * @message: for people
 *
 * That its queue does not have it yet is no failure: it will, and asking again would be wrong.
 */
void
wd_wire_rest_done_members (WdJsonWriter *writer, const WdJobOutcome *outcome, const char *message)
{
  wd_json_writer_boolean_member (writer, "success", TRUE);
  wd_json_writer_name (writer, "job");
  wd_wire_job (writer, outcome->job);
  wd_json_writer_boolean_member (writer, "delivered", outcome->delivered);
  wd_json_writer_string_member (writer, "message", message);
}

/**
 * wd_wire_rest_flags_members:
 * @writer: a writer inside an object
 * @wallet: as it is now
 * @message: for people
 */
void
wd_wire_rest_flags_members (WdJsonWriter *writer, const WdWallet *wallet, const char *message)
{
  wd_json_writer_boolean_member (writer, "success", TRUE);
  wd_json_writer_name (writer, "wallet");
  write_wallet (writer, wallet);
  wd_json_writer_string_member (writer, "message", message);
}

/**
 * wd_wire_rest_error_members:
 * @writer: a writer inside an object
 * @message: for people, in the words of the API
 * @code: for programs
 * @field: (nullable): what was wrong
 * @details: (nullable): more for people
 */
void
wd_wire_rest_error_members (WdJsonWriter *writer, const char *message, const char *code,
                            const char *field, const char *details)
{
  wd_json_writer_string_member (writer, "error", message);
  wd_json_writer_string_member (writer, "code", code);
  if (field != NULL)
    wd_json_writer_string_member (writer, "field", field);
  if (details != NULL)
    wd_json_writer_string_member (writer, "details", details);
}

/**
 * wd_wire_rest_alive_members:
 * @writer: a writer inside an object
 */
void
wd_wire_rest_alive_members (WdJsonWriter *writer)
{
  wd_json_writer_string_member (writer, "status", "ok");
}

/**
 * wd_wire_rest_ready_members:
 * @writer: a writer inside an object
 * @database: whether it answers
 * @queues: whether Redis does; unset where there is none
 */
void
wd_wire_rest_ready_members (WdJsonWriter *writer, gboolean database, WdTristate queues)
{
  wd_json_writer_string_member (writer, "status",
                                database && queues != WD_TRISTATE_FALSE ? "ready" : "not ready");
  wd_json_writer_boolean_member (writer, "database", database);
  wd_wire_tristate_member (writer, "queues", queues);
}

static void
write_if_there (WdJsonWriter *writer, const char *name, const char *value)
{
  if (value != NULL)
    wd_json_writer_string_member (writer, name, value);
}

/**
 * wd_wire_rest_line:
 * @line: of the log
 *
 * Returns: (transfer full): it as JSON, with a line end
 */
char *
wd_wire_rest_line (const WdWireLine *line)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_time_member (writer, "time", wd_time_now ());
  wd_json_writer_string_member (writer, "level", line->level);
  write_if_there (writer, "request_id", line->request);
  write_if_there (writer, "method", line->method);
  write_if_there (writer, "path", line->path);
  if (line->status != 0)
    {
      wd_json_writer_int_member (writer, "status", line->status);
      wd_json_writer_int_member (writer, "microseconds", line->microseconds);
      wd_json_writer_int_member (writer, "bytes", (gint64) line->size);
    }
  write_if_there (writer, "token", line->token);
  write_if_there (writer, "address", line->address);
  write_if_there (writer, "message", line->message);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish_line (writer);
}
