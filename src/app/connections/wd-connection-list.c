/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The saved connections, read anew each time they are to be seen. Choosing one opens it. */

#include "app/connections/wd-connection-list.h"

#include <glib/gi18n-lib.h>

#include "app/connections/wd-connection-row.h"
#include "base/wd-error.h"

struct _WdConnectionList {
  GtkWidget parent_instance;

  WdConnections *connections;   /* (owned) (nullable) */
  GCancellable *loading;        /* (owned) (nullable) */

  GtkListBox *rows;             /* (owned) */
  GtkLabel *problem;            /* (owned) */
};

enum {
  SIGNAL_CHOSEN,
  SIGNAL_LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdConnectionList, wd_connection_list, GTK_TYPE_WIDGET)

static void
add_row (WdConnectionList *self, const WdProfile *profile, const char *name)
{
  WdWorkspace *workspace = wd_connections_get_workspace (self->connections);
  gboolean is_open = workspace != NULL
                     && g_strcmp0 (wd_connections_get_wanted (self->connections), name) == 0;

  gtk_list_box_append (self->rows, wd_connection_row_new (profile, name, is_open));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, &problems, &error);
  g_autoptr (GString) problem = g_string_new (error != NULL ? error->message : NULL);
  WdProfile *passing;
  GtkListBoxRow *row;

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->loading);
  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  passing = wd_connections_get_passing (self->connections);
  if (passing != NULL)
    add_row (self, passing, "");
  for (guint i = 0; profiles != NULL && i < profiles->len; i++)
    add_row (self, profiles->pdata[i], ((WdProfile *) profiles->pdata[i])->name);
  gtk_widget_set_visible (GTK_WIDGET (self->rows),
                          gtk_list_box_get_row_at_index (self->rows, 0) != NULL);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_string_append_printf (problem, "%s%s", i > 0 ? "\n" : "",
                            ((WdProfileProblem *) problems->pdata[i])->error->message);
  gtk_label_set_text (self->problem, problem->str);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem->len > 0);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0,
                 profiles != NULL ? (int) (profiles->len + problems->len) : -1);
}

static void
row_activated_cb (WdConnectionList *self, GtkListBoxRow *row)
{
  g_autofree char *name = g_strdup (wd_connection_row_get_name (WD_CONNECTION_ROW (row)));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-connection", "s", name);
}

static void
wd_connection_list_dispose (GObject *object)
{
  WdConnectionList *self = WD_CONNECTION_LIST (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->connections);
  if (self->rows != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->rows));
  self->rows = NULL;
  if (self->problem != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->problem));
  self->problem = NULL;
  G_OBJECT_CLASS (wd_connection_list_parent_class)->dispose (object);
}

static void
wd_connection_list_class_init (WdConnectionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_connection_list_dispose;

  /* One was chosen and is about to be opened. */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", WD_TYPE_CONNECTION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /* The file was read: how many are saved, -1 when it cannot be read. */
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", WD_TYPE_CONNECTION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wd_connection_list_init (WdConnectionList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_width_chars (self->problem, 36);
  gtk_label_set_max_width_chars (self->problem, 40);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "connection-problem");
  gtk_widget_set_parent (GTK_WIDGET (self->problem), GTK_WIDGET (self));
  self->rows = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->rows, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Saved connections"), -1);
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->rows), GTK_WIDGET (self));
}

/**
 * wd_connection_list_set_boxed:
 * @self: a list that stands among other things, not in a menu
 */
void
wd_connection_list_set_boxed (WdConnectionList *self)
{
  g_return_if_fail (WD_IS_CONNECTION_LIST (self));

  gtk_widget_add_css_class (GTK_WIDGET (self->rows), "boxed-list");
}

/**
 * wd_connection_list_load:
 * @self: a list
 * @connections: whose
 *
 * Reads them anew; what is shown stays until they are there.
 */
void
wd_connection_list_load (WdConnectionList *self, WdConnections *connections)
{
  g_return_if_fail (WD_IS_CONNECTION_LIST (self));
  g_return_if_fail (WD_IS_CONNECTIONS (connections));

  g_set_object (&self->connections, connections);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  wd_profile_store_load_async (wd_connections_get_store (connections), self->loading, loaded_cb,
                               g_object_ref (self));
}
