/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-outlook.h"

static void
clear_outlook (WdOutlook *self)
{
  g_clear_pointer (&self->wallets, g_ptr_array_unref);
  g_clear_pointer (&self->under_way, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdOutlook, wd_outlook, clear_outlook)

/**
 * wd_outlook_create:
 *
 * Returns: (transfer full): an outlook on no wallets, read now
 */
WdOutlook *
wd_outlook_create (void)
{
  WdOutlook *self = wd_outlook_new ();

  self->wallets = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  self->under_way = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
  self->read_at = wd_time_now ();
  return self;
}
