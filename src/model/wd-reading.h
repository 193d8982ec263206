/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-alert-metric.h"

G_BEGIN_DECLS

/**
 * WdReadingState:
 * @WD_READING_UNKNOWN: nobody could tell: opens nothing and ends nothing
 * @WD_READING_ABSENT: the metric was measured, and there is nothing of that name
 * @WD_READING_KNOWN: it has a value
 */
typedef enum {
  WD_READING_UNKNOWN,
  WD_READING_ABSENT,
  WD_READING_KNOWN,
} WdReadingState;

/**
 * WdReading:
 *
 * What was measured at one moment: for each metric, and for each type of job or other subject of
 * it, a value, or that it is not known. A metric that nobody spoke of is not known as a whole.
 */
typedef struct _WdReading WdReading;

/**
 * WdReadingFunc:
 * @subject: a type of job, or whatever else the metric is about
 * @data: as given
 */
typedef void (*WdReadingFunc) (const char *subject, gpointer data);

WdReading     *wd_reading_new (void);
void           wd_reading_free (WdReading *self);
void           wd_reading_measured (WdReading *self, WdAlertMetric metric);
void           wd_reading_measured_part (WdReading *self, WdAlertMetric metric);
void           wd_reading_set (WdReading *self, WdAlertMetric metric, const char *subject,
                               gint64 value);
void           wd_reading_set_unknown (WdReading *self, WdAlertMetric metric,
                                       const char *subject);
void           wd_reading_merge (WdReading *self, const WdReading *other);
WdReadingState wd_reading_look (const WdReading *self, WdAlertMetric metric, const char *subject,
                                gint64 *value);
gboolean       wd_reading_tells (const WdReading *self, WdAlertMetric metric);
void           wd_reading_foreach (const WdReading *self, WdAlertMetric metric, WdReadingFunc func,
                                   gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdReading, wd_reading_free)

G_END_DECLS
