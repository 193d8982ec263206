/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was cut for want of room, with large text in particular, is shown whole by a tooltip. */

#include "app/common/wd-tooltip.h"

/* Over a popover that is what is in it, not what lies beneath. Returns: (nullable) */
static GtkWidget *
pick (GtkWidget *window)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (window));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  double x, y, left, top;
  GdkSurface *surface = pointer != NULL ? gdk_device_get_surface_at_position (pointer, &x, &y)
                                        : NULL;
  GtkNative *native = surface != NULL ? gtk_native_get_for_surface (surface) : NULL;

  if (native == NULL)
    return NULL;
  gtk_native_get_surface_transform (native, &left, &top);
  return gtk_widget_pick (GTK_WIDGET (native), x - left, y - top, GTK_PICK_DEFAULT);
}

/* Comes last: what has a tooltip of its own answers by itself. */
static gboolean
query_cb (GtkWidget *window, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  GtkWidget *widget = by_keyboard ? NULL : pick (window);

  if (!GTK_IS_LABEL (widget)
      || !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (widget)));
  return TRUE;
}

static void
window_added_cb (GtkApplication *application, GtkWidget *window)
{
  gtk_widget_set_has_tooltip (window, TRUE);
  g_signal_connect (window, "query-tooltip", G_CALLBACK (query_cb), NULL);
}

/**
 * wd_tooltip_install:
 * @application: without windows yet
 *
 * Lets the labels of its windows and dialogs show their whole text where it is cut.
 */
void
wd_tooltip_install (GtkApplication *application)
{
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
}
