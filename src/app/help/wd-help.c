/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* F1 opens the guide where it tells of what is in front. */

#include "app/help/wd-help.h"

#include "app/help/wd-help-window.h"

static const struct {
  const char *window;   /* the name of its type */
  const char *topic;
} topics[] = {
  { "WdConnectionDialog", "connect" },
  { "WdMigrationsDialog", "connect#migrations" },
  { "WdTriggerDialog", "exactly-once" },
  { "WdRetryDialog", "exactly-once#retries" },
  { "WdReviewDialog", "exactly-once#unknown" },
};

static void
show_help (GtkApplication *application, gpointer window)
{
  const char *topic = "index";

  for (gsize i = 0; i < G_N_ELEMENTS (topics) && window != NULL; i++)
    if (g_str_equal (topics[i].window, G_OBJECT_TYPE_NAME (window)))
      topic = topics[i].topic;
  if (window == NULL || !WD_IS_HELP_WINDOW (window))
    wd_help_window_show (application, topic);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_help (data, gtk_application_get_active_window (data));
}

static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  show_help (data, widget);
  return TRUE;
}

/* Dialogs do not have the application's keys. A window is listed before it is made as what it
 * is, so each gets the key, and one that has it twice takes the first. */
static void
windows_cb (GListModel *windows, guint position, guint n_removed, guint n_added, gpointer data)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller = gtk_shortcut_controller_new ();
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                          gtk_callback_action_new (key_cb, data, NULL));

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
      gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                         GTK_SHORTCUT_SCOPE_MANAGED);
      gtk_widget_add_controller (window, controller);
    }
}

/**
 * wd_help_install:
 * @application: the application
 *
 * Gives it the action “app.help”, and its key to every window that is made from now on.
 */
void
wd_help_install (GtkApplication *application)
{
  static const GActionEntry entries[] = { { .name = "help", .activate = help_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_cb),
                           application, 0);
}
