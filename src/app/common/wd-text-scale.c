/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How large people want text. What has room for so many pixels of it needs so many times that. */

#include "app/common/wd-text-scale.h"

/* What GTK takes for text of the usual size, in dots per 1024 inches. */
#define USUAL_DPI (96.0 * 1024)

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
