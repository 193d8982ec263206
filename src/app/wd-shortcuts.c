/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All keys of the window in one table: the application sets them, the palette shows them beside
 * their actions, and a test holds the window of shortcuts against it. */

#include "app/wd-shortcuts.h"

static const WdShortcut shortcuts[] = {
  { "app.help", { "F1" } },
  { "app.new-window", { "<Control><Shift>n" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.palette", { "<Control>k" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question" } },
  { "win.menu", { "F10" } },
  { "win.trigger-job", { "<Control>n" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.pause-updates", { "<Control><Shift>p" } },
  { "win.search", { "<Control>f" } },
  { "win.go-to", { "<Control>g" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.save-view", { "<Control>d" } },
  { "win.next-pane", { "F6" } },
  { "win.previous-pane", { "<Shift>F6" } },
  { "win.page::overview", { "<Control>1" } },
  { "win.page::wallets", { "<Control>2" } },
  { "win.page::jobs", { "<Control>3" } },
  { "win.page::queues", { "<Control>4" } },
  { "win.page::charts", { "<Control>5" } },
  { "win.page::alerts", { "<Control>6" } },
  { "win.page::audit", { "<Control>7" } },
  { "win.back", { "<Alt>Left" } },
  { NULL, { "Escape" } },
  { NULL, { "Return" } },
  { NULL, { "<Control>a" } },
  { NULL, { "<Control>c" } },
  { NULL, { "<Control><Shift>c" } },
  { NULL, { "<Control><Shift>j" } },
  { NULL, { "Menu", "<Shift>F10" } },
  { NULL, { "Page_Up", "Page_Down" } },
  { NULL, { "Home", "End" } },
  { NULL, { "<Alt>Up", "<Control>Page_Up" } },
  { NULL, { "<Alt>Down", "<Control>Page_Down" } },
  { NULL, { "F2" } },
  { NULL, { "Delete" } },
};

/**
 * wd_shortcuts:
 * @n_shortcuts: (out): how many
 *
 * Returns: (transfer none) (array length=n_shortcuts): all of them
 */
const WdShortcut *
wd_shortcuts (gsize *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/**
 * wd_shortcuts_find:
 * @action: detailed name of an action
 *
 * Returns: (transfer none) (nullable): its first key
 */
const char *
wd_shortcuts_find (const char *action)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL && g_strcmp0 (shortcuts[i].action, action) == 0)
      return shortcuts[i].accels[0];
  return NULL;
}

/**
 * wd_shortcuts_install:
 * @application: the application
 *
 * Gives its windows the keys of all actions.
 */
void
wd_shortcuts_install (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                             (const char *const *) shortcuts[i].accels);
}
