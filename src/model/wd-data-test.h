/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter-term.h"

G_BEGIN_DECLS

/**
 * WdDataTest:
 * @path: (array zero-terminated=1): keys, or places in an array, from the outside in; at least one
 * @op: how the value there compares
 * @value: a decimal number for the four comparisons, else any text
 *
 * One condition on a job's data. A number in the data is a number also where it stands in quotes,
 * as amounts do; what is none fulfils no comparison.
 */
typedef struct {
  char **path;
  WdFilterOp op;
  char *value;
} WdDataTest;

WdDataTest *wd_data_test_new (char **path, WdFilterOp op, const char *value);
void        wd_data_test_free (WdDataTest *self);

GPtrArray *wd_data_tests_copy (GPtrArray *tests);
gboolean   wd_data_tests_equal (GPtrArray *a, GPtrArray *b);

G_END_DECLS
