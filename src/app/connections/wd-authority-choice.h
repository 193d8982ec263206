/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WdAuthorityFunc:
 * @file: what was chosen
 * @path: (nullable): of certificates that stay; %NULL where @error
 * @error: (nullable): what was wrong with it
 * @data: of the call
 *
 * Told of a file that was chosen.
 */
typedef void (*WdAuthorityFunc) (GFile *file, const char *path, const GError *error,
                                 gpointer data);

void wd_authority_choose (GtkWidget *widget, WdAuthorityFunc func, gpointer data,
                          GDestroyNotify destroy);

G_END_DECLS
