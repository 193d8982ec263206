/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/wd-application.h"

G_BEGIN_DECLS

#define WD_TYPE_SEARCH_PROVIDER (wd_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (WdSearchProvider, wd_search_provider, WD, SEARCH_PROVIDER, GObject)

WdSearchProvider *wd_search_provider_new (WdApplication *application);
gboolean          wd_search_provider_export (WdSearchProvider *self, GDBusConnection *bus,
                                             const char *path, GError **error);
void              wd_search_provider_unexport (WdSearchProvider *self, GDBusConnection *bus);

G_END_DECLS
