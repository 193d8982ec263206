/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"

G_BEGIN_DECLS

/**
 * WdWireKind:
 * @WD_WIRE_TEXT: a nullable string
 * @WD_WIRE_AMOUNT: a nullable decimal number, as text
 * @WD_WIRE_JSON: nullable JSON, as text
 * @WD_WIRE_TIME: a #WdTime
 * @WD_WIRE_INT: a #gint64, or %WD_INT_NONE
 * @WD_WIRE_FLAG: a #WdTristate
 *
 * What a field of a record holds.
 */
typedef enum {
  WD_WIRE_TEXT,
  WD_WIRE_AMOUNT,
  WD_WIRE_JSON,
  WD_WIRE_TIME,
  WD_WIRE_INT,
  WD_WIRE_FLAG,
} WdWireKind;

/**
 * WdWireField:
 * @name: in documents and in the header of a table; %NULL ends a table of fields
 * @kind: what it holds
 * @offset: in the record
 *
 * One field of a row, for every format it is written in.
 */
typedef struct {
  const char *name;
  WdWireKind kind;
  gsize offset;
} WdWireField;

void wd_wire_field_member (WdJsonWriter *writer, const WdWireField *field, gconstpointer record);
void wd_wire_fields_members (WdJsonWriter *writer, const WdWireField *fields,
                             gconstpointer record);
void wd_wire_fields_csv_header (GString *text, const WdWireField *fields);
void wd_wire_fields_csv_row (GString *text, const WdWireField *fields, gconstpointer record);

G_END_DECLS
