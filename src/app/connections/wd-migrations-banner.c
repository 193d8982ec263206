/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Says that a database lacks migrations, as long as it does. It asks once when a connection is
 * opened, and again after something was applied; a database that cannot be asked is the trouble
 * banner's matter, and is asked again when it answers. */

#include "app/connections/wd-migrations-banner.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

struct _WdMigrationsBanner {
  GtkWidget parent_instance;

  WdWorkspace *workspace;       /* (owned) (nullable) */
  gulong handlers[2];           /* of @workspace, until the answer is known */
  GCancellable *asking;         /* (owned) (nullable) */

  GtkRevealer *revealer;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (WdMigrationsBanner, wd_migrations_banner, GTK_TYPE_WIDGET)

static void
show (WdMigrationsBanner *self, guint n_pending)
{
  gboolean read_only = wd_workspace_get_profile (self->workspace)->read_only;
  g_autofree char *text = NULL;

  if (read_only)
    text = g_strdup_printf (ngettext ("%u migration is pending in this database.",
                                      "%u migrations are pending in this database.", n_pending),
                            n_pending);
  else
    text = g_strdup_printf (ngettext ("%u migration is pending: nothing can be triggered, retried "
                                      "or flagged until it is applied.",
                                      "%u migrations are pending: nothing can be triggered, "
                                      "retried or flagged until they are applied.", n_pending),
                            n_pending);
  gtk_label_set_text (self->text, text);
  gtk_revealer_set_reveal_child (self->revealer, n_pending > 0);
}

static void
stop_listening (WdMigrationsBanner *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->handlers) && self->workspace != NULL; i++)
    g_clear_signal_handler (&self->handlers[i], self->workspace);
}

static void
stop (WdMigrationsBanner *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  stop_listening (self);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdMigrationsBanner) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = wd_backend_migrate_finish (WD_BACKEND (source), result, &error);
  guint n_pending = 0;

  if (self->workspace == NULL || self->asking == NULL
      || WD_BACKEND (source) != wd_workspace_get_backend (self->workspace))
    return;
  g_clear_object (&self->asking);
  if (steps == NULL)
    return;
  stop_listening (self);
  for (guint i = 0; i < steps->len; i++)
    n_pending += wd_migration_step_is_pending (steps->pdata[i]);
  show (self, n_pending);
}

static void
ask (WdMigrationsBanner *self)
{
  if (self->asking != NULL || self->workspace == NULL)
    return;
  self->asking = g_cancellable_new ();
  wd_backend_migrate_async (wd_workspace_get_backend (self->workspace), TRUE, NULL, NULL, NULL,
                            self->asking, planned_cb, g_object_ref (self));
}

static void
wd_migrations_banner_dispose (GObject *object)
{
  WdMigrationsBanner *self = WD_MIGRATIONS_BANNER (object);

  stop (self);
  g_clear_object (&self->workspace);
  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (wd_migrations_banner_parent_class)->dispose (object);
}

static void
wd_migrations_banner_class_init (WdMigrationsBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_migrations_banner_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-migrations-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsBanner, text);
}

static void
wd_migrations_banner_init (WdMigrationsBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_migrations_banner_look:
 * @self: a banner
 *
 * Asks again as soon as the database has answered something else, so that the first thing on
 * screen is what somebody waits for.
 */
void
wd_migrations_banner_look (WdMigrationsBanner *self)
{
  g_return_if_fail (WD_IS_MIGRATIONS_BANNER (self));

  stop (self);
  if (self->workspace == NULL)
    return;
  /* Where not even the tables are there yet, there are no statistics but an error. */
  self->handlers[0] = g_signal_connect_swapped (self->workspace, "stats-changed", G_CALLBACK (ask),
                                                self);
  self->handlers[1] = g_signal_connect_swapped (self->workspace, "trouble-changed",
                                                G_CALLBACK (ask), self);
  if (wd_workspace_get_stats (self->workspace) != NULL)
    ask (self);
}

/**
 * wd_migrations_banner_set_workspace:
 * @self: a banner
 * @workspace: (nullable): of which connection
 */
void
wd_migrations_banner_set_workspace (WdMigrationsBanner *self, WdWorkspace *workspace)
{
  g_return_if_fail (WD_IS_MIGRATIONS_BANNER (self));

  stop (self);
  g_set_object (&self->workspace, workspace);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  wd_migrations_banner_look (self);
}
