/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The actions of a queue's menu: each is what the window does, with the queue's name. Those that
 * write are there while the queue holds such jobs and may be written. */

#include "app/queues/wd-queue-menu.h"

#define GROUP "wd-queue-actions"

static const struct {
  const char *name;
  const char *action;
  gboolean shows;            /* also where nothing may be written */
} items[] = {
  { "retry-failed", "win.retry-queue", FALSE },
  { "promote", "win.promote-queue", FALSE },
  { "clean", "win.clean-queue", FALSE },
  { "drain", "win.drain-queue", FALSE },
  { "schedulers", "win.show-schedulers", TRUE },
  { "limits", "win.show-limits", TRUE },
};

/* What is done is the action's state: the queue's name is its card's business. */
static void
activate_cb (GSimpleAction *action, GVariant *parameter, gpointer card)
{
  const char *name = g_action_get_name (G_ACTION (action));
  const char *queue = g_object_get_data (G_OBJECT (action), "queue");

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_equal (items[i].name, name))
      gtk_widget_activate_action (card, items[i].action, "s", queue);
}

/* First comes what most people want to see: what waits. */
static void
jobs_cb (GSimpleAction *action, GVariant *parameter, gpointer card)
{
  gtk_widget_activate_action (card, "win.show-queue", "(ss)",
                              g_object_get_data (G_OBJECT (action), "queue"), "waiting");
}

static void
add_action (GSimpleActionGroup *group, GtkWidget *card, const char *name, const char *queue,
            gboolean enabled, GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

  g_simple_action_set_enabled (action, enabled);
  g_object_set_data_full (G_OBJECT (action), "queue", g_strdup (queue), g_free);
  g_signal_connect_object (action, "activate", callback, card, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

/**
 * wd_queue_menu_set_up:
 * @card: of a queue; gets the actions `queue.…` of its menu
 * @queue: its name
 *
 * None of those that write is there before wd_queue_menu_update().
 */
void
wd_queue_menu_set_up (GtkWidget *card, const char *queue)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  add_action (group, card, "jobs", queue, TRUE, G_CALLBACK (jobs_cb));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    add_action (group, card, items[i].name, queue, FALSE, G_CALLBACK (activate_cb));
  gtk_widget_insert_action_group (card, "queue", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (card), GROUP, group, g_object_unref);
}

/**
 * wd_queue_menu_update:
 * @card: of a queue
 * @counts: what it holds
 * @may_write: whether the connection lets it be written
 */
void
wd_queue_menu_update (GtkWidget *card, const WdQueueCounts *counts, gboolean may_write)
{
  GActionMap *group = g_object_get_data (G_OBJECT (card), GROUP);
  gboolean may = may_write && counts->layout == NULL;
  const gboolean any[G_N_ELEMENTS (items)] = {
    counts->failed > 0,
    counts->delayed > 0,
    counts->completed + counts->failed > 0,
    counts->waiting + counts->prioritized + counts->delayed > 0,
    counts->schedulers != 0,
    TRUE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (group, items[i].name)),
      any[i] && (may || items[i].shows));
}
