/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  WD_CLI_PLAIN,
  WD_CLI_RED,
  WD_CLI_GREEN,
  WD_CLI_YELLOW,
} WdCliColor;

/**
 * WdCliColumn:
 * @WD_CLI_LEFT: text
 * @WD_CLI_RIGHT: a number
 * @WD_CLI_CUT: text that loses its end where the terminal is narrow
 * @WD_CLI_FOLD: an id that loses its middle there
 */
typedef enum {
  WD_CLI_LEFT,
  WD_CLI_RIGHT,
  WD_CLI_CUT,
  WD_CLI_FOLD,
} WdCliColumn;

typedef struct _WdCliTable WdCliTable;

WdCliTable *wd_cli_table_new (void);
void        wd_cli_table_free (WdCliTable *self);
void        wd_cli_table_add_column (WdCliTable *self, const char *title, WdCliColumn column);
void        wd_cli_table_add (WdCliTable *self, const char *text);
void        wd_cli_table_add_colored (WdCliTable *self, const char *text, WdCliColor color);
void        wd_cli_table_take (WdCliTable *self, char *text);
void        wd_cli_table_add_number (WdCliTable *self, gint64 number);
void        wd_cli_table_print (const WdCliTable *self, GString *out, guint width, gboolean color);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCliTable, wd_cli_table_free)

G_END_DECLS
