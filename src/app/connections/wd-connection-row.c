/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection among others: its colour, its name, where its database is, and what it is for. */

#include "app/connections/wd-connection-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"

struct _WdConnectionRow {
  GtkListBoxRow parent_instance;

  char *connection;     /* (owned): its name */

  GtkWidget *dot;
  GtkLabel *name;
  GtkLabel *host;
  GtkWidget *production;
  GtkWidget *read_only;
  GtkWidget *check;
  GtkWidget *apart;
};

G_DEFINE_FINAL_TYPE (WdConnectionRow, wd_connection_row, GTK_TYPE_LIST_BOX_ROW)

/* The new window is in front of the list. */
static void
apart_cb (WdConnectionRow *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
wd_connection_row_finalize (GObject *object)
{
  g_free (WD_CONNECTION_ROW (object)->connection);
  G_OBJECT_CLASS (wd_connection_row_parent_class)->finalize (object);
}

static void
wd_connection_row_class_init (WdConnectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_connection_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-connection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, dot);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, name);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, host);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, production);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, read_only);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, check);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionRow, apart);
  gtk_widget_class_bind_template_callback (widget_class, apart_cb);
}

static void
wd_connection_row_init (WdConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_colour_set:
 * @widget: what shows a connection's colour
 * @profile: the connection; production without a colour of its own is red
 *
 * Gives @widget the style class of that colour and no other.
 */
void
wd_colour_set (GtkWidget *widget, const WdProfile *profile)
{
  const char *wanted = profile->colour == NULL && profile->production ? "red" : profile->colour;

  for (const char *const *colour = wd_profile_colours (); *colour != NULL; colour++)
    {
      g_autofree char *style = g_strconcat ("colour-", *colour, NULL);

      if (g_strcmp0 (*colour, wanted) == 0)
        gtk_widget_add_css_class (widget, style);
      else
        gtk_widget_remove_css_class (widget, style);
    }
}

/* What a screen reader says of it: all that the row shows. */
static void
update_accessible_name (WdConnectionRow *self, const WdProfile *profile, gboolean is_open)
{
  g_autoptr (GString) text = g_string_new (gtk_label_get_text (self->name));

  g_string_append_printf (text, ", %s", gtk_label_get_text (self->host));
  if (profile->production)
    g_string_append_printf (text, ", %s", _("production"));
  if (profile->read_only)
    g_string_append_printf (text, ", %s", _("read-only"));
  if (is_open)
    g_string_append_printf (text, ", %s", _("open"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

/* The environment's is no connection of its own: it has no name. */
static void
update_apart (WdConnectionRow *self, gboolean is_open)
{
  g_autofree char *label = g_strdup_printf (_("Open %s in a New Window"),
                                            gtk_label_get_text (self->name));

  gtk_widget_set_visible (self->apart, !is_open && *self->connection != '\0');
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->apart), "s", self->connection);
  gtk_widget_set_tooltip_text (self->apart, _("Open in a New Window"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->apart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/**
 * wd_connection_row_new:
 * @profile: a connection
 * @name: what it is opened by
 * @is_open: whether it is the one that is shown
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
wd_connection_row_new (const WdProfile *profile, const char *name, gboolean is_open)
{
  WdConnectionRow *self = g_object_new (WD_TYPE_CONNECTION_ROW, NULL);
  g_autofree char *visible = wd_format_visible (profile->name, 128);
  g_autofree char *host = wd_text_host (profile);

  self->connection = g_strdup (name);
  gtk_label_set_text (self->name, visible);
  gtk_label_set_text (self->host, host);
  gtk_widget_set_visible (self->production, profile->production);
  gtk_widget_set_visible (self->read_only, profile->read_only);
  gtk_widget_set_visible (self->check, is_open);
  wd_colour_set (self->dot, profile);
  update_accessible_name (self, profile, is_open);
  update_apart (self, is_open);
  return GTK_WIDGET (self);
}

/**
 * wd_connection_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none): what the connection is opened by
 */
const char *
wd_connection_row_get_name (WdConnectionRow *self)
{
  g_return_val_if_fail (WD_IS_CONNECTION_ROW (self), NULL);

  return self->connection;
}
