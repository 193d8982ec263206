/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A column that shows one text of each record. Cells are bare labels and inscriptions: a table
 * keeps some two hundred rows of them alive, so nothing heavier stands in one. A bound cell
 * listens to its row, whose record is replaced when it is read again. */

#include "app/common/wd-table-column.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge-cell.h"
#include "app/common/wd-cut.h"
#include "session/wd-row.h"

struct _WdTableColumn {
  const WdColumnSpec *spec;
  GtkColumnViewColumn *column;   /* (owned) */
  GHashTable *cells;             /* (owned) (element-type GtkListItem Cell) */
};

typedef struct {
  WdTableColumn *column;         /* not owned */
  GtkListItem *item;             /* not owned */
  GtkWidget *child;              /* not owned */
  WdRow *row;                    /* (owned) (nullable): while bound */
  gulong handler;
  gboolean unloaded;             /* looks like a row that is not read yet */
} Cell;

/**
 * wd_column_spec_get_id:
 * @self: a column
 *
 * Returns: (transfer none): by which it is known in the settings
 */
const char *
wd_column_spec_get_id (const WdColumnSpec *self)
{
  return self->id != NULL ? self->id : self->title;
}

/**
 * wd_column_spec_get_chars:
 * @self: a column
 *
 * Returns: as wide as it likes to be
 */
guint
wd_column_spec_get_chars (const WdColumnSpec *self)
{
  return self->get_chars != NULL ? MAX (self->chars, self->get_chars ()) : self->chars;
}

static void
unbind_cell (Cell *cell)
{
  if (cell->row != NULL)
    g_clear_signal_handler (&cell->handler, cell->row);
  g_clear_object (&cell->row);
}

static void
free_cell (gpointer data)
{
  unbind_cell (data);
  g_free (data);
}

/* A quiet bar where the text will be. What has no text is read out by the name of its class, so
 * that there always is a name. */
static void
set_unloaded (Cell *cell, gboolean unloaded, const char *text)
{
  if (cell->unloaded == unloaded)
    return;
  cell->unloaded = unloaded;
  if (unloaded)
    gtk_widget_add_css_class (cell->child, "unloaded");
  else
    gtk_widget_remove_css_class (cell->child, "unloaded");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  unloaded ? _("Not loaded yet") : text != NULL ? text : "\u00a0",
                                  -1);
}

static void
fill_cell (Cell *cell, WdTime now)
{
  const WdColumnSpec *spec = cell->column->spec;
  gconstpointer record = wd_row_get_record (cell->row);
  g_autofree char *text = record != NULL ? spec->get_text (record, now) : NULL;

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  if (spec->kind == WD_CELL_BADGE)
    wd_badge_cell_set (WD_BADGE_CELL (cell->child), text,
                       record != NULL ? spec->get_tone (record) : NULL);
  else
    gtk_inscription_set_text (GTK_INSCRIPTION (cell->child), text != NULL ? text : "\u00a0");
  set_unloaded (cell, record == NULL, text);
}

static void
record_cb (Cell *cell)
{
  fill_cell (cell, wd_time_now ());
}

static gboolean
query_tooltip_cb (GtkWidget *child, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  gpointer data)
{
  Cell *cell = data;
  gconstpointer record = cell->row != NULL ? wd_row_get_record (cell->row) : NULL;
  g_autofree char *text = NULL;

  if (record == NULL)
    return FALSE;
  text = cell->column->spec->get_tooltip != NULL ? cell->column->spec->get_tooltip (record)
                                                 : g_strdup (wd_cut_get_text (child));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static GtkWidget *
make_child (const WdColumnSpec *spec)
{
  GtkWidget *child;

  if (spec->kind == WD_CELL_BADGE)
    return wd_badge_cell_new ();
  child = g_object_new (GTK_TYPE_INSCRIPTION,
                        "min-chars", spec->min_chars,
                        "nat-chars", wd_column_spec_get_chars (spec),
                        "xalign", spec->kind == WD_CELL_NUMBER ? 1.0 : 0.0,
                        "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                        NULL);
  if (spec->kind == WD_CELL_NUMBER)
    gtk_widget_add_css_class (child, "numeric");
  else if (spec->kind == WD_CELL_IDENTITY)
    gtk_widget_add_css_class (child, "monospace");
  if (spec->dim)
    gtk_widget_add_css_class (child, "dim-label");
  return child;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  WdTableColumn *self = data;
  Cell *cell = g_new0 (Cell, 1);

  cell->column = self;
  cell->item = item;
  cell->child = make_child (self->spec);
  gtk_widget_set_has_tooltip (cell->child, TRUE);
  g_signal_connect (cell->child, "query-tooltip", G_CALLBACK (query_tooltip_cb), cell);
  g_hash_table_insert (self->cells, item, cell);
  gtk_list_item_set_child (item, cell->child);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  WdTableColumn *self = data;
  Cell *cell = g_hash_table_lookup (self->cells, item);

  unbind_cell (cell);
  cell->row = g_object_ref (gtk_list_item_get_item (item));
  cell->handler = g_signal_connect_swapped (cell->row, "notify::record", G_CALLBACK (record_cb),
                                            cell);
  fill_cell (cell, wd_time_now ());
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Cell *cell = g_hash_table_lookup (((WdTableColumn *) data)->cells, item);

  if (cell != NULL)
    unbind_cell (cell);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  WdTableColumn *self = data;
  Cell *cell = g_hash_table_lookup (self->cells, item);

  if (cell == NULL)
    return;
  if (gtk_list_item_get_child (item) != NULL)
    g_signal_handlers_disconnect_by_data (cell->child, cell);
  g_hash_table_remove (self->cells, item);
}

/**
 * wd_table_column_new:
 * @spec: what it shows; static
 *
 * Returns: (transfer full): a column, to be kept as long as its table
 */
WdTableColumn *
wd_table_column_new (const WdColumnSpec *spec)
{
  WdTableColumn *self = g_new0 (WdTableColumn, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->spec = spec;
  self->cells = g_hash_table_new_full (NULL, NULL, NULL, free_cell);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), self);
  self->column = gtk_column_view_column_new (_(spec->title), factory);
  gtk_column_view_column_set_expand (self->column, spec->expand);
  gtk_column_view_column_set_resizable (self->column, TRUE);
  return self;
}

/**
 * wd_table_column_get_column:
 * @self: a column
 *
 * Returns: (transfer none): what stands in the view
 */
GtkColumnViewColumn *
wd_table_column_get_column (WdTableColumn *self)
{
  return self->column;
}

/**
 * wd_table_column_get_spec:
 * @self: a column
 *
 * Returns: (transfer none): what it shows; never changes
 */
const WdColumnSpec *
wd_table_column_get_spec (WdTableColumn *self)
{
  return self->spec;
}

/**
 * wd_table_column_find_row:
 * @self: a column
 * @row: the widget of one row of its view
 *
 * GTK 4.8 does not tell which row stands where; the cells in it know.
 *
 * Returns: the row's position, or %GTK_INVALID_LIST_POSITION
 */
guint
wd_table_column_find_row (WdTableColumn *self, GtkWidget *row)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (((Cell *) cell)->row != NULL && gtk_widget_is_ancestor (((Cell *) cell)->child, row))
      return gtk_list_item_get_position (((Cell *) cell)->item);
  return GTK_INVALID_LIST_POSITION;
}

/**
 * wd_table_column_tick:
 * @self: a column
 * @now: the present
 *
 * Tells anew what changes with time alone. Texts that did not change cost no redraw.
 */
void
wd_table_column_tick (WdTableColumn *self, WdTime now)
{
  GHashTableIter iter;
  gpointer cell;

  if (!self->spec->ticks)
    return;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (((Cell *) cell)->row != NULL)
      fill_cell (cell, now);
}

/**
 * wd_table_column_retell:
 * @self: a column
 *
 * Tells everything anew: it is to be written differently.
 */
void
wd_table_column_retell (WdTableColumn *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    if (((Cell *) cell)->row != NULL)
      fill_cell (cell, wd_time_now ());
}

/**
 * wd_table_column_free:
 * @self: (transfer full): a column that its view has let go of before
 */
void
wd_table_column_free (WdTableColumn *self)
{
  g_object_unref (self->column);
  g_hash_table_unref (self->cells);
  g_free (self);
}
