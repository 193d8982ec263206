/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WD_EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

void wd_exposition_family (GString *text, const char *name, const char *type, const char *help);
void wd_exposition_count (GString *text, const char *name, gint64 value, ...)
  G_GNUC_NULL_TERMINATED;
void wd_exposition_number (GString *text, const char *name, double value, ...)
  G_GNUC_NULL_TERMINATED;

G_END_DECLS
