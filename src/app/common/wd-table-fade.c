/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How faint the rows of a table are: those of a query that was left, when its successor is long in
 * coming, and those that could not be read again.
 *
 * This is not a matter of the style sheet: a class on the table makes GTK match each of the some
 * three thousand nodes of its cells anew, which is more work than all the rest of showing rows. */

#include "app/common/wd-table-fade.h"

#define PATIENCE_MS 500
#define FADING_MS   200

#define WAITING_OPACITY           0.5
#define OLD_OPACITY               0.7
#define OLD_OPACITY_HIGH_CONTRAST 0.85

struct _WdTableFade {
  GtkWidget *rows;           /* (owned) */
  AdwAnimation *animation;   /* (owned) */
  guint patience;
  gboolean waiting;
  gboolean old;
};

static double
get_opacity (WdTableFade *self)
{
  if (!self->old)
    return 1;
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
           ? OLD_OPACITY_HIGH_CONTRAST : OLD_OPACITY;
}

static gboolean
patience_cb (gpointer data)
{
  WdTableFade *self = data;

  self->patience = 0;
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->animation),
                                      gtk_widget_get_opacity (self->rows));
  adw_animation_play (self->animation);
  return G_SOURCE_REMOVE;
}

/**
 * wd_table_fade_new:
 * @view: of a table
 *
 * Returns: (transfer full): what makes its rows faint
 */
WdTableFade *
wd_table_fade_new (GtkColumnView *view)
{
  WdTableFade *self = g_new0 (WdTableFade, 1);
  AdwAnimationTarget *target;

  /* The header, then the rows. */
  self->rows = g_object_ref (gtk_widget_get_last_child (GTK_WIDGET (view)));
  target = adw_property_animation_target_new (G_OBJECT (self->rows), "opacity");
  self->animation = adw_timed_animation_new (self->rows, 1, WAITING_OPACITY, FADING_MS, target);
  return self;
}

/**
 * wd_table_fade_free:
 * @self: (transfer full): of a table that goes
 */
void
wd_table_fade_free (WdTableFade *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  adw_animation_reset (self->animation);
  g_object_unref (self->animation);
  g_object_unref (self->rows);
  g_free (self);
}

/**
 * wd_table_fade_set:
 * @self: of a table
 * @waiting: the rows are those of a query that was left; they fade if that lasts
 * @old: the rows could not be read again
 */
void
wd_table_fade_set (WdTableFade *self, gboolean waiting, gboolean old)
{
  if (self->waiting == waiting && self->old == old)
    return;
  self->old = old;
  if (self->waiting != waiting)
    {
      self->waiting = waiting;
      g_clear_handle_id (&self->patience, g_source_remove);
      if (waiting)
        self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
      else
        adw_animation_pause (self->animation);
    }
  if (!waiting)
    gtk_widget_set_opacity (self->rows, get_opacity (self));
}
