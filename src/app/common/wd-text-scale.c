/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How large people want text. What has room for so many pixels of it needs so many times that. */

#include "app/common/wd-text-scale.h"

#include <adwaita.h>

/* What GTK takes for text of the usual size, in dots per 1024 inches. */
#define USUAL_DPI (96.0 * 1024)

/* Of a screen, that a dialog may take. */
#define SHARE 0.9
#define WIDTHS "wd-text-scale-widths"

typedef struct {
  int usual;
  int most;
} Widths;

/**
 * wd_text_scale_get:
 * @widget: where the text is
 *
 * Returns: 1 for text of the usual size, 2 for text twice as large
 */
double
wd_text_scale_get (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / USUAL_DPI : 1;
}

/**
 * wd_text_scale_connect:
 * @widget: where the text is
 * @callback: called with @object alone when the scale is another
 * @object: (type GObject): as long as it lives
 */
void
wd_text_scale_connect (GtkWidget *widget, GCallback callback, gpointer object)
{
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi", callback,
                           object, G_CONNECT_SWAPPED);
}

static void
update_width (GtkWidget *widget)
{
  const Widths *widths = g_object_get_data (G_OBJECT (widget), WIDTHS);
  double width = widths->usual * wd_text_scale_get (widget);

  gtk_widget_set_size_request (widget, (int) CLAMP (width, widths->usual, widths->most), -1);
}

/**
 * wd_text_scale_adapt_width:
 * @widget: what holds text; its width request is what it needs for text of the usual size
 * @most: pixels that it is content with whatever the size
 *
 * Lets @widget ask for more room with larger text.
 */
void
wd_text_scale_adapt_width (GtkWidget *widget, int most)
{
  Widths *widths;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  widths = g_new (Widths, 1);
  widths->most = most;
  gtk_widget_get_size_request (widget, &widths->usual, NULL);
  g_object_set_data_full (G_OBJECT (widget), WIDTHS, widths, g_free);
  wd_text_scale_connect (widget, G_CALLBACK (update_width), widget);
  update_width (widget);
}

/* What keeps lines from getting too long to read. */
static void
widen_clamps (GtkWidget *widget, double scale)
{
  if (ADW_IS_CLAMP (widget))
    {
      AdwClamp *clamp = ADW_CLAMP (widget);

      adw_clamp_set_maximum_size (clamp, (int) (adw_clamp_get_maximum_size (clamp) * scale));
      adw_clamp_set_tightening_threshold (
        clamp, (int) (adw_clamp_get_tightening_threshold (clamp) * scale));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    widen_clamps (child, scale);
}

/* Before a dialog is on screen, when its sizes are for text of the usual size. */
static void
realize_cb (GtkWindow *window, gpointer window_type)
{
  g_autoptr (GdkMonitor) monitor = NULL;
  double scale = wd_text_scale_get (GTK_WIDGET (window));
  GdkRectangle room;
  int width;
  int height;

  g_signal_handlers_disconnect_by_func (window, realize_cb, window_type);
  if (!g_str_has_prefix (G_OBJECT_TYPE_NAME (window), "Wd")
      || g_type_is_a (G_OBJECT_TYPE (window), GPOINTER_TO_SIZE (window_type)) || scale <= 1)
    return;
  widen_clamps (GTK_WIDGET (window), scale);
  monitor = g_list_model_get_item (
    gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window))), 0);
  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &room);
  gtk_window_get_default_size (window, &width, &height);
  gtk_window_set_default_size (
    window, width > 0 ? MAX (width, (int) MIN (width * scale, room.width * SHARE)) : -1,
    height > 0 ? MAX (height, (int) MIN (height * scale, room.height * SHARE)) : -1);
}

static void
toplevels_cb (GListModel *toplevels, guint position, guint removed, guint added,
              gpointer window_type)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      g_signal_connect (window, "realize", G_CALLBACK (realize_cb), window_type);
    }
}

/**
 * wd_text_scale_adapt_dialogs:
 * @window_type: of the windows that keep the size people gave them
 *
 * Makes each dialog of ours larger with larger text, as far as the screen goes, from now on.
 */
void
wd_text_scale_adapt_dialogs (GType window_type)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (toplevels_cb),
                    GSIZE_TO_POINTER (window_type));
}
