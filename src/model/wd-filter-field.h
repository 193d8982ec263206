/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdFilterKind:
 * @WD_FILTER_WORDS: any of some words, or none of them: char **, char **
 * @WD_FILTER_TEXT: one text, which the second forbids: char *, char * or nothing
 * @WD_FILTER_EXACT: one text, which may be empty: char *
 * @WD_FILTER_UUID: char *
 * @WD_FILTER_TIME: first and last moment, and how long ago each is: WdTime, WdTime, gint64, gint64
 * @WD_FILTER_COUNT: least and most, -1 for none: int, int
 * @WD_FILTER_AMOUNT: least and most, and whether each itself is out: char *, char *, gboolean,
 *   gboolean
 * @WD_FILTER_FLAG: WdTristate
 * @WD_FILTER_DATA: conditions on paths: GPtrArray
 * @WD_FILTER_SEARCH: what is no qualifier's: char *
 *
 * What a field takes, and the types of the filter's members that keep it.
 */
typedef enum {
  WD_FILTER_WORDS,
  WD_FILTER_TEXT,
  WD_FILTER_EXACT,
  WD_FILTER_UUID,
  WD_FILTER_TIME,
  WD_FILTER_COUNT,
  WD_FILTER_AMOUNT,
  WD_FILTER_FLAG,
  WD_FILTER_DATA,
  WD_FILTER_SEARCH,
} WdFilterKind;

#define WD_FILTER_NOT_KEPT G_MAXSIZE

/**
 * WdFilterField:
 * @name: the qualifier; %NULL for bare words
 * @kind: what it takes
 * @offsets: of the filter's members, as @kind says; %WD_FILTER_NOT_KEPT where there is none
 * @words: (nullable): the words known, %NULL-terminated; where there are such, others need quotes
 * @help: what it asks for, not translated yet
 */
typedef struct {
  const char *name;
  WdFilterKind kind;
  gsize offsets[4];
  const char *const *(*words) (void);
  const char *help;
} WdFilterField;

const WdFilterField *wd_job_filter_fields (gsize *n_fields);
const WdFilterField *wd_wallet_filter_fields (gsize *n_fields);
const char          *wd_filter_field_example (const WdFilterField *self);

G_END_DECLS
