/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-filter-field.h"
#include "model/wd-filter-term.h"

G_BEGIN_DECLS

/**
 * WdFilterReader:
 *
 * What reads one line; the filter so far is the caller's.
 */
typedef struct {
  gpointer filter;
  const WdFilterField *fields;
  gsize n_fields;
  GTimeZone *zone;
  WdTime now;
  WdTextSpan *span;     /* (nullable) */
  GError **error;
} WdFilterReader;

#define WD_AT(reader, type, field, i) \
  (&G_STRUCT_MEMBER (type, (reader)->filter, (field)->offsets[i]))

#define WD_FAIL(reader, where, ...) \
  wd_filter_fail ((reader)->span, (where), (reader)->error, __VA_ARGS__)

gboolean wd_filter_fail_twice (const WdFilterReader *self, const WdFilterTerm *term);
gboolean wd_filter_not_negated (const WdFilterReader *self, const WdFilterTerm *term);
const WdFilterValue *wd_filter_single (const WdFilterReader *self,
                                              const WdFilterTerm *term);

gboolean wd_filter_read_times (const WdFilterReader *self, const WdFilterField *field,
                               const WdFilterTerm *term);
gboolean wd_filter_read_counts (const WdFilterReader *self, const WdFilterField *field,
                                const WdFilterTerm *term);
gboolean wd_filter_read_amounts (const WdFilterReader *self, const WdFilterField *field,
                                 const WdFilterTerm *term);
gboolean wd_filter_read_data (const WdFilterReader *self, const WdFilterField *field,
                              const WdFilterTerm *term);

G_END_DECLS
