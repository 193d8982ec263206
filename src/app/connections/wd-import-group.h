/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WD_TYPE_IMPORT_GROUP (wd_import_group_get_type ())
G_DECLARE_FINAL_TYPE (WdImportGroup, wd_import_group, WD, IMPORT_GROUP, AdwPreferencesGroup)

void wd_import_group_show (WdImportGroup *self, const char *file_name, GPtrArray *notes);

G_END_DECLS
