/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-focus.h"

/* GTK_LIST_TAB_ITEM, which came with 4.12. */
#define TAB_ITEM 1

static void
shown_cb (GtkWidget *button)
{
  gtk_widget_set_can_focus (button, TRUE);
}

/**
 * wd_focus_skip_first:
 * @window: a dialog that is not shown yet
 * @button: in its header, before what one begins with
 *
 * The toolkit gives the first focus to the first thing that can have it. One that is grabbed before
 * a dialog is on screen hides the dialog from assistive technology in GTK 4.8, so @button cannot
 * have it until then.
 */
void
wd_focus_skip_first (GtkWindow *window, GtkWidget *button)
{
  gtk_widget_set_can_focus (button, FALSE);
  g_signal_connect_object (window, "show", G_CALLBACK (shown_cb), button,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/**
 * wd_focus_put_aside:
 * @window: a dialog
 * @button: gets the focus
 *
 * Before entries are put out of use: one that has the focus then never learns that it lost it.
 */
void
wd_focus_put_aside (GtkWindow *window, GtkWidget *button)
{
  GWeakRef *before = g_new0 (GWeakRef, 1);

  g_weak_ref_init (before, gtk_window_get_focus (window));
  g_object_set_data_full (G_OBJECT (window), "wd-focus", before, free_weak_ref);
  gtk_widget_grab_focus (button);
}

/**
 * wd_focus_take_back:
 * @window: a dialog after wd_focus_put_aside()
 *
 * Gives the focus to what had it, where that is still there.
 */
void
wd_focus_take_back (GtkWindow *window)
{
  GWeakRef *before = g_object_get_data (G_OBJECT (window), "wd-focus");
  g_autoptr (GtkWidget) focus = before != NULL ? g_weak_ref_get (before) : NULL;

  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

/**
 * wd_focus_set_sensitive:
 * @part: of a dialog, perhaps with entries
 * @sensitive: whether it can be used
 * @button: of the same dialog, which can be
 *
 * Puts @part in or out of use. The focus that is in it then goes to @button first, for the reason
 * that wd_focus_put_aside() tells.
 */
void
wd_focus_set_sensitive (GtkWidget *part, gboolean sensitive, GtkWidget *button)
{
  GtkRoot *root = gtk_widget_get_root (part);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!sensitive && focus != NULL
      && (focus == part || gtk_widget_is_ancestor (focus, part)))
    gtk_widget_grab_focus (button);
  gtk_widget_set_sensitive (part, sensitive);
}

/**
 * wd_focus_parts:
 * @widget: what gives the focus on to a part of it that is not the first
 * @direction: where the focus goes
 * @parent_class: its parent's
 *
 * For the vfunc of such a widget. The toolkit would give the focus to @widget before any part of
 * it, and so the Tab key would never get to what stands before that part. While it looks for one,
 * @widget is not focusable, which its grab_focus() is to heed.
 *
 * Returns: whether a part took it
 */
gboolean
wd_focus_parts (GtkWidget *widget, GtkDirectionType direction, GtkWidgetClass *parent_class)
{
  gboolean moved;

  gtk_widget_set_focusable (widget, FALSE);
  moved = parent_class->focus (widget, direction);
  gtk_widget_set_focusable (widget, TRUE);
  return moved;
}

static gboolean
come_back_cb (gpointer button)
{
  if (gtk_widget_get_mapped (button))
    gtk_widget_grab_focus (button);
  return G_SOURCE_REMOVE;
}

/* The toolkit itself looks for another focus once this has been told. */
static void
closed_cb (GtkPopover *popover, gpointer button)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, come_back_cb, g_object_ref (button), g_object_unref);
}

/**
 * wd_focus_come_back:
 * @popover: of @button
 * @button: perhaps in a popover itself
 *
 * Gives the focus to @button when @popover is closed. GTK 4.18 would give it to the button of the
 * outer popover, from where Tab leads nowhere while that is open.
 */
void
wd_focus_come_back (GtkPopover *popover, GtkMenuButton *button)
{
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), button, 0);
}

/* The row of a list, or of a table's rows, that the focus is in. */
static GtkWidget *
find_row (GtkWidget *list)
{
  GtkWidget *rows = list;

  if (GTK_IS_COLUMN_VIEW (list))
    rows = gtk_widget_get_focus_child (list);
  return rows != NULL ? gtk_widget_get_focus_child (rows) : NULL;
}

static gboolean
is_in_header (GtkWidget *list)
{
  GtkWidget *child = gtk_widget_get_focus_child (list);

  return GTK_IS_COLUMN_VIEW (list) && child != NULL
         && g_strcmp0 (gtk_widget_get_css_name (child), "header") == 0;
}

static gboolean
tab_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean back = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  GtkDirectionType direction = back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD;
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));
  GtkWidget *row;

  if ((key != GDK_KEY_Tab && key != GDK_KEY_ISO_Left_Tab && key != GDK_KEY_KP_Tab)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || is_in_header (list))
    return GDK_EVENT_PROPAGATE;
  row = find_row (list);
  if (row == NULL || !gtk_widget_child_focus (row, direction))
    {
      gtk_widget_set_can_focus (list, FALSE);
      gtk_widget_child_focus (root, direction);
      gtk_widget_set_can_focus (list, TRUE);
      if (gtk_root_get_focus (GTK_ROOT (root)) == NULL)
        gtk_widget_child_focus (list, direction);
    }
  gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  return GDK_EVENT_STOP;
}

/**
 * wd_focus_one_stop:
 * @list: a #GtkListBox, #GtkListView or #GtkColumnView
 *
 * Lets Tab lead out of @list, past what is in its row, and the arrow keys from row to row. By
 * itself the toolkit goes from row to row with Tab, too: never out of a long list, and in one that
 * selects what has the focus, such as the sidebar, it selects each row on the way.
 */
void
wd_focus_one_stop (GtkWidget *list)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  /* From 4.12 on GTK would begin with the first row, not with the one that had the focus. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (list), "tab-behavior") != NULL)
    g_object_set (list, "tab-behavior", TAB_ITEM, NULL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (tab_cb), NULL);
  gtk_widget_add_controller (list, controller);
}
