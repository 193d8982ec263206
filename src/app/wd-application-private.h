/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/alerts/wd-alert-notifier.h"
#include "app/wd-application.h"
#include "app/wd-seat.h"

G_BEGIN_DECLS

struct _WdApplication {
  AdwApplication parent_instance;

  const WdOptions *options;   /* not owned: main()'s */
  GSettings *settings;        /* (owned) (nullable): without an installed schema there are none */
  GPtrArray *seats;           /* (owned) (element-type WdSeat) */
  WdAlertNotifier *notifier;  /* (owned) */
  GObject *search;            /* (owned): a WdSearchProvider */
  gboolean imported;          /* the `.env` of the command line */
  gboolean watching;          /* goes on without a window, and is held for that */
  gboolean had_window;
  gboolean quitting;
  int exit_status;
};

void    wd_application_add_actions (WdApplication *self);
void    wd_application_present (WdApplication *self, WdSeat *seat);
void    wd_application_end_watching (WdApplication *self);
void    wd_application_stay (WdApplication *self, guint ms);
void    wd_application_open_links (GApplication *application, GFile **files, int n_files,
                                   const char *hint);
void    wd_application_add_first_seat (WdApplication *self);
WdSeat *wd_application_add_other_seat (WdApplication *self);
WdSeat *wd_application_find_connection (WdApplication *self, const char *name, WdSeat *except);
WdSeat *wd_application_find_seat_for (WdApplication *self, const char *connection);
WdSeat *wd_application_find_seat (WdApplication *self, GtkWindow *window);
WdSeat *wd_application_open_connection (WdApplication *self, const char *name);
WdSeat *wd_application_get_seat (WdApplication *self);

G_END_DECLS
