/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-flag-editor.h"
#include "app/common/wd-banner.h"
#include "app/wd-connection-header.h"
#include "app/wd-window.h"

G_BEGIN_DECLS

struct _WdWindow {
  AdwApplicationWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  char *page;                /* (owned) (nullable): the page chosen in the sidebar */
  GtkWidget *job_page;       /* (nullable): the stack's */
  WdFlagEditor *flags;       /* (owned) (nullable): once a flag was set */
  WdTime undelivered_since;  /* or WD_TIME_NONE */
  char *problem;             /* (owned) (nullable): why there is no workspace */

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  AdwHeaderBar *sidebar_header;
  WdConnectionHeader *connection;
  GtkListBox *sidebar;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *trigger;
  GtkMenuButton *menu_button;
  GtkWidget *search;
  WdBanner *banner;
  WdBanner *undelivered;
  GtkStack *stack;
  AdwStatusPage *message;
};

/* wd-window.c */
void wd_window_update (WdWindow *self);
const char *wd_window_select_row (WdWindow *self, const char *page);

/* wd-window-actions.c */
void wd_window_install_actions (GtkWidgetClass *widget_class);

/* wd-window-pages.c */
void wd_window_go_back (WdWindow *self);
GtkWidget *wd_window_ensure_page (WdWindow *self, const char *page);

/* wd-window-trouble.c */
void wd_window_update_trouble (WdWindow *self);

G_END_DECLS
