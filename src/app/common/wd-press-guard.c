/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A popover that leaves the focus where it is (autohide off) has no grab. When the window lays
 * itself out on X11, GTK 4.8 asks where the pointer is, and takes what is
 * beneath the popover for what is under the pointer: until the pointer moves again its presses go
 * there, though X told of them for the popover. Rows that come in beneath do so all the time. Such
 * a press is one on the popover. */

#include "app/common/wd-press-guard.h"

typedef struct {
  GtkPopover *popover;            /* owns this */
  GtkListBox *list;               /* within the popover */
  GtkEventController *controller; /* (nullable): of the window, while the popover is open */
  GtkListBoxRow *pressed;         /* (owned) (nullable) */
} PressGuard;

static GtkListBoxRow *
get_row (PressGuard *self, GdkEvent *event)
{
  double x, y, left, top;

  if (!gdk_event_get_position (event, &x, &y))
    return NULL;
  gtk_native_get_surface_transform (GTK_NATIVE (self->popover), &left, &top);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->popover), GTK_WIDGET (self->list),
                                    x - left, y - top, &x, &y);
  return gtk_widget_contains (GTK_WIDGET (self->list), x, y)
           ? gtk_list_box_get_row_at_y (self->list, (int) y) : NULL;
}

/* What GTK routes to the popover itself does not come by here. */
static gboolean
event_cb (PressGuard *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  g_autoptr (GtkListBoxRow) pressed = NULL;

  if ((type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE)
      || gdk_event_get_surface (event) != gtk_native_get_surface (GTK_NATIVE (self->popover)))
    return GDK_EVENT_PROPAGATE;
  pressed = g_steal_pointer (&self->pressed);
  if (gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY)
    {
      GtkListBoxRow *row = get_row (self, event);

      if (type == GDK_BUTTON_PRESS)
        g_set_object (&self->pressed, row);
      else if (row != NULL && row == pressed)
        g_signal_emit_by_name (self->list, "row-activated", row);
    }
  return GDK_EVENT_STOP;
}

static void
map_cb (PressGuard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->popover));

  self->controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->controller, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (root), self->controller);
}

static void
unmap_cb (PressGuard *self)
{
  if (self->controller != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (self->controller),
                                  self->controller);
  self->controller = NULL;
  g_clear_object (&self->pressed);
}

static void
free_guard (gpointer data)
{
  unmap_cb (data);
  g_free (data);
}

/**
 * wd_press_guard_install:
 * @popover: one that does not hide by itself
 * @list: its rows
 *
 * Lets a press on a row of @list always activate that row, and never what lies beneath @popover.
 */
void
wd_press_guard_install (GtkPopover *popover, GtkListBox *list)
{
  PressGuard *self = g_new0 (PressGuard, 1);

  self->popover = popover;
  self->list = list;
  g_object_set_data_full (G_OBJECT (popover), "wd-press-guard", self, free_guard);
  g_signal_connect_swapped (popover, "map", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (popover, "unmap", G_CALLBACK (unmap_cb), self);
}
