/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdOptions:
 * @profile: (nullable): the connection profile to open
 * @page: (nullable): the page to open
 * @job: (nullable): the job to open
 * @wallet: (nullable): the wallet to open, by its address
 * @screenshot: (nullable): file to write a picture of the window to, then exit
 * @import_env: (nullable): a `.env` to begin a new connection with
 * @dark: whatever the system prefers
 * @light: likewise
 * @width: of the window, or 0
 * @height: of the window, or 0
 * @version: only tell the version
 * @new_window: show one more window
 * @failed_jobs: show the jobs that failed
 * @trigger_job: ask what job to trigger
 * @service: started by the desktop, which says later what is to be shown
 *
 * What the command line asks for.
 */
typedef struct {
  char *profile;
  char *page;
  char *job;
  char *wallet;
  char *screenshot;
  char *import_env;
  gboolean dark;
  gboolean light;
  int width;
  int height;
  gboolean version;
  gboolean new_window;
  gboolean failed_jobs;
  gboolean trigger_job;
  gboolean service;
} WdOptions;

WdOptions *wd_options_parse (int *argc, char ***argv, GError **error);
const char *wd_options_get_action (const WdOptions *self);
void       wd_options_free (WdOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdOptions, wd_options_free)

G_END_DECLS
