/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdHelpKind:
 * @WD_HELP_HEADING: the title of a section
 * @WD_HELP_PARAGRAPH: text
 * @WD_HELP_ITEM: a point of a list
 * @WD_HELP_STEP: a step, numbered
 * @WD_HELP_NOTE: text that must not be passed over
 * @WD_HELP_CODE: lines to copy
 * @WD_HELP_ROW: a row of a table
 *
 * What a block of a page is.
 */
typedef enum {
  WD_HELP_HEADING,
  WD_HELP_PARAGRAPH,
  WD_HELP_ITEM,
  WD_HELP_STEP,
  WD_HELP_NOTE,
  WD_HELP_CODE,
  WD_HELP_ROW,
} WdHelpKind;

/**
 * WdHelpBlock:
 * @kind: what it is
 * @id: (nullable): the section that begins here
 * @number: of a step, from 1; of a row, 0 for that of the headings
 * @text: (nullable): Pango markup; plain text if it is code; none if it is a row
 * @cells: (nullable): of a row, Pango markup
 */
typedef struct {
  WdHelpKind kind;
  char *id;
  guint number;
  char *text;
  GPtrArray *cells;
} WdHelpBlock;

/**
 * WdHelpPage:
 * @id: its name, as links name it
 * @title: plain text
 * @description: (nullable): one sentence about it, plain text
 * @blocks: (element-type WdHelpBlock): what it says
 *
 * A page of the user guide, read from Mallard.
 */
typedef struct {
  char *id;
  char *title;
  char *description;
  GPtrArray *blocks;
} WdHelpPage;

WdHelpPage *wd_help_page_parse (const char *text, gssize length, GError **error);
void        wd_help_page_free (WdHelpPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdHelpPage, wd_help_page_free)

G_END_DECLS
