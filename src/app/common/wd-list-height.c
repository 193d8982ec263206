/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A page that scrolls gives a list no more than it must have, and a list that scrolls needs next to
 * nothing: so the list is made to need what it has, up to a limit. */

#include "app/common/wd-list-height.h"

#define KEY "wd-list-height"

typedef struct {
  GtkScrolledWindow *scroller; /* not owned: its data */
  GtkWidget *list;             /* weak: in it */
  int most;
  guint source;
} Height;

static void
height_free (gpointer data)
{
  Height *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->list);
  g_free (self);
}

static gboolean
measure_cb (gpointer data)
{
  Height *self = data;
  int height;

  self->source = 0;
  if (self->list == NULL)
    return G_SOURCE_REMOVE;
  gtk_widget_measure (self->list, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (height, self->most));
  return G_SOURCE_REMOVE;
}

/**
 * wd_list_height_set_up:
 * @scroller: around a list; it is measured anew whenever it is mapped
 * @list: the list, which stays in it
 * @most: in pixels; what is higher is scrolled
 */
void
wd_list_height_set_up (GtkScrolledWindow *scroller, GtkWidget *list, int most)
{
  Height *self = g_new0 (Height, 1);

  self->scroller = scroller;
  g_set_weak_pointer (&self->list, list);
  self->most = most;
  g_object_set_data_full (G_OBJECT (scroller), KEY, self, height_free);
  g_signal_connect (scroller, "map", G_CALLBACK (wd_list_height_queue), NULL);
}

/**
 * wd_list_height_queue:
 * @scroller: around a list whose rows have changed
 */
void
wd_list_height_queue (GtkScrolledWindow *scroller)
{
  Height *self = g_object_get_data (G_OBJECT (scroller), KEY);

  if (self != NULL && self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, measure_cb, self, NULL);
}
