/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as files hold them. Every file of a kind has the same columns under the names that documents
 * have, also from a site whose tables lack some: those are empty, or null. */

#include "wire/wd-wire-export.h"

#include "wire/wd-wire-audit.h"
#include "wire/wd-wire-bulk.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-wallet.h"

static const WdWireField *
get_fields (WdExportKind kind)
{
  switch (kind)
    {
    case WD_EXPORT_JOBS:
      return wd_wire_job_fields ();
    case WD_EXPORT_WALLETS:
      return wd_wire_wallet_fields ();
    case WD_EXPORT_AUDIT:
      return wd_wire_audit_fields ();
    case WD_EXPORT_BULK:
      return wd_wire_bulk_fields ();
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Line breaks in strings are escaped; others stand between the values of a column of type json. */
static void
append_line (GString *text, const WdWireField *fields, gconstpointer record)
{
  WdJsonWriter *writer = wd_json_writer_new ();
  g_autofree char *document = NULL;

  wd_json_writer_begin_object (writer);
  wd_wire_fields_members (writer, fields, record);
  wd_json_writer_end_object (writer);
  document = wd_json_writer_finish (writer);
  g_strdelimit (document, "\r\n", ' ');
  g_string_append (text, document);
  g_string_append_c (text, '\n');
}

/**
 * wd_wire_export_begin:
 * @text: where it goes
 * @kind: rows of what
 * @format: how they are written
 *
 * Writes what stands before the first row.
 */
void
wd_wire_export_begin (GString *text, WdExportKind kind, WdExportFormat format)
{
  g_return_if_fail (text != NULL);

  if (format == WD_EXPORT_CSV)
    wd_wire_fields_csv_header (text, get_fields (kind));
}

/**
 * wd_wire_export_rows:
 * @text: where they go
 * @kind: rows of what
 * @format: how they are written
 * @rows: records of @kind
 *
 * Any thread.
 */
void
wd_wire_export_rows (GString *text, WdExportKind kind, WdExportFormat format,
                     const GPtrArray *rows)
{
  const WdWireField *fields = get_fields (kind);

  g_return_if_fail (text != NULL && rows != NULL);

  for (guint i = 0; i < rows->len; i++)
    if (format == WD_EXPORT_CSV)
      wd_wire_fields_csv_row (text, fields, rows->pdata[i]);
    else
      append_line (text, fields, rows->pdata[i]);
}
