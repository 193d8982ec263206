/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-bulk-item.h"

static void
clear_item (WdBulkItem *self)
{
  g_free (self->job_log_id);
  g_free (self->wallet_address);
  g_free (self->network);
  g_free (self->job_type);
  g_free (self->status);
  g_free (self->flags);
  g_free (self->forecast);
  g_free (self->result);
  g_free (self->reason);
}

WD_DEFINE_RECORD (WdBulkItem, wd_bulk_item, clear_item)
