/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A view in the sidebar: what can be done with it by menu, by key, and by dragging it elsewhere.
 * All of it is the window's to do, so that the menu of the page can do the same. */

#include "app/views/wd-view-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-menu.h"
#include "base/wd-format.h"

static const char *
get_name (WdSidebarRow *row)
{
  return wd_saved_view_get_name (wd_sidebar_row_get_view (row));
}

static GMenuModel *
make_menu (WdSidebarRow *row)
{
  const char *name = get_name (row);
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();
  g_autoptr (GMenu) move = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  wd_menu_add (change, _("_Rename…"), "win.rename-view", g_variant_new_string (name));
  wd_menu_add (change, _("_Export…"), "win.export-view", g_variant_new_string (name));
  wd_menu_add (move, _("Move _Up"), "win.move-view", g_variant_new ("(si)", name, -1));
  wd_menu_add (move, _("Move _Down"), "win.move-view", g_variant_new ("(si)", name, 1));
  wd_menu_add (others, _("_Delete"), "win.delete-view", g_variant_new_string (name));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (move));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  return G_MENU_MODEL (menu);
}

static void
popup (WdSidebarRow *row, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = make_menu (row);

  wd_sidebar_row_popup (row, menu, at);
}

static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, WdSidebarRow *row)
{
  const GdkRectangle at = { (int) x, (int) y, 1, 1 };

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup (row, &at);
}

static void
long_pressed_cb (GtkGesture *gesture, double x, double y, WdSidebarRow *row)
{
  pressed_cb (gesture, 1, x, y, row);
}

static gboolean
menu_key_cb (GtkWidget *row, GVariant *args, gpointer data)
{
  popup (WD_SIDEBAR_ROW (row), NULL);
  return TRUE;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, WdSidebarRow *row)
{
  return gdk_content_provider_new_typed (WD_TYPE_SAVED_VIEW, wd_sidebar_row_get_view (row));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, WdSidebarRow *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* Above the row or below it, whichever half it was dropped on. */
static gboolean
drop_cb (GtkDropTarget *drop, const GValue *value, double x, double y, WdSidebarRow *row)
{
  WdSavedView *view = g_value_get_object (value);
  gboolean below = y > gtk_widget_get_height (GTK_WIDGET (row)) / 2.0;

  if (view == NULL || view == wd_sidebar_row_get_view (row))
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (row), "win.drop-view", "(ssb)",
                                     wd_saved_view_get_name (view), get_name (row), below);
}

static void
add_key (GtkShortcutController *keys, guint key, GdkModifierType modifiers, const char *action,
         GVariant *target)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (keys, shortcut);
}

static void
add_keys (WdSidebarRow *row)
{
  const char *name = get_name (row);
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (controller);

  add_key (keys, GDK_KEY_Up, GDK_ALT_MASK, "win.move-view", g_variant_new ("(si)", name, -1));
  add_key (keys, GDK_KEY_Down, GDK_ALT_MASK, "win.move-view", g_variant_new ("(si)", name, 1));
  add_key (keys, GDK_KEY_F2, 0, "win.rename-view", g_variant_new_string (name));
  add_key (keys, GDK_KEY_Delete, 0, "win.ask-delete-view", g_variant_new_string (name));
  gtk_shortcut_controller_add_shortcut (
    keys, gtk_shortcut_new (gtk_alternative_trigger_new (
                              gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                              gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
                            gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (row), controller);
}

static void
add_pointer (WdSidebarRow *row)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *touch = gtk_gesture_long_press_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (WD_TYPE_SAVED_VIEW, GDK_ACTION_MOVE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), row);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect (touch, "pressed", G_CALLBACK (long_pressed_cb), row);
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (touch));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (drop));
}

/**
 * wd_view_row_new:
 * @view: a view
 *
 * Returns: (transfer floating): its row, for the sidebar of a window that has the actions
 */
GtkWidget *
wd_view_row_new (WdSavedView *view)
{
  g_autofree char *name = wd_format_visible (wd_saved_view_get_name (view), 128);
  const char *page = wd_saved_view_get_page (view);
  const char *problem = wd_saved_view_get_problem (view);
  const char *icon = problem != NULL ? "dialog-warning-symbolic"
                     : g_strcmp0 (page, "jobs") == 0 ? "wd-jobs-symbolic" : "wd-wallets-symbolic";
  WdSidebarRow *row = WD_SIDEBAR_ROW (wd_sidebar_row_new_view (view, name, icon));

  if (problem != NULL)
    {
      g_autofree char *text = wd_format_visible (problem, 512);

      /* TRANSLATORS: a view that this version does not understand */
      wd_sidebar_row_set_note (row, C_("view", "unusable"), WD_TONE_CAUTION, text);
    }
  add_keys (row);
  add_pointer (row);
  return GTK_WIDGET (row);
}
