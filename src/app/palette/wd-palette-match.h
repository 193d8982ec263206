/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdMatchRank:
 * @WD_MATCH_NONE: not in it
 * @WD_MATCH_SCATTERED: its letters in order, with others between
 * @WD_MATCH_INSIDE: amid a word
 * @WD_MATCH_WORD: from the beginning of a word
 * @WD_MATCH_PREFIX: from the beginning
 *
 * How well a text fits what was typed, the best last.
 */
typedef enum {
  WD_MATCH_NONE,
  WD_MATCH_SCATTERED,
  WD_MATCH_INSIDE,
  WD_MATCH_WORD,
  WD_MATCH_PREFIX,
} WdMatchRank;

/**
 * WdMatchSpan:
 * @start: in bytes
 * @end: in bytes, behind it
 *
 * A part of a text that was typed.
 */
typedef struct {
  guint start;
  guint end;
} WdMatchSpan;

WdMatchRank wd_palette_match (const char *typed, const char *text, GArray *spans);

G_END_DECLS
