/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The wheel of the mouse. GTK 4.8 learns how high rows are when it lays them out; a list that is
 * scrolled twice before that looks up its place among heights that are not right any more, and a
 * fast wheel, whose clicks X11 hands out one by one, runs to the end of a million rows in a second.
 * So clicks are gathered, and the list is scrolled once a frame. What touchpads say is gathered by
 * GTK itself. */

#include "app/common/wd-table-private.h"

#include <math.h>

/* As far as GTK scrolls everything else: a part of the page that is smaller the higher it is. */
#define STEP_EXPONENT (2.0 / 3.0)

static gboolean
turn_cb (GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  WdTable *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  /* A list stands at whole pixels: between them it would be put right once more. */
  double step = round (pow (gtk_adjustment_get_page_size (adjustment), STEP_EXPONENT));

  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + self->wheel_clicks * step);
  self->wheel_clicks = 0;
  self->wheel_tick = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
scroll_cb (WdTable *self, double dx, double dy, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);

  if (dy == 0 || gdk_scroll_event_get_direction (event) == GDK_SCROLL_SMOOTH
      || (gdk_event_get_modifier_state (event) & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  self->wheel_clicks += dy;
  if (self->wheel_tick == 0)
    self->wheel_tick = gtk_widget_add_tick_callback (self->scroller, turn_cb, self, NULL);
  return GDK_EVENT_STOP;
}

/**
 * wd_table_wheel_set_up:
 * @self: a table
 *
 * Scrolls its list by the wheel, over the rows and over the scrollbar beside them.
 */
void
wd_table_wheel_set_up (WdTable *self)
{
  GtkWidget *places[] = {
    GTK_WIDGET (self->view),
    gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (self->scroller)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkEventController *controller =
        gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_swapped (controller, "scroll", G_CALLBACK (scroll_cb), self);
      gtk_widget_add_controller (places[i], controller);
    }
}
