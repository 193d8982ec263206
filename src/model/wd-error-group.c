/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-error-group.h"

/**
 * wd_error_group_new:
 *
 * Returns: (transfer full): a group of nothing
 */
WdErrorGroup *
wd_error_group_new (void)
{
  WdErrorGroup *self = g_new0 (WdErrorGroup, 1);

  self->first_failed_at = WD_TIME_NONE;
  self->last_failed_at = WD_TIME_NONE;
  return self;
}

/**
 * wd_error_group_free:
 * @self: (transfer full) (nullable): a group
 */
void
wd_error_group_free (WdErrorGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->sample);
  g_strfreev (self->job_types);
  g_free (self->job_id);
  g_free (self);
}
