/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-cut.h"

#include "app/common/wd-badge-cell.h"

/* An inscription shows its layout to nobody: one like it tells. */
static gboolean
is_inscription_cut (GtkInscription *inscription)
{
  const char *text = gtk_inscription_get_text (inscription);
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (text == NULL)
    return FALSE;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (inscription), text);
  pango_layout_set_attributes (layout, gtk_inscription_get_attributes (inscription));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (GTK_WIDGET (inscription));
}

/**
 * wd_cut_get_text:
 * @widget: any; as it was laid out last
 *
 * Returns: (transfer none) (nullable): the text of a label, an inscription or a badge in a table
 *   that does not have the room to show all of it; else %NULL
 */
const char *
wd_cut_get_text (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  if (GTK_IS_LABEL (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget) && is_inscription_cut (GTK_INSCRIPTION (widget)))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (WD_IS_BADGE_CELL (widget))
    return wd_badge_cell_get_cut_text (WD_BADGE_CELL (widget));
  return NULL;
}
