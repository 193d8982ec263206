/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture of the window, by its own renderer: no screenshot tool, no compositor. */

#include "app/wd-screenshot.h"

#include <glib/gi18n-lib.h>

#define CHECK_MS   50
#define TIMEOUT_MS 30000
/* After the data came: rows arrive a few at a time, and the spinner fades. */
#define SETTLE_MS  700

typedef struct {
  WdWindow *window;        /* (owned) */
  char *path;              /* (owned) */
  WdScreenshotFunc done;
  gpointer data;
  gint64 deadline;         /* monotonic */
  gint64 ready_at;         /* monotonic; 0 before the data came */
} Shot;

static void
free_shot (gpointer data)
{
  Shot *shot = data;

  g_object_unref (shot->window);
  g_free (shot->path);
  g_free (shot);
}

/* NULL between two frames, when a widget that changed has not been drawn again yet. */
static GdkTexture *
take_picture (Shot *shot)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (shot->window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (shot->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  return texture;
}

static gboolean
check_cb (gpointer data)
{
  Shot *shot = data;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *problem = NULL;
  g_autoptr (GdkTexture) picture = NULL;
  gboolean success;

  if (shot->ready_at == 0 && wd_window_is_ready (shot->window))
    shot->ready_at = now;
  if (shot->ready_at == 0 && now < shot->deadline && !wd_window_is_hopeless (shot->window))
    return G_SOURCE_CONTINUE;
  if (shot->ready_at != 0 && now < shot->ready_at + SETTLE_MS * 1000)
    return G_SOURCE_CONTINUE;

  picture = take_picture (shot);
  if (picture == NULL && now < shot->deadline)
    return G_SOURCE_CONTINUE;

  if (shot->ready_at == 0)
    {
      problem = wd_window_dup_problem (shot->window);
      g_printerr (_("worker-dashboard: no data came: %s\n"),
                  problem != NULL ? problem : _("the servers did not answer"));
    }
  success = shot->ready_at != 0;
  if (picture == NULL || !gdk_texture_save_to_png (picture, shot->path))
    {
      g_printerr (_("worker-dashboard: the picture could not be written to %s\n"), shot->path);
      success = FALSE;
    }
  shot->done (success, shot->data);
  return G_SOURCE_REMOVE;
}

/**
 * wd_screenshot_take:
 * @window: a window
 * @path: a PNG file
 * @done: called once
 * @data: for @done
 *
 * Writes a picture of @window as soon as it shows data, or after 30 seconds of what it shows then,
 * which is no success.
 */
void
wd_screenshot_take (WdWindow *window, const char *path, WdScreenshotFunc done, gpointer data)
{
  Shot *shot = g_new0 (Shot, 1);

  shot->window = g_object_ref (window);
  shot->path = g_strdup (path);
  shot->done = done;
  shot->data = data;
  shot->deadline = g_get_monotonic_time () + TIMEOUT_MS * 1000;
  g_timeout_add_full (G_PRIORITY_DEFAULT, CHECK_MS, check_cb, shot, free_shot);
}
