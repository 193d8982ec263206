/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose workers these are, and whether we hear from them; behind it, the other connections. */

#include "app/wd-connection-header.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "app/connections/wd-connection-list.h"
#include "app/connections/wd-connection-row.h"
#include "base/wd-format.h"

struct _WdConnectionHeader {
  GtkWidget parent_instance;

  WdConnections *connections;   /* (owned) (nullable) */

  GtkWidget *button;
  GtkWidget *content;
  GtkImage *dot;
  GtkLabel *name;
  GtkLabel *host;
  GtkWidget *words;
  GtkWidget *production;
  GtkWidget *read_only;
  GtkPopover *popover;
  WdConnectionList *list;
};

G_DEFINE_FINAL_TYPE (WdConnectionHeader, wd_connection_header, GTK_TYPE_WIDGET)

static void
show_cb (WdConnectionHeader *self)
{
  if (self->connections != NULL)
    wd_connection_list_load (self->list, self->connections);
}

static void
chosen_cb (WdConnectionHeader *self)
{
  gtk_popover_popdown (self->popover);
}

static void
wd_connection_header_dispose (GObject *object)
{
  WdConnectionHeader *self = WD_CONNECTION_HEADER (object);

  g_clear_object (&self->connections);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_connection_header_parent_class)->dispose (object);
}

static void
wd_connection_header_class_init (WdConnectionHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_connection_header_dispose;

  g_type_ensure (WD_TYPE_CONNECTION_LIST);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wd-connection-header.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, button);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, content);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, dot);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, name);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, host);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, words);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, production);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, read_only);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, popover);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionHeader, list);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
wd_connection_header_init (WdConnectionHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A menu button puts its child into a box of its own, in the middle. */
  gtk_widget_set_halign (gtk_widget_get_parent (self->content), GTK_ALIGN_FILL);
}

/* Each state has its shape, for whom its colour says nothing. */
static const char *
get_icon (const char *tone)
{
  if (g_strcmp0 (tone, WD_TONE_OK) == 0)
    return "media-record-symbolic";
  if (g_strcmp0 (tone, WD_TONE_CAUTION) == 0)
    return "dialog-warning-symbolic";
  if (g_strcmp0 (tone, WD_TONE_WRONG) == 0)
    return "dialog-error-symbolic";
  return "content-loading-symbolic";
}

/**
 * wd_connection_header_set_connections:
 * @self: a header
 * @connections: what its menu offers
 */
void
wd_connection_header_set_connections (WdConnectionHeader *self, WdConnections *connections)
{
  g_return_if_fail (WD_IS_CONNECTION_HEADER (self));

  g_set_object (&self->connections, connections);
}

/**
 * wd_connection_header_set_profile:
 * @self: a header
 * @profile: the connection, whose colour tints it; without one production is red
 */
void
wd_connection_header_set_profile (WdConnectionHeader *self, const WdProfile *profile)
{
  g_autofree char *host = wd_text_host (profile);
  g_autofree char *name = wd_format_visible (profile->name, 128);

  g_return_if_fail (WD_IS_CONNECTION_HEADER (self));

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->host, host);
  gtk_widget_set_visible (self->production, profile->production);
  gtk_widget_set_visible (self->read_only, profile->read_only);
  gtk_widget_set_visible (self->words, profile->production || profile->read_only);
  wd_colour_set (GTK_WIDGET (self), profile);
}

/**
 * wd_connection_header_set_state:
 * @self: a header
 * @tone: (nullable): of the dot
 * @state: the same in words
 */
void
wd_connection_header_set_state (WdConnectionHeader *self, const char *tone, const char *state)
{
  g_autofree char *name = NULL;

  g_return_if_fail (WD_IS_CONNECTION_HEADER (self));

  wd_tone_set (GTK_WIDGET (self), tone);
  gtk_image_set_from_icon_name (self->dot, get_icon (tone));
  gtk_widget_set_tooltip_text (self->button, state);
  /* TRANSLATORS: accessible name of the connection: its name, then its state */
  name = g_strdup_printf (_("Connection %s, %s"), gtk_label_get_text (self->name), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
