/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/common/wd-table.h"
#include "session/wd-workspace.h"

G_BEGIN_DECLS

/**
 * WdCopyAction:
 * @name: of the action
 * @make: what it copies of some rows; the caller frees it
 */
typedef struct {
  const char *name;
  char *(*make) (GPtrArray *rows);
} WdCopyAction;

#define WD_TYPE_ROW_ACTIONS (wd_row_actions_get_type ())
G_DECLARE_DERIVABLE_TYPE (WdRowActions, wd_row_actions, WD, ROW_ACTIONS, GObject)

/**
 * WdRowActionsClass:
 * @copies: (array length=n_copies): what can be copied; enabled while anything is selected
 * @update: enables what can be done with the selected rows, which are @rows
 */
struct _WdRowActionsClass {
  GObjectClass parent_class;

  const WdCopyAction *copies;
  guint n_copies;
  void (*update) (WdRowActions *self, GPtrArray *rows);
};

void       wd_row_actions_add (WdRowActions *self, const GActionEntry *entries, int n_entries);
GtkWidget *wd_row_actions_set_up (WdRowActions *self, GtkWidget *page, WdTable *table,
                                  WdWorkspace *workspace, const char *resource);
const char *wd_row_actions_get_lack (WdRowActions *self);
GPtrArray *wd_row_actions_dup_rows (WdRowActions *self);
GtkWidget *wd_row_actions_get_page (WdRowActions *self);
void       wd_row_actions_enable (WdRowActions *self, const char *name, gboolean enabled);
void       wd_row_actions_update (WdRowActions *self);

G_END_DECLS
