/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/palette/wd-palette-row.h"

struct _WdPaletteRow {
  GtkListBoxRow parent_instance;

  WdPaletteItem *item;   /* not owned: the palette's, which outlives its rows */

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *accel;
};

G_DEFINE_FINAL_TYPE (WdPaletteRow, wd_palette_row, GTK_TYPE_LIST_BOX_ROW)

static void
wd_palette_row_class_init (WdPaletteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/palette/wd-palette-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdPaletteRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WdPaletteRow, title);
  gtk_widget_class_bind_template_child (widget_class, WdPaletteRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WdPaletteRow, accel);
}

static void
wd_palette_row_init (WdPaletteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Attributes, not markup: titles are data. */
static void
emphasize (WdPaletteRow *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < self->item->spans->len; i++)
    {
      const WdMatchSpan *span = &g_array_index (self->item->spans, WdMatchSpan, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = span->start;
      bold->end_index = span->end;
      pango_attr_list_insert (attributes, bold);
    }
  gtk_label_set_attributes (self->title, attributes);
  pango_attr_list_unref (attributes);
}

static void
show_accel (WdPaletteRow *self, const char *accel)
{
  g_autofree char *text = NULL;
  guint key;
  GdkModifierType modifiers;

  gtk_widget_set_visible (GTK_WIDGET (self->accel), accel != NULL);
  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &modifiers))
    return;
  text = gtk_accelerator_get_label (key, modifiers);
  gtk_label_set_text (self->accel, text);
}

/**
 * wd_palette_row_new:
 * @item: what it stands for; must outlive the row
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
wd_palette_row_new (WdPaletteItem *item)
{
  WdPaletteRow *self = g_object_new (WD_TYPE_PALETTE_ROW, NULL);
  gboolean is_identity = item->group == WD_PALETTE_WALLETS || item->group == WD_PALETTE_JOBS;

  self->item = item;
  gtk_label_set_text (self->title, item->title);
  emphasize (self);
  if (is_identity)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "monospace");
  gtk_label_set_text (self->subtitle, item->subtitle != NULL ? item->subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), item->subtitle != NULL);
  gtk_image_set_from_icon_name (self->icon, item->icon_name);
  show_accel (self, wd_palette_item_get_accel (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  item->title, -1);
  if (item->subtitle != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    item->subtitle, -1);
  return GTK_WIDGET (self);
}

/**
 * wd_palette_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none): what it stands for
 */
WdPaletteItem *
wd_palette_row_get_item (WdPaletteRow *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_ROW (self), NULL);

  return self->item;
}
