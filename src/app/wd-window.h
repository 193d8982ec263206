/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/connections/wd-connections.h"

G_BEGIN_DECLS

#define WD_TYPE_WINDOW (wd_window_get_type ())
G_DECLARE_FINAL_TYPE (WdWindow, wd_window, WD, WINDOW, AdwApplicationWindow)

WdWindow *wd_window_new (GApplication *application, GSettings *settings);
void      wd_window_set_connections (WdWindow *self, WdConnections *connections);
void      wd_window_set_workspace (WdWindow *self, WdWorkspace *workspace, const char *page);
void      wd_window_show_problem (WdWindow *self, const GError *error);
void      wd_window_show_page (WdWindow *self, const char *page);
void      wd_window_show_job (WdWindow *self, const char *id);
void      wd_window_show_errors (WdWindow *self);
void      wd_window_show_drift (WdWindow *self);
void      wd_window_show_wallet (WdWindow *self, const char *address);
AdwToast *wd_window_toast (WdWindow *self, const char *text);
AdwToast *wd_window_toast_lasting (WdWindow *self, const char *button);
void      wd_window_toast_done (WdWindow *self, const char *text, WdWorkspace *workspace,
                                const char *action, GVariant *target);
gboolean  wd_window_go_to (WdWindow *self, WdWorkspace *workspace);
void      wd_window_save_report (WdWindow *self, WdBackend *backend, const char *run_id);
gboolean  wd_window_is_ready (WdWindow *self);
gboolean  wd_window_may_leave (WdWindow *self);
gboolean  wd_window_is_busy (WdWindow *self);
gboolean  wd_window_is_hopeless (WdWindow *self);
char     *wd_window_dup_problem (WdWindow *self);

G_END_DECLS
