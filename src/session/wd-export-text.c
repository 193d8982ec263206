/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-export-text.h"

#include <glib/gi18n-lib.h>

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
  g_autofree char *rows = wd_format_count (wd_export_get_rows (export), format);
  g_autofree char *of = wd_format_count (total, format);
  g_autofree char *rate = wd_format_count ((gint64) wd_export_get_rate (export), format);

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
