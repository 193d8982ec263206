/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-error-report.h"

static void
clear_report (WdErrorReport *self)
{
  g_clear_pointer (&self->groups, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdErrorReport, wd_error_report, clear_report)

/**
 * wd_error_report_create:
 *
 * Returns: (transfer full): a report on no jobs, read now
 */
WdErrorReport *
wd_error_report_create (void)
{
  WdErrorReport *self = wd_error_report_new ();

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_error_group_free);
  self->is_complete = TRUE;
  self->read_at = wd_time_now ();
  return self;
}
