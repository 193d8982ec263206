/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bars as text for other programs: all that is known of each, whichever chart it was copied from,
 * with the names of documents. */

#include "app/charts/wd-chart-copy.h"

#include "app/charts/wd-chart-row.h"
#include "wire/wd-wire-history.h"

static char *
format_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return value >= 0 ? g_strdup (g_ascii_formatd (text, sizeof text, "%.6f", value)) : NULL;
}

#define DEFINE_TIME(field)                                                        \
  static char *                                                                   \
  get_##field (gconstpointer record)                                              \
  {                                                                               \
    return wd_time_to_rfc3339 (((const WdHistoryPoint *) record)->field);         \
  }

#define DEFINE_COUNT(field)                                                       \
  static char *                                                                   \
  get_##field (gconstpointer record)                                              \
  {                                                                               \
    gint64 count = ((const WdHistoryPoint *) record)->field;                      \
                                                                                  \
    return count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : NULL;      \
  }

#define DEFINE_DURATION(measure, percentile)                                          \
  static char *                                                                       \
  get_##measure##_##percentile (gconstpointer record)                                 \
  {                                                                                   \
    gint64 us = ((const WdHistoryPoint *) record)->measure.percentile;                \
                                                                                      \
    return us >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", us / 1000,         \
                                      (int) (us % 1000)) : NULL;                      \
  }

DEFINE_TIME (from)
DEFINE_TIME (to)
DEFINE_COUNT (created)
DEFINE_COUNT (completed)
DEFINE_COUNT (failed)
DEFINE_COUNT (cancelled)
DEFINE_COUNT (unfinished)
DEFINE_DURATION (run, p50)
DEFINE_DURATION (run, p95)
DEFINE_DURATION (run, p99)
DEFINE_DURATION (wait, p50)
DEFINE_DURATION (wait, p95)
DEFINE_DURATION (wait, p99)

static char *
get_success (gconstpointer record)
{
  return format_number (wd_history_point_get_success (record));
}

static char *
get_retries (gconstpointer record)
{
  return format_number (((const WdHistoryPoint *) record)->retries);
}

static void
write_point (WdJsonWriter *writer, gconstpointer record)
{
  wd_wire_history_point_members (writer, record);
}

static gconstpointer
get_point (gpointer item)
{
  return wd_chart_row_get_point (item);
}

/**
 * wd_chart_copy:
 *
 * Returns: (transfer none): how a #WdChartRow is copied
 */
const WdCopyKind *
wd_chart_copy (void)
{
  static const WdCopyColumn columns[] = {
    { "from", get_from },
    { "to", get_to },
    { "created", get_created },
    { "completed", get_completed },
    { "failed", get_failed },
    { "cancelled", get_cancelled },
    { "unfinished", get_unfinished },
    { "success_rate", get_success },
    { "retries_per_job", get_retries },
    { "run_p50_ms", get_run_p50 },
    { "run_p95_ms", get_run_p95 },
    { "run_p99_ms", get_run_p99 },
    { "wait_p50_ms", get_wait_p50 },
    { "wait_p95_ms", get_wait_p95 },
    { "wait_p99_ms", get_wait_p99 },
  };
  static const WdCopyKind kind = { .columns = columns, .n_columns = G_N_ELEMENTS (columns),
                                   .write = write_point, .get_record = get_point };

  return &kind;
}
