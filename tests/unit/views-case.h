/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-saved-views.h"

G_BEGIN_DECLS

/* Views in a folder of their own, and each request until it is answered. */
typedef struct {
  char *folder;              /* (owned) */
  char *path;                /* (owned) */
  char *other;               /* (owned): a file to give away */
  WdSavedViews *views;       /* (owned) */
} ViewsCase;

void views_case_set_up (ViewsCase *fixture, gconstpointer user_data);
void views_case_tear_down (ViewsCase *fixture, gconstpointer user_data);
gboolean views_case_load (ViewsCase *fixture, GError **error);
gboolean views_case_save (ViewsCase *fixture, WdSavedView *view, const char *replaces,
                          GError **error);
gboolean views_case_move (ViewsCase *fixture, const char *name, guint position,
                          GError **error);
gboolean views_case_import (ViewsCase *fixture, GKeyFile *from, const char *const *names,
                            GError **error);
GKeyFile *views_case_remove_view (ViewsCase *fixture, const char *name, GError **error);
gboolean views_case_restore (ViewsCase *fixture, GKeyFile *removed, guint position,
                          GError **error);
gboolean views_case_export_to (ViewsCase *fixture, const char *name, GError **error);
GKeyFile *views_case_read_other (ViewsCase *fixture, GError **error);
void views_case_write_text (const char *path, const char *text);
char *views_case_read_text (const char *path);
char *views_case_list_names (GListModel *views);

#define assert_names(fixture, expected)                                  \
  G_STMT_START                                                           \
    {                                                                    \
      g_autofree char *names_ = views_case_list_names (G_LIST_MODEL ((fixture)->views)); \
                                                                         \
      g_assert_cmpstr (names_, ==, expected);                            \
    }                                                                    \
  G_STMT_END

G_END_DECLS
