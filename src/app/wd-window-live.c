/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the window follows what happens. */

#include "app/wd-window-private.h"

static void
pause_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  WdWindow *self = data;

  g_simple_action_set_state (action, state);
  if (self->workspace != NULL)
    wd_workspace_set_paused (self->workspace, g_variant_get_boolean (state));
}

/**
 * wd_window_set_up_live:
 * @self: a new window, without its widgets yet
 *
 * Adds “win.pause-updates”.
 */
void
wd_window_set_up_live (WdWindow *self)
{
  g_autoptr (GSimpleAction) action
      = g_simple_action_new_stateful ("pause-updates", NULL, g_variant_new_boolean (FALSE));

  g_signal_connect_object (action, "change-state", G_CALLBACK (pause_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/**
 * wd_window_update_live:
 * @self: a window that shows another connection, or none
 */
void
wd_window_update_live (WdWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "pause-updates");
  gboolean paused = self->workspace != NULL && wd_workspace_get_paused (self->workspace);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->workspace != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (paused));
  wd_live_button_set_workspace (self->live, self->workspace);
  wd_live_button_set_compact (self->live, adw_leaflet_get_folded (self->leaflet));
}
