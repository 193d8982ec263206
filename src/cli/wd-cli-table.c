/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-table.h"

#include <string.h>

#include "base/wd-format.h"

#define GAP          2
#define LEAST_WIDTH 11
#define TEXT_MAX  4096

typedef struct {
  char *title;                  /* (owned) */
  WdCliColumn kind;
} Column;

typedef struct {
  char *text;                   /* (owned): on one line, harmless */
  WdCliColor color;
} Cell;

struct _WdCliTable {
  GArray *columns;              /* (owned) (element-type Column) */
  GArray *cells;                /* (owned) (element-type Cell): row after row */
};

static void
clear_column (Column *column)
{
  g_free (column->title);
}

static void
clear_cell (Cell *cell)
{
  g_free (cell->text);
}

/**
 * wd_cli_table_new:
 *
 * Returns: (transfer full): a table without columns
 */
WdCliTable *
wd_cli_table_new (void)
{
  WdCliTable *self = g_new0 (WdCliTable, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, (GDestroyNotify) clear_column);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, (GDestroyNotify) clear_cell);
  return self;
}

/**
 * wd_cli_table_free:
 * @self: (transfer full): a table
 */
void
wd_cli_table_free (WdCliTable *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->cells);
  g_free (self);
}

/**
 * wd_cli_table_add_column:
 * @self: a table without rows
 * @title: its heading
 * @column: what it holds
 */
void
wd_cli_table_add_column (WdCliTable *self, const char *title, WdCliColumn column)
{
  Column added = { g_strdup (title), column };

  g_array_append_val (self->columns, added);
}

/**
 * wd_cli_table_add_colored:
 * @self: a table
 * @text: (nullable): the next cell, not trusted; %NULL is shown as a dash
 * @color: its colour
 */
void
wd_cli_table_add_colored (WdCliTable *self, const char *text, WdCliColor color)
{
  Cell cell = { text != NULL ? wd_format_visible (text, TEXT_MAX) : g_strdup ("—"), color };

  g_array_append_val (self->cells, cell);
}

/**
 * wd_cli_table_add:
 * @self: a table
 * @text: copied: the next cell of the row
 */
void
wd_cli_table_add (WdCliTable *self, const char *text)
{
  wd_cli_table_add_colored (self, text, WD_CLI_PLAIN);
}

/**
 * wd_cli_table_take:
 * @self: a table
 * @text: (transfer full) (nullable): the next cell
 */
void
wd_cli_table_take (WdCliTable *self, char *text)
{
  wd_cli_table_add (self, text);
  g_free (text);
}

/**
 * wd_cli_table_add_number:
 * @self: a table
 * @number: the next cell; negative where it is not known
 */
void
wd_cli_table_add_number (WdCliTable *self, gint64 number)
{
  wd_cli_table_take (self, number < 0 ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* Characters that fill @width columns from the start; from the end when @backwards. */
static const char *
advance (const char *text, guint width, gboolean backwards)
{
  const char *p = backwards ? text + strlen (text) : text;

  while (backwards ? p > text : *p != '\0')
    {
      const char *next = backwards ? g_utf8_prev_char (p) : g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (backwards ? next : p);
      guint wide = g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;

      if (wide > width)
        break;
      width -= wide;
      p = next;
    }
  return p;
}

static char *
shorten (const char *text, guint width, gboolean fold)
{
  guint tail = fold ? (width - 1) / 2 : 0;
  const char *head_end, *tail_start;

  if (measure (text) <= width)
    return g_strdup (text);
  head_end = advance (text, width - 1 - tail, FALSE);
  tail_start = advance (text, tail, TRUE);
  return g_strdup_printf ("%.*s…%s", (int) (head_end - text), text, tail_start);
}

static guint *
measure_columns (const WdCliTable *self)
{
  guint *widths = g_new (guint, self->columns->len);

  for (guint i = 0; i < self->columns->len; i++)
    widths[i] = measure (g_array_index (self->columns, Column, i).title);
  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = measure (g_array_index (self->cells, Cell, i).text);

      widths[i % self->columns->len] = MAX (widths[i % self->columns->len], width);
    }
  return widths;
}

/* Takes columns from the widest that may lose some until the table fits, or none can. */
static void
fit (const WdCliTable *self, guint *widths, guint limit)
{
  guint total = 0;

  for (guint i = 0; i < self->columns->len; i++)
    total += widths[i] + (i > 0 ? GAP : 0);
  while (total > limit)
    {
      guint widest = self->columns->len;

      for (guint i = 0; i < self->columns->len; i++)
        if (g_array_index (self->columns, Column, i).kind >= WD_CLI_CUT && widths[i] > LEAST_WIDTH
            && (widest == self->columns->len || widths[i] > widths[widest]))
          widest = i;
      if (widest == self->columns->len)
        return;
      widths[widest]--;
      total--;
    }
}

static void
append_cell (GString *out, const char *text, guint width, WdCliColumn kind, const char *color,
             gboolean last)
{
  g_autofree char *fitted = shorten (text, width, kind == WD_CLI_FOLD);
  guint space = width - measure (fitted);

  if (kind == WD_CLI_RIGHT)
    g_string_append_printf (out, "%*s", (int) space, "");
  if (color != NULL)
    g_string_append (out, color);
  g_string_append (out, fitted);
  if (color != NULL)
    g_string_append (out, "\033[0m");
  if (kind != WD_CLI_RIGHT && !last)
    g_string_append_printf (out, "%*s", (int) space, "");
  g_string_append (out, last ? "\n" : "  ");
}

/**
 * wd_cli_table_print:
 * @self: a table whose rows are complete
 * @out: where to
 * @width: of the terminal, or 0 for no limit
 * @color: whether to use colours
 */
void
wd_cli_table_print (const WdCliTable *self, GString *out, guint width, gboolean color)
{
  static const char *const escapes[] = { NULL, "\033[31m", "\033[32m", "\033[33m" };
  g_autofree guint *widths = measure_columns (self);
  guint n_columns = self->columns->len;

  if (width > 0)
    fit (self, widths, width);
  for (guint i = 0; i < n_columns; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      append_cell (out, column->title, widths[i], column->kind, color ? "\033[1m" : NULL,
                   i + 1 == n_columns);
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      guint at = i % n_columns;

      append_cell (out, cell->text, widths[at], g_array_index (self->columns, Column, at).kind,
                   color ? escapes[cell->color] : NULL, at + 1 == n_columns);
    }
}
