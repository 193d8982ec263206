/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of jobs on a real server, of which nothing is left between tests. */

#pragma once

#include "direct/wd-direct-backend.h"
#include "pg-test.h"
#include "session/wd-paged-list.h"

G_BEGIN_DECLS

typedef struct {
  WdPgConnection *connection;
  WdBackend *backend;
  WdPagedList *list;
} ListCase;

/* Runs the main loop until something is true, at most half a minute. */
#define LIST_CASE_WAIT(condition)                                         \
  G_STMT_START {                                                          \
    guint timeout = list_case_add_timeout ();                             \
    while (!(condition))                                                  \
      g_main_context_iteration (NULL, TRUE);                              \
    g_source_remove (timeout);                                            \
  } G_STMT_END

guint list_case_add_timeout (void);
void  list_case_set_up (ListCase *self, gconstpointer data);
void  list_case_tear_down (ListCase *self, gconstpointer data);
void  list_case_insert_jobs (ListCase *self, int first, int last);
void  list_case_refresh (ListCase *self);
void  list_case_query (ListCase *self, const char *search, WdSort sort, gboolean ascending);

G_END_DECLS
