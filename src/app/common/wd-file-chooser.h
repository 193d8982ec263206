/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WdFileChooserFunc:
 * @file: (nullable): what was chosen; %NULL when nothing was
 * @data: as given
 */
typedef void (*WdFileChooserFunc) (GFile *file, gpointer data);

/**
 * WdFileChooserSpec:
 * @title: of the dialog
 * @accept: what its button says
 * @filter_name: (nullable): what the patterns stand for
 * @patterns: (nullable) (array zero-terminated=1): which files are offered first
 */
typedef struct {
  const char *title;
  const char *accept;
  const char *filter_name;
  const char *const *patterns;
} WdFileChooserSpec;

void wd_file_chooser_open (GtkWidget *widget, const WdFileChooserSpec *spec,
                           WdFileChooserFunc func, gpointer data, GDestroyNotify destroy);
void wd_file_chooser_save (GtkWidget *widget, const WdFileChooserSpec *spec, const char *name,
                           WdFileChooserFunc func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
