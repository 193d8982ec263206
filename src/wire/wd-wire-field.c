/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire/wd-wire-field.h"

#include "base/wd-csv.h"
#include "model/wd-job.h"
#include "wire/wd-wire-value.h"

static const char *
get_text (const WdWireField *field, gconstpointer record)
{
  return G_STRUCT_MEMBER (char *, record, field->offset);
}

static gint64
get_int (const WdWireField *field, gconstpointer record)
{
  return G_STRUCT_MEMBER (gint64, record, field->offset);
}

static WdTristate
get_flag (const WdWireField *field, gconstpointer record)
{
  return G_STRUCT_MEMBER (WdTristate, record, field->offset);
}

/**
 * wd_wire_field_member:
 * @writer: a writer inside an object
 * @field: one of @record's
 * @record: a row
 *
 * Writes one field, null where it is absent. Amounts are strings, digit by digit as the database
 * gave them: a JSON number would pass through a double at whoever reads it.
 */
void
wd_wire_field_member (WdJsonWriter *writer, const WdWireField *field, gconstpointer record)
{
  switch (field->kind)
    {
    case WD_WIRE_TEXT:
    case WD_WIRE_AMOUNT:
      wd_json_writer_string_member (writer, field->name, get_text (field, record));
      break;
    case WD_WIRE_JSON:
      wd_wire_raw_member (writer, field->name, get_text (field, record));
      break;
    case WD_WIRE_TIME:
      wd_wire_time_member (writer, field->name, get_int (field, record));
      break;
    case WD_WIRE_INT:
      wd_wire_int_member (writer, field->name, get_int (field, record));
      break;
    case WD_WIRE_FLAG:
      wd_wire_tristate_member (writer, field->name, get_flag (field, record));
      break;
    }
}

/**
 * wd_wire_fields_members:
 * @writer: a writer inside an object
 * @fields: what @record has
 * @record: a row
 *
 * Writes every field, as wd_wire_field_member().
 */
void
wd_wire_fields_members (WdJsonWriter *writer, const WdWireField *fields, gconstpointer record)
{
  for (const WdWireField *field = fields; field->name != NULL; field++)
    wd_wire_field_member (writer, field, record);
}

/**
 * wd_wire_fields_csv_header:
 * @text: where it goes
 * @fields: whose names
 */
void
wd_wire_fields_csv_header (GString *text, const WdWireField *fields)
{
  for (const WdWireField *field = fields; field->name != NULL; field++)
    {
      if (field != fields)
        wd_csv_append_next (text);
      wd_csv_append_text (text, field->name);
    }
  wd_csv_append_end (text);
}

static void
append_cell (GString *text, const WdWireField *field, gconstpointer record)
{
  char buffer[WD_TIME_RFC3339_SIZE];

  switch (field->kind)
    {
    case WD_WIRE_TEXT:
    case WD_WIRE_JSON:
      wd_csv_append_text (text, get_text (field, record));
      break;
    case WD_WIRE_AMOUNT:
      wd_csv_append_number (text, get_text (field, record));
      break;
    case WD_WIRE_TIME:
      if (get_int (field, record) == WD_TIME_NONE)
        break;
      wd_time_write_rfc3339 (get_int (field, record), buffer);
      wd_csv_append_text (text, buffer);
      break;
    case WD_WIRE_INT:
      if (get_int (field, record) != WD_INT_NONE)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, get_int (field, record));
      break;
    case WD_WIRE_FLAG:
      if (get_flag (field, record) != WD_TRISTATE_UNSET)
        wd_csv_append_text (text, get_flag (field, record) == WD_TRISTATE_TRUE ? "true" : "false");
      break;
    }
}

/**
 * wd_wire_fields_csv_row:
 * @text: where it goes
 * @fields: what @record has
 * @record: a row
 *
 * Writes a row of CSV with a cell for every field, absent ones empty.
 */
void
wd_wire_fields_csv_row (GString *text, const WdWireField *fields, gconstpointer record)
{
  for (const WdWireField *field = fields; field->name != NULL; field++)
    {
      if (field != fields)
        wd_csv_append_next (text);
      append_cell (text, field, record);
    }
  wd_csv_append_end (text);
}
