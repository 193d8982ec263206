/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-bulk-run.h"

static void
clear_run (WdBulkRun *self)
{
  g_free (self->id);
  g_free (self->operation);
  g_free (self->state);
  g_free (self->created_by);
  g_free (self->last_error);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdBulkRun, wd_bulk_run, clear_run)

/**
 * wd_bulk_count_free:
 * @self: (transfer full): a count
 */
void
wd_bulk_count_free (WdBulkCount *self)
{
  g_free (self->job_type);
  g_free (self);
}
