/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The user guide, a page at a time. The program shows it itself: within a sandbox the desktop's
 * help viewer does not find the pages, and not every desktop has one. */

#include "app/help/wd-help-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/help/wd-help-view.h"

#define FOLDER "/org/workerdashboard/WorkerDashboard/help/"

/* In the order of the contents. */
static const char *const topics[] = {
  "connect", "remote", "grants", "exactly-once", "workers", "troubleshooting",
};

struct _WdHelpWindow {
  AdwWindow parent_instance;

  GPtrArray *history;   /* (owned) (element-type utf8): what was shown before, the last one last */
  char *topic;          /* (owned) (nullable): what is shown */
  char *section;        /* (owned) (nullable): where to scroll to when it has its place */

  GtkScrolledWindow *scroll;
  AdwClamp *clamp;
  GtkWidget *contents;  /* (nullable): the list of pages, while that is shown */
};

G_DEFINE_FINAL_TYPE (WdHelpWindow, wd_help_window, ADW_TYPE_WINDOW)

/* In the first of the user's languages that the guide is written in, down to English. */
static WdHelpPage *
read_page (const char *id)
{
  for (const char *const *language = g_get_language_names (); *language != NULL; language++)
    {
      g_autofree char *path = g_strdup_printf (FOLDER "%s/%s.page", *language, id);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;
      WdHelpPage *page;
      gconstpointer text;
      gsize length;

      if (bytes == NULL)
        continue;
      text = g_bytes_get_data (bytes, &length);
      page = wd_help_page_parse (text, (gssize) length, &error);
      if (page != NULL)
        return page;
      g_warning ("%s: %s", path, error->message);
    }
  return NULL;
}

static void show_topic (WdHelpWindow *self, const char *target, gboolean remember);

static void
follow_cb (WdHelpWindow *self, const char *target)
{
  show_topic (self, target, TRUE);
}

static void
row_cb (WdHelpWindow *self, GtkListBoxRow *row)
{
  show_topic (self, g_object_get_data (G_OBJECT (row), "topic"), TRUE);
}

static GtkWidget *
make_contents (WdHelpWindow *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Contents"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      g_autoptr (WdHelpPage) page = read_page (topics[i]);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), page->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), page->description);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "topic", (gpointer) topics[i]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

/* A page has no places before it is laid out. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  WdHelpWindow *self = WD_HELP_WINDOW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  GtkWidget *view = adw_clamp_get_child (self->clamp);
  GtkWidget *heading = NULL;
  double y = 0;

  if (self->section != NULL)
    heading = wd_help_view_find (WD_HELP_VIEW (view), self->section);
  if (heading != NULL)
    gtk_widget_translate_coordinates (heading, GTK_WIDGET (self->clamp), 0, 0, NULL, &y);
  /* A label that got the focus would be selected; keys are to scroll. */
  if (self->contents != NULL)
    gtk_widget_child_focus (self->contents, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (view);
  gtk_adjustment_set_value (adjustment, y);
  g_clear_pointer (&self->section, g_free);
  return G_SOURCE_REMOVE;
}

static void
show_topic (WdHelpWindow *self, const char *target, gboolean remember)
{
  const char *mark = strchr (target, '#');
  g_autofree char *topic = mark != NULL ? g_strndup (target, (gsize) (mark - target))
                                        : g_strdup (target);
  g_autoptr (WdHelpPage) page = read_page (topic);
  GtkWidget *view;

  g_return_if_fail (page != NULL);

  if (remember && self->topic != NULL)
    g_ptr_array_add (self->history, g_strdup (self->topic));
  g_free (self->topic);
  self->topic = g_strdup (target);
  g_free (self->section);
  self->section = mark != NULL ? g_strdup (mark + 1) : NULL;

  view = wd_help_view_new (page);
  self->contents = strcmp (topic, "index") == 0 ? make_contents (self) : NULL;
  if (self->contents != NULL)
    wd_help_view_add (WD_HELP_VIEW (view), self->contents);
  g_signal_connect_object (view, "follow", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  adw_clamp_set_child (self->clamp, view);
  gtk_window_set_title (GTK_WINDOW (self), page->title);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.back", self->history->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.contents", self->contents == NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdHelpWindow *self = WD_HELP_WINDOW (widget);
  g_autofree char *topic = g_ptr_array_steal_index (self->history, self->history->len - 1);

  show_topic (self, topic, FALSE);
}

static void
contents_action (GtkWidget *widget, const char *name, GVariant *target)
{
  show_topic (WD_HELP_WINDOW (widget), "index", TRUE);
}

static void
wd_help_window_finalize (GObject *object)
{
  WdHelpWindow *self = WD_HELP_WINDOW (object);

  g_ptr_array_unref (self->history);
  g_free (self->topic);
  g_free (self->section);
  G_OBJECT_CLASS (wd_help_window_parent_class)->finalize (object);
}

static void
wd_help_window_class_init (WdHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_help_window_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/help/wd-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WdHelpWindow, scroll);
  gtk_widget_class_bind_template_child (widget_class, WdHelpWindow, clamp);
  gtk_widget_class_install_action (widget_class, "help.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "help.contents", NULL, contents_action);
}

static void
wd_help_window_init (WdHelpWindow *self)
{
  g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

  self->history = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A dialog that it was asked from must not keep it from being read. */
  gtk_window_group_add_window (group, GTK_WINDOW (self));
}

/**
 * wd_help_window_show:
 * @application: the application, which has at most one of them
 * @topic: a page, with “#” and a section of it if wanted
 *
 * Shows the guide there.
 */
void
wd_help_window_show (GtkApplication *application, const char *topic)
{
  WdHelpWindow *self = NULL;

  g_return_if_fail (topic != NULL);

  for (GList *at = gtk_application_get_windows (application); at != NULL; at = at->next)
    if (WD_IS_HELP_WINDOW (at->data))
      self = at->data;
  if (self == NULL)
    self = g_object_new (WD_TYPE_HELP_WINDOW, "application", application, NULL);
  if (g_strcmp0 (self->topic, topic) != 0)
    show_topic (self, topic, TRUE);
  gtk_window_present (GTK_WINDOW (self));
}
