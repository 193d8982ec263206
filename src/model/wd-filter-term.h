/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdTextSpan:
 * @start: first byte
 * @end: the byte after the last
 *
 * A piece of a line of text.
 */
typedef struct {
  gsize start;
  gsize end;
} WdTextSpan;

/**
 * WdFilterOp:
 * @WD_FILTER_OP_IS: no operator, or `=`
 * @WD_FILTER_OP_CONTAINS: `~`
 *
 * What stands between a qualifier's colon and its value.
 */
typedef enum {
  WD_FILTER_OP_IS,
  WD_FILTER_OP_ABOVE,
  WD_FILTER_OP_AT_LEAST,
  WD_FILTER_OP_BELOW,
  WD_FILTER_OP_AT_MOST,
  WD_FILTER_OP_CONTAINS,
} WdFilterOp;

/**
 * WdFilterValue:
 * @text: (owned): without its quotes
 * @quoted: whether it stood in quotes
 * @span: where it stands, with its quotes
 */
typedef struct {
  char *text;
  gboolean quoted;
  WdTextSpan span;
} WdFilterValue;

/**
 * WdFilterTerm:
 * @name: (owned) (nullable): the qualifier; %NULL for a bare word
 * @path: (owned) (nullable) (array zero-terminated=1): what follows the first dot of @name
 * @negated: whether a minus stands before it
 * @op: how its values compare
 * @values: (owned) (element-type WdFilterValue): those between commas, at least one
 * @span: where all of it stands
 * @name_span: where @name stands, without minus and colon
 */
typedef struct {
  char *name;
  char **path;
  gboolean negated;
  WdFilterOp op;
  GPtrArray *values;
  WdTextSpan span;
  WdTextSpan name_span;
} WdFilterTerm;

void wd_filter_term_free (WdFilterTerm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdFilterTerm, wd_filter_term_free)

GPtrArray *wd_filter_terms_read (const char *text, WdTextSpan *span, GError **error);
gboolean   wd_filter_fail (WdTextSpan *span, WdTextSpan where, GError **error, const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

const char *wd_filter_op_text (WdFilterOp op);
void        wd_filter_append_value (GString *line, const char *value);
void        wd_filter_append_quoted (GString *line, const char *value);
void        wd_filter_append_path (GString *line, char **path);

G_END_DECLS
