/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"

G_BEGIN_DECLS

gboolean   wd_profile_validate (const WdProfile *self, GError **error);
char      *wd_profile_get_warning (const WdProfile *self);
WdProfile *wd_profile_file_read (GKeyFile *file, const char *name, GError **error);
void       wd_profile_file_write (GKeyFile *file, const WdProfile *profile);
gboolean   wd_profile_file_rename (GKeyFile *file, const char *name, const char *new_name);

G_END_DECLS
