/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "base/wd-time.h"
#include "model/wd-page.h"

G_BEGIN_DECLS

typedef enum {
  WD_CELL_TEXT,
  WD_CELL_IDENTITY,
  WD_CELL_NUMBER,
  WD_CELL_BADGE,
} WdCellKind;

#define WD_SORT_NONE -1

/**
 * WdColumnSpec:
 * @id: (nullable): by which its layout is kept; @title without one
 * @title: header, to be translated
 * @kind: how it looks; numbers and ages stand right
 * @min_chars: it never gets narrower
 * @chars: as wide as it likes to be
 * @get_chars: (nullable): how long its longest word is in this language, where that may be longer
 * @least_width: of the table, below which the column is left out
 * @expand: takes the rest
 * @dim: less important
 * @ticks: changes with time alone
 * @sort: a #WdSort, or %WD_SORT_NONE
 * @get_text: what to show of a record; the caller frees it
 * @get_tooltip: (nullable): all of it, likewise; may return %NULL. Without this function there is
 *   a tooltip where the text is cut
 * @get_tone: (nullable): of a badge
 *
 * A column of a table.
 */
typedef struct {
  const char *id;
  const char *title;
  WdCellKind kind;
  guint min_chars;
  guint chars;
  guint (*get_chars) (void);
  int least_width;
  gboolean expand;
  gboolean dim;
  gboolean ticks;
  int sort;
  char *(*get_text) (gconstpointer record, WdTime now);
  char *(*get_tooltip) (gconstpointer record);
  const char *(*get_tone) (gconstpointer record);
} WdColumnSpec;

typedef struct _WdTableColumn WdTableColumn;

const char          *wd_column_spec_get_id (const WdColumnSpec *self);
guint                wd_column_spec_get_chars (const WdColumnSpec *self);

WdTableColumn       *wd_table_column_new (const WdColumnSpec *spec);
GtkColumnViewColumn *wd_table_column_get_column (WdTableColumn *self);
const WdColumnSpec  *wd_table_column_get_spec (WdTableColumn *self);
guint                wd_table_column_find_row (WdTableColumn *self, GtkWidget *row);
void                 wd_table_column_tick (WdTableColumn *self, WdTime now);
void                 wd_table_column_retell (WdTableColumn *self);
void                 wd_table_column_free (WdTableColumn *self);

G_END_DECLS
