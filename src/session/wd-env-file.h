/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdEnvFile:
 * @names: (element-type utf8): in the order of the file, each once
 * @values: (element-type utf8 utf8): by name
 * @n_unread: lines that are no assignment
 *
 * What a `.env` sets.
 */
typedef struct {
  GPtrArray *names;
  GHashTable *values;
  guint n_unread;
} WdEnvFile;

WdEnvFile  *wd_env_file_parse (const char *text, gssize length);
void        wd_env_file_free (WdEnvFile *self);
const char *wd_env_file_get (const WdEnvFile *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdEnvFile, wd_env_file_free)

G_END_DECLS
