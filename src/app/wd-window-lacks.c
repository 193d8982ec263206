/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the window's actions take something that not every connection serves. */

#include "app/common/wd-lack.h"
#include "app/wd-window-private.h"

static const struct {
  const char *action;
  WdAbility ability;
  gboolean alone;    /* nothing else decides whether it can be done */
} needs[] = {
  { "win.export", WD_ABILITY_EXPORT, FALSE },
  { "win.retry-all", WD_ABILITY_BULK, FALSE },
  { "win.retry-error-group", WD_ABILITY_BULK, FALSE },
  { "win.trigger-all", WD_ABILITY_BULK, FALSE },
  { "win.set-flag-of-all", WD_ABILITY_BULK, FALSE },
  { "win.review", WD_ABILITY_OUTBOX, FALSE },
  { "win.show-drift", WD_ABILITY_DRIFT, FALSE },
  { "win.show-migrations", WD_ABILITY_MIGRATE, FALSE },
  { "win.show-errors", WD_ABILITY_ERRORS, TRUE },
  { "win.show-queue", WD_ABILITY_QUEUE_JOBS, TRUE },
  { "win.show-schedulers", WD_ABILITY_QUEUE_JOBS, TRUE },
  { "win.show-limits", WD_ABILITY_QUEUE_JOBS, TRUE },
};

static gboolean
is_lacking (WdWindow *self, const char *action)
{
  for (gsize i = 0; self->workspace != NULL && i < G_N_ELEMENTS (needs); i++)
    if (g_str_equal (needs[i].action, action))
      return wd_lack_get (self->workspace, needs[i].ability) != NULL;
  return FALSE;
}

/* @action can be done where @enabled and the connection serves it. */
void
wd_window_enable (WdWindow *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled && !is_lacking (self, action));
}

void
wd_window_update_lacks (WdWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needs); i++)
    if (needs[i].alone)
      wd_window_enable (self, needs[i].action, self->workspace != NULL);
}
