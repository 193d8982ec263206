/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-filter.h"

G_BEGIN_DECLS

/**
 * WdRangeSpec:
 * @name: what it filters by, to be translated
 * @all_label: what it says when it filters nothing, likewise
 * @presets: (nullable) (array length=n_presets): ready choices besides own bounds, likewise
 * @lower_label: caption of the lower bound, likewise
 * @upper_label: caption of the upper bound, likewise
 * @placeholder: what a bound looks like, likewise
 * @is_valid: whether a text is a lower or an upper bound
 */
typedef struct {
  const char *name;
  const char *all_label;
  const char *const *presets;
  guint n_presets;
  const char *lower_label;
  const char *upper_label;
  const char *placeholder;
  gboolean (*is_valid) (const char *text, gboolean upper);
} WdRangeSpec;

#define WD_TYPE_RANGE_FILTER (wd_range_filter_get_type ())
G_DECLARE_FINAL_TYPE (WdRangeFilter, wd_range_filter, WD, RANGE_FILTER, WdFilter)

WdRangeFilter *wd_range_filter_new (const WdRangeSpec *spec);
int            wd_range_filter_get_preset (WdRangeFilter *self);
const char    *wd_range_filter_get_lower (WdRangeFilter *self);
const char    *wd_range_filter_get_upper (WdRangeFilter *self);
void           wd_range_filter_set_preset (WdRangeFilter *self, int preset);
void           wd_range_filter_set_bounds (WdRangeFilter *self, const char *lower,
                                           const char *upper);

G_END_DECLS
