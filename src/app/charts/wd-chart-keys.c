/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A chart by keyboard: arrows, Home and End move the bar that is read, with Shift they choose a
 * range, Return opens the bar's jobs or the range, Escape drops the range. */

#include "app/charts/wd-chart-private.h"

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WdChart *self = WD_CHART (widget);
  int by, length, from;
  gboolean extend;

  if (wd_chart_is_empty (self))
    return FALSE;
  g_variant_get (args, "(ib)", &by, &extend);
  length = (int) wd_history_get_length (self->history);
  from = self->read_bar >= 0 ? self->read_bar : by < 0 ? length : -1;
  if (extend && self->anchor < 0 && self->read_bar >= 0)
    self->anchor = self->read_bar;
  else if (!extend)
    self->anchor = -1;
  wd_chart_read (self, CLAMP (from + by, 0, length - 1));
  gtk_widget_queue_draw (widget);
  return TRUE;
}

static gboolean
open_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WdChart *self = WD_CHART (widget);

  if (wd_chart_is_empty (self) || self->read_bar < 0)
    return FALSE;
  if (self->anchor >= 0)
    wd_chart_choose_range (self);
  else
    wd_chart_open (self, self->read_bar, -1);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WdChart *self = WD_CHART (widget);

  if (self->anchor < 0)
    return FALSE;
  self->dragging = FALSE;
  wd_chart_set_anchor (self, -1);
  return TRUE;
}

void
wd_chart_add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; int by; } moves[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Home, -10000 }, { GDK_KEY_KP_Home, -10000 }, { GDK_KEY_End, 10000 },
    { GDK_KEY_KP_End, 10000 },
  };
  static const guint open_keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "(ib)", moves[i].by,
                                    FALSE);
      gtk_widget_class_add_binding (widget_class, moves[i].key, GDK_SHIFT_MASK, move_cb, "(ib)",
                                    moves[i].by, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (open_keys); i++)
    gtk_widget_class_add_binding (widget_class, open_keys[i], 0, open_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
