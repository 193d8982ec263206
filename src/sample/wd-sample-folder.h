/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wd_sample_folder_choose (GError **error);
char *wd_sample_folder_make (const char *parent, int *lock, GError **error);
void  wd_sample_folder_remove (const char *folder);
void  wd_sample_folder_remove_left (const char *parent);

G_END_DECLS
