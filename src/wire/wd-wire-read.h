/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "base/wd-json-members.h"
#include "wire/wd-wire-field.h"

G_BEGIN_DECLS

/**
 * WdWireAlias:
 * @name: of a member; %NULL ends a table of them
 * @field: which field it stands for
 * @is_better: it is taken rather than the field's own member where it is there and no null; else
 *   only where that is missing or null
 *
 * Another name under which some servers send a field.
 */
typedef struct {
  const char *name;
  const char *field;
  gboolean is_better;
} WdWireAlias;

const char *wd_wire_read_document (const char *text, gsize length, GError **error);
gboolean    wd_wire_read_fields (const WdWireField *fields, const WdWireAlias *aliases,
                                 const char *object, gpointer record, GError **error);
gboolean    wd_wire_read_member (const char *object, const char *name, WdJsonMember *member);
char       *wd_wire_read_text_member (const char *object, const char *name);
gboolean    wd_wire_read_count (const char *object, const char *name, gint64 missing,
                                gint64 *count, GError **error);
gboolean    wd_wire_read_boolean (const char *object, const char *name, gboolean *value,
                                  GError **error);
gboolean    wd_wire_read_array (const char *object, const char *name, guint max,
                                WdJsonMembers *members, GError **error);
gboolean    wd_wire_read_refuse (const char *name, GError **error);

G_END_DECLS
