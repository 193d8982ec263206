/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WdShortcut:
 * @action: detailed name of an action; %NULL for keys that a widget answers by itself
 * @accels: (array zero-terminated=1): its keys
 *
 * Keys that do something.
 */
typedef struct {
  const char *action;
  const char *accels[3];
} WdShortcut;

const WdShortcut *wd_shortcuts (gsize *n_shortcuts);
const char       *wd_shortcuts_find (const char *action);
void              wd_shortcuts_install (GtkApplication *application);

G_END_DECLS
