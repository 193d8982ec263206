/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Controls of what a connection does not serve. */

#include "app/common/wd-lack.h"

#include <glib/gi18n-lib.h>

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
  if (ability == WD_ABILITY_WRITE && wd_workspace_get_profile (workspace)->read_only)
    return _("This connection is read-only");
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

typedef struct {
  GtkWidget *widget;         /* not owned: it outlives the closure */
  WdWorkspace *workspace;    /* (owned): until the control is gone */
  WdAbility ability;
  char *tooltip;             /* (owned) (nullable): of the control while it can be used */
} Follower;

static void
follower_free (gpointer data, GClosure *closure)
{
  Follower *self = data;

  g_object_unref (self->workspace);
  g_free (self->tooltip);
  g_free (self);
}

static void
abilities_cb (Follower *self)
{
  const char *reason = wd_lack_get (self->workspace, self->ability);

  gtk_widget_set_sensitive (self->widget, reason == NULL);
  gtk_widget_set_tooltip_text (self->widget, reason != NULL ? reason : self->tooltip);
}

/**
 * wd_lack_follow:
 * @widget: a control that takes @ability, and nothing else
 * @workspace: what is looked at
 * @ability: what is wanted of its connection
 *
 * As wd_lack_disable(), and again whenever that is known better: of a remote dashboard it is only
 * known when that has answered.
 */
void
wd_lack_follow (GtkWidget *widget, WdWorkspace *workspace, WdAbility ability)
{
  Follower *self = g_new0 (Follower, 1);
  GClosure *closure = g_cclosure_new_swap (G_CALLBACK (abilities_cb), self, follower_free);

  self->widget = widget;
  self->workspace = g_object_ref (workspace);
  self->ability = ability;
  self->tooltip = g_strdup (gtk_widget_get_tooltip_text (widget));
  g_object_watch_closure (G_OBJECT (widget), closure);
  g_signal_connect_closure (wd_workspace_get_backend (workspace), "abilities-changed", closure,
                            FALSE);
  wd_lack_disable (widget, workspace, ability);
}
