/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-table-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-focus.h"

/* What a badge and its cell add to its word. */
#define BADGE_EXTRA 46
/* What a cell adds to its text, and some letters are wide. */
#define TEXT_EXTRA 28

static int
get_char_width (GtkColumnView *view)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return char_width;
}

/* Returns: how many characters more than designed the title over badges needs in this language */
static guint
get_title_more (const WdColumnSpec *spec)
{
  guint designed = MAX (wd_column_spec_get_chars (spec), (guint) strlen (spec->title));
  guint title = (guint) g_utf8_strlen (_(spec->title), -1);

  return spec->kind == WD_CELL_BADGE && title > designed ? title - designed : 0;
}

/**
 * wd_table_columns_get_width:
 * @view: a view
 * @column: of it
 * @wide: whether there is room for every column
 *
 * Returns: the width @column has by design, in pixels; -1 when it goes by what is in it. Badges
 *   shrink to their words; their column must not. Nor must that of words which are longer in this
 *   language than designed for, if there is room.
 */
int
wd_table_columns_get_width (GtkColumnView *view, WdTableColumn *column, gboolean wide)
{
  const WdColumnSpec *spec = wd_table_column_get_spec (column);
  guint chars = wd_column_spec_get_chars (spec);
  int width = PANGO_PIXELS ((int) (chars + (wide ? get_title_more (spec) : 0))
                            * get_char_width (view));

  if (spec->kind == WD_CELL_BADGE)
    return width + BADGE_EXTRA;
  return wide && chars > spec->chars ? width + TEXT_EXTRA : -1;
}

/**
 * wd_table_columns_get_more:
 * @view: a view
 * @columns: (element-type WdTableColumn): of it
 *
 * Returns: how many pixels more than designed the words of this language need
 */
int
wd_table_columns_get_more (GtkColumnView *view, GPtrArray *columns)
{
  guint n_chars = 0;
  int extra = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const WdColumnSpec *spec = wd_table_column_get_spec (columns->pdata[i]);
      guint n_more = wd_column_spec_get_chars (spec) - spec->chars;

      n_chars += n_more;
      if (n_more > 0 && spec->kind != WD_CELL_BADGE)
        extra += TEXT_EXTRA;
    }
  return PANGO_PIXELS ((int) n_chars * get_char_width (view)) + extra;
}

/* Headers of numbers stand right, above the numbers. GTK 4.8 has no property for it; where its
 * header is built otherwise, they stay left. */
static void
align_headers (GtkColumnView *view, GPtrArray *columns)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < columns->len && title != NULL; i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (wd_table_column_get_spec (columns->pdata[i])->kind == WD_CELL_NUMBER && GTK_IS_BOX (box))
        {
          gtk_widget_set_halign (box, GTK_ALIGN_END);
          /* The arrow goes to the left, or it would keep the words off the edge. */
          gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
        }
      title = gtk_widget_get_next_sibling (title);
    }
}

/**
 * wd_table_columns_add:
 * @view: a view without columns
 * @specs: (array length=n_specs): from left to right; static
 * @n_specs: how many
 *
 * Lets Tab lead out of @view, too.
 *
 * Returns: (transfer full) (element-type WdTableColumn): the columns, now in @view
 */
GPtrArray *
wd_table_columns_add (GtkColumnView *view, const WdColumnSpec *specs, guint n_specs)
{
  GPtrArray *columns =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_table_column_free);

  for (guint i = 0; i < n_specs; i++)
    {
      WdTableColumn *column = wd_table_column_new (&specs[i]);

      g_ptr_array_add (columns, column);
      gtk_column_view_append_column (view, wd_table_column_get_column (column));
    }
  align_headers (view, columns);
  wd_focus_one_stop (GTK_WIDGET (view));
  return columns;
}

/**
 * wd_table_columns_scroll_to:
 * @view: a table
 * @position: of the row to show
 *
 * By the action of the list inside: 4.8 has no call for it.
 */
void
wd_table_columns_scroll_to (GtkColumnView *view, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

/**
 * wd_table_columns_find_row:
 * @columns: of a view
 * @widget: (nullable): something in that view
 * @row: (out) (transfer none): the widget of its row
 *
 * Returns: the position of the row that @widget is in, or %GTK_INVALID_LIST_POSITION
 */
guint
wd_table_columns_find_row (GPtrArray *columns, GtkWidget *widget, GtkWidget **row)
{
  guint position = GTK_INVALID_LIST_POSITION;

  *row = widget;
  while (*row != NULL && !GTK_IS_LIST_VIEW (gtk_widget_get_parent (*row)))
    *row = gtk_widget_get_parent (*row);
  for (guint i = 0; *row != NULL && i < columns->len && position == GTK_INVALID_LIST_POSITION; i++)
    position = wd_table_column_find_row (columns->pdata[i], *row);
  return position;
}

/**
 * wd_table_columns_remove:
 * @view: a table
 * @columns: (element-type WdTableColumn): some that it has
 *
 * Takes them out of @view, so that they may be freed.
 */
void
wd_table_columns_remove (GtkColumnView *view, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    gtk_column_view_remove_column (view, wd_table_column_get_column (columns->pdata[i]));
}
