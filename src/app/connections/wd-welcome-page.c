/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows before it has a connection: the first steps, or why there is none and what
 * can be done about it. */

#include "app/connections/wd-welcome-page.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/connections/wd-connection-list.h"
#include "app/connections/wd-sample-group.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdWelcomePage {
  GtkWidget parent_instance;

  WdConnections *connections;   /* (owned) (nullable) */
  int n_saved;                  /* -1 when the file cannot be read */

  AdwStatusPage *page;
  GtkWidget *content;
  GtkWidget *again;
  GtkWidget *edit;
  GtkWidget *connect;
  GtkWidget *import_env;
  WdSampleGroup *sample;
  GtkWidget *needs;
  GtkWidget *drop_hint;
  GtkWidget *others;
  WdConnectionList *list;
};

G_DEFINE_FINAL_TYPE (WdWelcomePage, wd_welcome_page, GTK_TYPE_WIDGET)

static void
set_suggested (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
set_words (WdWelcomePage *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_description = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, safe_title);
  adw_status_page_set_description (self->page, safe_description);
}

static void
update_words (WdWelcomePage *self, const GError *error)
{
  const char *wanted = wd_connections_get_wanted (self->connections);

  if (error != NULL && wanted != NULL && *wanted != '\0')
    {
      g_autofree char *name = wd_format_visible (wanted, 128);
      /* TRANSLATORS: %s is the name of a connection */
      g_autofree char *title = g_strdup_printf (_("“%s” Cannot Be Opened"), name);

      set_words (self, "network-offline-symbolic", title, error->message);
    }
  else if (error != NULL)
    set_words (self, "network-offline-symbolic", _("No Connection"), error->message);
  else if (self->n_saved > 0)
    set_words (self, WD_APPLICATION_ID, _("No Connection Is Open"),
               _("Choose one of the saved connections, or add another."));
  else
    set_words (self, WD_APPLICATION_ID, "Worker Dashboard",
               _("Watch and steer the background workers of a crypto wallet platform."));
}

static void
update (WdWelcomePage *self)
{
  const GError *error = wd_connections_get_error (self->connections);
  const char *wanted = wd_connections_get_wanted (self->connections);
  gboolean can_retry = error != NULL && wanted != NULL && *wanted != '\0'
                       && !g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND);
  gboolean is_first = self->n_saved == 0 && error == NULL;

  update_words (self, error);
  gtk_widget_set_visible (self->content, TRUE);
  gtk_widget_set_visible (self->again, can_retry);
  gtk_widget_set_visible (self->edit, can_retry);
  gtk_widget_set_visible (self->import_env, !can_retry);
  set_suggested (self->connect, !can_retry);
  gtk_widget_set_visible (self->needs, is_first);
  gtk_widget_set_visible (self->drop_hint, is_first);
  gtk_widget_set_visible (self->others, self->n_saved != 0);
}

static void
loaded_cb (WdWelcomePage *self, int n_saved)
{
  self->n_saved = n_saved;
  update (self);
}

static gboolean
drop_cb (WdWelcomePage *self, const GValue *value)
{
  g_autofree char *uri = g_file_get_uri (g_value_get_object (value));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.import-env-file", "s", uri);
  return TRUE;
}

static void
wd_welcome_page_dispose (GObject *object)
{
  WdWelcomePage *self = WD_WELCOME_PAGE (object);

  g_clear_object (&self->connections);
  if (self->page != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->page));
  self->page = NULL;
  G_OBJECT_CLASS (wd_welcome_page_parent_class)->dispose (object);
}

static void
wd_welcome_page_class_init (WdWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_welcome_page_dispose;

  g_type_ensure (WD_TYPE_CONNECTION_LIST);
  g_type_ensure (WD_TYPE_SAMPLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, page);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, content);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, again);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, edit);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, connect);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, import_env);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, sample);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, needs);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, others);
  gtk_widget_class_bind_template_child (widget_class, WdWelcomePage, list);
  gtk_widget_class_bind_template_callback (widget_class, loaded_cb);
}

static void
wd_welcome_page_init (WdWelcomePage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  wd_connection_list_set_boxed (self->list);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * wd_welcome_page_show:
 * @self: a page
 * @connections: of which none is open
 *
 * Says why, and what to do, as soon as the saved ones are known.
 */
void
wd_welcome_page_show (WdWelcomePage *self, WdConnections *connections)
{
  g_return_if_fail (WD_IS_WELCOME_PAGE (self));

  g_set_object (&self->connections, connections);
  wd_sample_group_set_control (self->sample, wd_connections_get_sample (connections));
  wd_connection_list_load (self->list, connections);
}
