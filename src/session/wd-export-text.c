/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-export-text.h"

#include <glib/gi18n-lib.h>

static char *
format_count (gint64 count, const WdNumberFormat *format)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return format != NULL ? wd_format_number (digits, format) : g_steal_pointer (&digits);
}

/**
 * wd_export_text_progress:
 * @export: an export under way
 * @format: (nullable): how numbers are written; %NULL for digits alone
 *
 * Returns: (transfer full): how far it is, of how much, and how fast
 */
char *
wd_export_text_progress (WdExport *export, const WdNumberFormat *format)
{
  gboolean is_exact;
  gint64 total = wd_export_get_total (export, &is_exact);
  g_autofree char *rows = format_count (wd_export_get_rows (export), format);
  g_autofree char *of = format_count (total, format);
  g_autofree char *rate = format_count ((gint64) wd_export_get_rate (export), format);

  if (total < 0)
    return g_strdup (_("Looking for the first rows…"));
  if (!is_exact)
    return g_strdup_printf (ngettext ("%s of about %s row, %s per second",
                                      "%s of about %s rows, %s per second", (gulong) total),
                            rows, of, rate);
  return g_strdup_printf (ngettext ("%s of %s row, %s per second", "%s of %s rows, %s per second",
                                    (gulong) total),
                          rows, of, rate);
}
