/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-audit-filter.h"
#include "model/wd-filter-field.h"
#include "model/wd-filter-text.h"

G_BEGIN_DECLS

/**
 * WdFilterLanguage:
 * @fields: (nullable) (array length=n_fields): what a line may ask for; %NULL for a search only
 * @n_fields: how many
 * @create: a filter that lets everything through, owned by the caller
 * @read: the filter a line means, owned by the caller; %NULL with the piece that is wrong
 * @write: the line a filter is written as, owned by the caller
 * @free: frees a filter
 *
 * How filters of one kind of list are written in one line.
 */
typedef struct {
  const WdFilterField *fields;
  gsize n_fields;
  gpointer (*create) (void);
  gpointer (*read) (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span,
                    GError **error);
  char *(*write) (gconstpointer filter, GTimeZone *zone);
  void (*free) (gpointer filter);
} WdFilterLanguage;

const WdFilterLanguage *wd_filter_language_jobs (void);
const WdFilterLanguage *wd_filter_language_wallets (void);
const WdFilterLanguage *wd_filter_language_audit (void);

G_END_DECLS
