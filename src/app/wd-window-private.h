/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-flag-editor.h"
#include "app/bulk/wd-bulk-bar.h"
#include "app/common/wd-banner.h"
#include "app/common/wd-list-page.h"
#include "app/connections/wd-connections.h"
#include "app/connections/wd-migrations-banner.h"
#include "app/connections/wd-welcome-page.h"
#include "app/export/wd-export-bar.h"
#include "app/wd-connection-header.h"
#include "app/wd-inhibition.h"
#include "app/wd-live-button.h"
#include "app/wd-window.h"
#include "session/wd-saved-views.h"

G_BEGIN_DECLS

/* The pages of one connection, kept while another is shown. */
typedef struct {
  WdWorkspace *workspace;    /* (owned) */
  GtkStack *stack;           /* not owned: among the window's views */
  char *page;                /* (owned) */
  GQueue *details;           /* (owned) (element-type GtkWidget): while another is shown */
} WdWindowView;

struct _WdWindow {
  AdwApplicationWindow parent_instance;

  WdConnections *connections;   /* (owned) (nullable) */
  GPtrArray *kept;           /* (owned) (element-type WdWindowView) */
  GtkStack *edited;          /* (owned) (nullable): pages of what is about to be opened anew */

  WdWorkspace *workspace;    /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  char *page;                /* (owned) (nullable): the page chosen in the sidebar */
  GQueue *details;           /* (owned) (element-type GtkWidget): the stack's; the last on top */
  WdFlagEditor *flags;       /* (owned) (nullable): once a flag was set */
  WdTime undelivered_since;  /* or WD_TIME_NONE */
  gboolean asking_to_leave;  /* though a bulk run is under way */
  gboolean leaving;          /* closed when all bulk runs rest */
  WdSavedViews *saved_views; /* (owned) (nullable): until it is disposed of */
  GMenu *views_menu;         /* (owned): of the page that is shown */
  WdSavedView *menu_view;    /* (owned) (nullable): the view that menu is about */
  WdInhibition *inhibition;  /* (owned) (nullable): while it is busy */
  char *problem;             /* (owned) (nullable): why there is no workspace */

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  AdwHeaderBar *sidebar_header;
  AdwHeaderBar *header;
  WdConnectionHeader *connection;
  GtkListBox *sidebar;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *trigger;
  GtkMenuButton *menu_button;
  GtkWidget *search;
  WdBanner *banner;
  WdBanner *undelivered;
  WdBanner *sample_mark;
  GtkStack *views;
  GtkStack *stack;           /* the pages of the connection that is shown */
  WdWelcomePage *welcome;
  WdMigrationsBanner *migrations;
  WdBulkBar *bulk;
  WdExportBar *export;
  WdLiveButton *live;
  GtkWidget *sidebar_box;
  GtkWidget *sidebar_edge;
};

/* wd-window.c */
void wd_window_update (WdWindow *self);
void wd_window_update_running (WdWindow *self);
const char *wd_window_select_row (WdWindow *self, const char *page);
guint wd_window_get_n_pages (void);

/* wd-window-actions.c */
void wd_window_install_actions (GtkWidgetClass *widget_class);

/* wd-window-alerts.c */
void wd_window_install_alert_actions (GtkWidgetClass *widget_class);
void wd_window_update_alerts (WdWindow *self);
void wd_window_update_counts (WdWindow *self);

/* wd-window-bulk.c */
void wd_window_install_bulk_actions (GtkWidgetClass *widget_class);
void wd_window_update_bulk (WdWindow *self);
gboolean wd_window_check_filter (WdWindow *self, WdListPage *page);
void wd_window_retry_many (WdWindow *self, const char *const *ids);
void wd_window_trigger_many (WdWindow *self, const char *type, const char *const *addresses);
void wd_window_bulk_changed_cb (WdWindow *self);
gboolean wd_window_has_to_stay (WdWindow *self);

/* wd-window-connections.c */
void wd_window_install_connection_actions (GtkWidgetClass *widget_class);
void wd_window_view_free (WdWindowView *view);
void wd_window_update_connection (WdWindow *self);

/* wd-window-live.c */
void wd_window_set_up_live (WdWindow *self);
void wd_window_update_live (WdWindow *self);

/* wd-window-export.c */
void wd_window_install_export_actions (GtkWidgetClass *widget_class);
void wd_window_update_export (WdWindow *self);
void wd_window_enable (WdWindow *self, const char *action, gboolean enabled);
void wd_window_update_lacks (WdWindow *self);
void wd_window_export_ended_cb (WdWindow *self, WdExport *export, GFile *file,
                                const GError *error);

/* wd-window-lists.c */
void wd_window_install_list_actions (GtkWidgetClass *widget_class);

/* wd-window-queues.c */
void wd_window_install_queue_actions (GtkWidgetClass *widget_class);

/* wd-window-sample.c */
void wd_window_install_sample_actions (GtkWidgetClass *widget_class);
gboolean wd_window_is_sample (WdWindow *self);
void wd_window_update_sample (WdWindow *self);

/* wd-window-focus.c */
void wd_window_cycle_focus (WdWindow *self, gboolean forward);

/* wd-window-palette.c */
void wd_window_show_palette (WdWindow *self, const char *text);

/* wd-window-details.c */
GtkWidget *wd_window_get_detail (WdWindow *self);
const char *wd_window_get_detail_title (WdWindow *self);
gboolean wd_window_is_detail_ready (WdWindow *self);
void wd_window_show_queue (WdWindow *self, const char *queue, const char *state);
void wd_window_show_queue_job (WdWindow *self, const char *queue, const char *id);
void wd_window_show_job_of_list (WdWindow *self, const char *id, WdPagedList *list);
void wd_window_close_details (WdWindow *self);
void wd_window_go_back (WdWindow *self);

/* wd-window-pages.c */
GtkWidget *wd_window_ensure_page (WdWindow *self, const char *page);

void wd_window_choose_page (WdWindow *self, const char *page);

/* wd-window-view-actions.c */
void wd_window_install_view_actions (GtkWidgetClass *widget_class);
void wd_window_save_view (WdWindow *self, WdSavedView *view, WdListPage *page);

/* wd-window-view-files.c */
void wd_window_install_view_file_actions (GtkWidgetClass *widget_class);

/* wd-window-views.c */
void wd_window_set_up_views (WdWindow *self);
void wd_window_set_up_page_views (WdWindow *self, WdListPage *page, const char *name);
void wd_window_update_views (WdWindow *self);
void wd_window_open_view (WdWindow *self, WdSavedView *view);
WdListPage *wd_window_get_view_page (WdWindow *self);
WdSavedView *wd_window_get_view (WdWindow *self);
GtkListBoxRow *wd_window_find_view_row (WdWindow *self, const char *page);
gboolean wd_window_is_row_shown (WdWindow *self, GtkListBoxRow *row);

/* wd-window-trouble.c */
void wd_window_update_trouble (WdWindow *self);

G_END_DECLS
