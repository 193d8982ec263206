/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter-field.h"
#include "model/wd-filter-term.h"

G_BEGIN_DECLS

/**
 * WdFilterChoice:
 * @text: (owned): what it writes in place of the piece; ends in a space where the term is complete
 * @help: (owned): what it means, for people
 */
typedef struct {
  char *text;
  char *help;
} WdFilterChoice;

/**
 * WdFilterWords:
 * @name: a qualifier
 * @words: (nullable) (array zero-terminated=1): what values it has in this database
 */
typedef struct {
  const char *name;
  const char *const *words;
} WdFilterWords;

GPtrArray *wd_filter_complete (const WdFilterField *fields, gsize n_fields,
                               const WdFilterWords *known, const char *text, gsize cursor,
                               WdTextSpan *piece);

G_END_DECLS
