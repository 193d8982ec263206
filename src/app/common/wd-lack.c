/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Controls of what a connection does not serve. */

#include "app/common/wd-lack.h"

/**
 * wd_lack_get:
 * @workspace: what is looked at
 * @ability: what is wanted of its connection
 *
 * Returns: (transfer none) (nullable): why it is lacking, or %NULL where it is not
 */
const char *
wd_lack_get (WdWorkspace *workspace, WdAbility ability)
{
  return wd_backend_get_lack (wd_workspace_get_backend (workspace), ability);
}

/**
 * wd_lack_disable:
 * @widget: a control that takes @ability
 * @workspace: what is looked at
 * @ability: what is wanted of its connection
 *
 * Where that is lacking the control is greyed and says why; else it is left as it is.
 *
 * Returns: whether it is lacking
 */
gboolean
wd_lack_disable (GtkWidget *widget, WdWorkspace *workspace, WdAbility ability)
{
  const char *reason = wd_lack_get (workspace, ability);

  if (reason == NULL)
    return FALSE;
  gtk_widget_set_sensitive (widget, FALSE);
  gtk_widget_set_tooltip_text (widget, reason);
  return TRUE;
}
