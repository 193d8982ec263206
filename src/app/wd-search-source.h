/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-application.h"
#include "backend/wd-backend.h"

G_BEGIN_DECLS

#define WD_TYPE_SEARCH_SOURCE (wd_search_source_get_type ())
G_DECLARE_FINAL_TYPE (WdSearchSource, wd_search_source, WD, SEARCH_SOURCE, GObject)

WdSearchSource *wd_search_source_new (WdApplication *application);

gboolean    wd_search_source_open (WdSearchSource *self);
WdBackend  *wd_search_source_get_backend (WdSearchSource *self);
const char *wd_search_source_get_connection (WdSearchSource *self);

G_END_DECLS
