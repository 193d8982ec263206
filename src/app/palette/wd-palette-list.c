/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Items below each other, a title above each group of them. One is always chosen; the keyboard
 * stays elsewhere. */

#include "app/palette/wd-palette-list.h"

#include "app/palette/wd-palette-row.h"

struct _WdPaletteList {
  GtkWidget parent_instance;

  gboolean filling;          /* rows are being replaced, or go */

  GtkScrolledWindow *scroller;
  GtkListBox *list;
};

enum {
  SIGNAL_ITEM_ACTIVATED,
  SIGNAL_ITEM_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdPaletteList, wd_palette_list, GTK_TYPE_WIDGET)

static void
row_activated_cb (WdPaletteList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ITEM_ACTIVATED], 0,
                 wd_palette_row_get_item (WD_PALETTE_ROW (row)));
}

static void
row_selected_cb (WdPaletteList *self, GtkListBoxRow *row)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_ITEM_SELECTED], 0);
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  WdPaletteGroup group = wd_palette_row_get_item (WD_PALETTE_ROW (row))->group;
  GtkWidget *title;

  if (before != NULL && wd_palette_row_get_item (WD_PALETTE_ROW (before))->group == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  title = gtk_label_new (wd_palette_group_get_title (group));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "palette-group");
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_list_box_row_set_header (row, title);
}

static void
select_row (WdPaletteList *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  gtk_list_box_select_row (self->list, row);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    /* With the title of its group, where it is the first one. */
    gtk_adjustment_clamp_page (adjustment, gtk_list_box_row_get_index (row) == 0
                                             ? 0 : graphene_rect_get_y (&bounds),
                               graphene_rect_get_y (&bounds) + graphene_rect_get_height (&bounds));
}

static void
wd_palette_list_dispose (GObject *object)
{
  WdPaletteList *self = WD_PALETTE_LIST (object);
  GtkWidget *child;

  /* Rows that go with the window are not chosen any more by anybody. */
  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_palette_list_parent_class)->dispose (object);
}

static void
wd_palette_list_class_init (WdPaletteListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_palette_list_dispose;

  /**
   * WdPaletteList::item-activated:
   * @item: the #WdPaletteItem to go to or to do
   */
  signals[SIGNAL_ITEM_ACTIVATED] =
    g_signal_new ("item-activated", WD_TYPE_PALETTE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ITEM_SELECTED] =
    g_signal_new ("item-selected", WD_TYPE_PALETTE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/palette/wd-palette-list.ui");
  gtk_widget_class_bind_template_child (widget_class, WdPaletteList, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdPaletteList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
wd_palette_list_init (WdPaletteList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}

/**
 * wd_palette_list_fill:
 * @self: a list
 * @items: (element-type WdPaletteItem): what it shows from now on; they must outlive that, and
 *   those shown until now this call
 * @keep: whether the chosen one stays chosen if it is still there; else the first one is
 *
 * Replaces all rows. Does not emit "item-selected".
 */
void
wd_palette_list_fill (WdPaletteList *self, GPtrArray *items, gboolean keep)
{
  WdPaletteItem *selected;
  GtkListBoxRow *row;
  int index = 0;

  g_return_if_fail (WD_IS_PALETTE_LIST (self));

  selected = keep ? wd_palette_list_get_selected (self) : NULL;
  for (guint i = 0; selected != NULL && i < items->len; i++)
    if (wd_palette_item_is_same (items->pdata[i], selected))
      index = (int) i;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < items->len; i++)
    gtk_list_box_append (self->list, wd_palette_row_new (items->pdata[i]));
  row = gtk_list_box_get_row_at_index (self->list, index);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  self->filling = FALSE;
  if (!keep)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * wd_palette_list_is_empty:
 * @self: a list
 *
 * Returns: whether it shows nothing
 */
gboolean
wd_palette_list_is_empty (WdPaletteList *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_LIST (self), TRUE);

  return gtk_list_box_get_row_at_index (self->list, 0) == NULL;
}

/**
 * wd_palette_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the chosen item; %NULL where there is none
 */
WdPaletteItem *
wd_palette_list_get_selected (WdPaletteList *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (WD_IS_PALETTE_LIST (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? wd_palette_row_get_item (WD_PALETTE_ROW (row)) : NULL;
}

/**
 * wd_palette_list_move:
 * @self: a list
 * @steps: down, or up where negative; no farther than to the end
 *
 * Chooses another item.
 */
void
wd_palette_list_move (WdPaletteList *self, int steps)
{
  GtkListBoxRow *row, *next = NULL;
  int index;

  g_return_if_fail (WD_IS_PALETTE_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  index = row != NULL ? gtk_list_box_row_get_index (row) + steps : 0;
  for (index = MAX (index, 0); next == NULL && index >= 0; index--)
    next = gtk_list_box_get_row_at_index (self->list, index);
  if (next != NULL)
    select_row (self, next);
}
