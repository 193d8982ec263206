/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-filter-language.h"
#include "session/wd-column-layout.h"

G_BEGIN_DECLS

#define WD_TYPE_SAVED_VIEW (wd_saved_view_get_type ())
G_DECLARE_FINAL_TYPE (WdSavedView, wd_saved_view, WD, SAVED_VIEW, GObject)

WdSavedView    *wd_saved_view_new (const char *name, const char *page, const char *filter,
                                   WdColumnLayout *columns);
WdSavedView    *wd_saved_view_new_broken (const char *name, const char *page, const char *filter,
                                          WdColumnLayout *columns, const char *problem);
WdSavedView    *wd_saved_view_rename (WdSavedView *self, const char *name);

const char     *wd_saved_view_get_name (WdSavedView *self);
const char     *wd_saved_view_get_page (WdSavedView *self);
const char     *wd_saved_view_get_filter (WdSavedView *self);
WdColumnLayout *wd_saved_view_get_columns (WdSavedView *self);
const char     *wd_saved_view_get_problem (WdSavedView *self);
gboolean        wd_saved_view_equal (WdSavedView *a, WdSavedView *b);

gboolean        wd_saved_view_check_name (const char *name, GError **error);
const WdFilterLanguage *wd_saved_view_find_language (const char *page);
gpointer        wd_saved_view_read_filter (WdSavedView *self, WdTime now, GError **error);
char           *wd_saved_view_write_filter (const char *page, gconstpointer filter);

G_END_DECLS
