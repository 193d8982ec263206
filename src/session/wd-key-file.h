/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GKeyFile *wd_key_file_load (const char *path, GError **error);
gboolean  wd_key_file_save (GKeyFile *file, const char *path, GError **error);
gboolean  wd_key_file_copy_group (GKeyFile *from, const char *name, GKeyFile *to,
                                  const char *new_name);

G_END_DECLS
