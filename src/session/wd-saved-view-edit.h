/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-saved-view.h"

G_BEGIN_DECLS

GPtrArray *wd_saved_view_edit_list (GKeyFile *file);
GKeyFile  *wd_saved_view_edit_save (GKeyFile *file, WdSavedView *view, const char *replaces,
                                    GError **error);
GKeyFile  *wd_saved_view_edit_move (GKeyFile *file, const char *name, guint position,
                                    GError **error);
GKeyFile  *wd_saved_view_edit_remove (GKeyFile *file, const char *name, GError **error);
GKeyFile  *wd_saved_view_edit_import (GKeyFile *file, GKeyFile *from, char **names);
GKeyFile  *wd_saved_view_edit_restore (GKeyFile *file, GKeyFile *removed, guint position,
                                       GError **error);

G_END_DECLS
