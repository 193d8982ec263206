/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A badge in a table. Unlike a label it asks for the same size whatever it says: a table lays out
 * some two hundred rows again when one of its labels changes its mind. */

#include "app/common/wd-badge-cell.h"

#include <adwaita.h>

#include "app/common/wd-badge.h"

#define PADDING 8

struct _WdBadgeCell {
  GtkWidget parent_instance;

  char *text;         /* (owned) (nullable): without one nothing is drawn */
  const char *tone;   /* (nullable): one of the static names */
};

G_DEFINE_FINAL_TYPE (WdBadgeCell, wd_badge_cell, GTK_TYPE_WIDGET)

static void
wd_badge_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "X");

      pango_layout_get_pixel_size (layout, NULL, minimum);
    }
  else
    *minimum = 2 * PADDING;
  *natural = *minimum;
}

/* The same colours as those of badges elsewhere. The style sheet cannot give them: a class for each
 * tone would have GTK look for the styles of all cells again whenever other rows are shown. */
static void
get_colors (WdBadgeCell *self, GtkStyleContext *context, GdkRGBA *color, GdkRGBA *background)
{
  static const struct {
    const char *tone;
    const char *color;
    const char *background;
    float alpha;
  } tones[] = {
    { WD_TONE_OK, "ok_text", "success_bg_color", 0.18f },
    { WD_TONE_CAUTION, "caution_text", "warning_bg_color", 0.25f },
    { WD_TONE_WRONG, "wrong_text", "error_bg_color", 0.18f },
    { WD_TONE_BUSY, "busy_text", "accent_bg_color", 0.18f },
  };

  gtk_style_context_get_color (context, color);
  *background = *color;
  background->alpha *= 0.1f;
  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (tones[i].tone, self->tone) == 0)
      {
        gtk_style_context_lookup_color (context, tones[i].color, color);
        if (gtk_style_context_lookup_color (context, tones[i].background, background))
          background->alpha = tones[i].alpha;
      }
}

static void
wd_badge_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WdBadgeCell *self = WD_BADGE_CELL (widget);
  g_autoptr (PangoLayout) layout = NULL;
  GskRoundedRect outline;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color, background;
  int text_width, text_height, width;
  float x, y;

  if (self->text == NULL)
    return;
  layout = gtk_widget_create_pango_layout (widget, self->text);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  width = MIN (text_width + 2 * PADDING, gtk_widget_get_width (widget));
  if (text_width + 2 * PADDING > width)
    {
      pango_layout_set_width (layout, MAX (width - 2 * PADDING, 0) * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL
        ? (float) (gtk_widget_get_width (widget) - width) : 0;
  y = (float) (gtk_widget_get_height (widget) - text_height) / 2;

  get_colors (self, context, &color, &background);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (x, y, (float) width, (float) text_height),
                                   (float) text_height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &background, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                                (GdkRGBA[4]) { color, color, color, color });
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + PADDING, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
}

static void
wd_badge_cell_finalize (GObject *object)
{
  g_free (WD_BADGE_CELL (object)->text);
  G_OBJECT_CLASS (wd_badge_cell_parent_class)->finalize (object);
}

static void
wd_badge_cell_class_init (WdBadgeCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_badge_cell_finalize;
  widget_class->measure = wd_badge_cell_measure;
  widget_class->snapshot = wd_badge_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "badgecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

/* Without a name a widget is read out by that of its class. */
static void
update_name (WdBadgeCell *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->text != NULL ? self->text : "\u00a0", -1);
}

static void
wd_badge_cell_init (WdBadgeCell *self)
{
  update_name (self);
}

/**
 * wd_badge_cell_new:
 *
 * Returns: (transfer floating): a cell that shows nothing
 */
GtkWidget *
wd_badge_cell_new (void)
{
  return g_object_new (WD_TYPE_BADGE_CELL, NULL);
}

/**
 * wd_badge_cell_set:
 * @self: a cell
 * @text: (nullable): its word; %NULL shows nothing
 * @tone: (nullable): of the badge, one of the static names
 */
void
wd_badge_cell_set (WdBadgeCell *self, const char *text, const char *tone)
{
  g_return_if_fail (WD_IS_BADGE_CELL (self));

  if (g_strcmp0 (self->tone, tone) != 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->tone = tone;
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  update_name (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * wd_badge_cell_get_cut_text:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): its word when there is no room for all of it
 */
const char *
wd_badge_cell_get_cut_text (WdBadgeCell *self)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  g_return_val_if_fail (WD_IS_BADGE_CELL (self), NULL);

  if (self->text == NULL)
    return NULL;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 2 * PADDING > gtk_widget_get_width (GTK_WIDGET (self)) ? self->text : NULL;
}
