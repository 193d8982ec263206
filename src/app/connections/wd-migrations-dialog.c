/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The migrations of a database, with their SQL, and applying them.
 *
 * They are applied one by one, each by a call of its own: so it can be stopped between two of them,
 * and when one fails it is known which are there. The database's own ledger has the last word: the
 * rows show what it says after each. */

#include "app/connections/wd-migrations-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "app/connections/wd-migration-row.h"
#include "app/connections/wd-migration-run.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdMigrationsDialog {
  AdwWindow parent_instance;

  WdBackend *backend;           /* (owned) */
  WdProfile *profile;           /* (owned) */
  GCancellable *cancellable;    /* (owned): of reading, or of the migration that runs */
  WdMigrationRun run;
  GPtrArray *rows;              /* (owned) (element-type WdMigrationRow): one for each step */

  AdwWindowTitle *title;
  GtkWidget *close;
  GtkWidget *apply;
  AdwPreferencesGroup *group;
  AdwPreferencesGroup *offers;  /* the optional ones */
  GtkProgressBar *progress;
  GtkLabel *state;
  GtkButton *stop;
};

enum {
  SIGNAL_APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdMigrationsDialog, wd_migrations_dialog, ADW_TYPE_WINDOW)

static void apply_next (WdMigrationsDialog *self);

static void
update_rows (WdMigrationsDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const WdMigrationStep *step = self->run.steps->pdata[i];
      WdMigrationLook look = step->applied    ? WD_MIGRATION_LOOK_APPLIED
                             : step->optional ? WD_MIGRATION_LOOK_OPTIONAL
                                              : WD_MIGRATION_LOOK_PENDING;

      if (g_strcmp0 (step->name, self->run.current) == 0)
        look = WD_MIGRATION_LOOK_RUNNING;
      else if (!step->applied && g_strcmp0 (step->name, self->run.failed) == 0)
        look = WD_MIGRATION_LOOK_FAILED;
      wd_migration_row_set_look (self->rows->pdata[i], look);
      wd_migration_row_set_choosable (self->rows->pdata[i],
                                      !step->applied && self->run.current == NULL
                                        && !self->profile->read_only);
    }
}

static void
update (WdMigrationsDialog *self)
{
  g_autofree char *state = wd_migration_run_describe (&self->run, self->profile->read_only);
  gboolean is_running = self->run.current != NULL;

  gtk_label_set_text (self->state, state);
  /* What can be selected takes the focus, which belongs to the buttons until there is a reason. */
  gtk_label_set_selectable (self->state, self->run.error != NULL);
  if (self->run.error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_running);
  gtk_progress_bar_set_fraction (self->progress, wd_migration_run_fraction (&self->run));
  gtk_widget_set_visible (GTK_WIDGET (self->stop), is_running);
  gtk_button_set_label (self->stop, self->run.stopping ? _("_Stop Now") : _("_Stop"));
  gtk_widget_set_sensitive (self->close, !is_running);
  gtk_widget_set_sensitive (self->apply,
                            !is_running && !self->profile->read_only
                              && wd_migration_run_count_pending (&self->run) > 0);
  update_rows (self);
}

static void
chosen_cb (WdMigrationsDialog *self, gboolean chosen, WdMigrationRow *row)
{
  wd_migration_run_choose (&self->run, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                           chosen);
  update (self);
}

static void
take_steps (WdMigrationsDialog *self, GPtrArray *steps)
{
  gboolean is_first = self->run.steps == NULL || self->run.steps->len != steps->len;

  g_clear_pointer (&self->run.steps, g_ptr_array_unref);
  self->run.steps = steps;
  if (!is_first)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->rows->pdata[i],
                                                  ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      const WdMigrationStep *step = steps->pdata[i];
      GtkWidget *row = wd_migration_row_new (step);

      g_signal_connect_object (row, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (step->optional ? self->offers : self->group, row);
      if (step->optional)
        gtk_widget_set_visible (GTK_WIDGET (self->offers), TRUE);
      g_ptr_array_add (self->rows, row);
    }
}

/* After a failure: what the ledger has, which may be less or more than the answer said. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdMigrationsDialog) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *steps = wd_backend_migrate_finish (WD_BACKEND (source), result, &error);

  if (steps == NULL && wd_error_is_cancelled (error))
    return;
  if (steps != NULL)
    take_steps (self, steps);
  else if (self->run.error == NULL)
    self->run.error = g_steal_pointer (&error);
  update (self);
}

static void
read_plan (WdMigrationsDialog *self)
{
  wd_backend_migrate_async (self->backend, TRUE, NULL, NULL, NULL, self->cancellable, read_cb,
                            g_object_ref (self));
}

static void
progress_cb (const char *name, guint index, guint n_statements, gpointer data)
{
  WdMigrationsDialog *self = data;

  self->run.index = index;
  self->run.n_statements = n_statements;
  update (self);
}

static void
finish (WdMigrationsDialog *self)
{
  g_clear_pointer (&self->run.current, g_free);
  self->run.index = self->run.n_statements = 0;
  update (self);
  if (self->run.n_applied > 0)
    g_signal_emit (self, signals[SIGNAL_APPLIED], 0);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdMigrationsDialog) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *steps = wd_backend_migrate_finish (WD_BACKEND (source), result, &error);

  if (steps != NULL)
    {
      take_steps (self, steps);
      self->run.n_applied++;
      apply_next (self);
      return;
    }
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (!wd_error_is_cancelled (error))
    {
      self->run.failed = g_strdup (self->run.current);
      self->run.error = g_steal_pointer (&error);
    }
  finish (self);
  read_plan (self);
}

static void
apply_next (WdMigrationsDialog *self)
{
  const char *name = wd_migration_run_find_pending (&self->run);
  const char *names[] = { name, NULL };

  if (name == NULL || self->run.stopping || self->run.n_applied == self->run.n_wanted)
    {
      finish (self);
      return;
    }
  g_free (self->run.current);
  self->run.current = g_strdup (name);
  self->run.index = self->run.n_statements = 0;
  update (self);
  wd_backend_migrate_async (self->backend, FALSE, names, progress_cb, self, self->cancellable,
                            applied_cb, g_object_ref (self));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdMigrationsDialog) self = data;

  if (!wd_confirm_finish (result, NULL) || self->run.current != NULL || self->run.steps == NULL)
    return;
  g_clear_error (&self->run.error);
  g_clear_pointer (&self->run.failed, g_free);
  self->run.stopping = FALSE;
  self->run.n_applied = 0;
  self->run.n_wanted = wd_migration_run_count_pending (&self->run);
  apply_next (self);
}

static void
apply_cb (WdMigrationsDialog *self)
{
  guint n_pending = wd_migration_run_count_pending (&self->run);
  g_autofree char *name = wd_format_visible (self->profile->name, 128);
  g_autofree char *host = wd_text_host (self->profile);
  g_autofree char *heading =
    g_strdup_printf (ngettext ("Apply %u Migration?", "Apply %u Migrations?", n_pending),
                     n_pending);
  /* TRANSLATORS: the name of a connection, then its host */
  g_autofree char *body =
    g_strdup_printf (_("They change the database of “%s” on %s. Workers go on meanwhile; a table "
                       "is locked for moments only. It can be stopped between two of them."),
                     name, host);
  WdConfirmSpec spec = { heading, body, _("_Apply"), FALSE,
                         self->profile->production ? name : NULL };

  wd_confirm_async (GTK_WINDOW (self), &spec, NULL, confirmed_cb, g_object_ref (self));
}

static void
stop_cb (WdMigrationsDialog *self)
{
  if (self->run.stopping)
    g_cancellable_cancel (self->cancellable);
  self->run.stopping = TRUE;
  update (self);
}

/* What runs is not left alone: whoever wants to go stops it first. */
static gboolean
wd_migrations_dialog_close_request (GtkWindow *window)
{
  if (WD_MIGRATIONS_DIALOG (window)->run.current != NULL)
    return TRUE;
  return GTK_WINDOW_CLASS (wd_migrations_dialog_parent_class)->close_request (window);
}

static void
wd_migrations_dialog_dispose (GObject *object)
{
  WdMigrationsDialog *self = WD_MIGRATIONS_DIALOG (object);

  if (self->run.current == NULL)
    g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (wd_migrations_dialog_parent_class)->dispose (object);
}

static void
wd_migrations_dialog_finalize (GObject *object)
{
  WdMigrationsDialog *self = WD_MIGRATIONS_DIALOG (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->profile, wd_profile_unref);
  wd_migration_run_clear (&self->run);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wd_migrations_dialog_parent_class)->finalize (object);
}

static void
wd_migrations_dialog_class_init (WdMigrationsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_migrations_dialog_dispose;
  object_class->finalize = wd_migrations_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_migrations_dialog_close_request;

  /* Some were applied, whether or not all were. */
  signals[SIGNAL_APPLIED] =
    g_signal_new ("applied", WD_TYPE_MIGRATIONS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-migrations-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, close);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, apply);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, offers);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, state);
  gtk_widget_class_bind_template_child (widget_class, WdMigrationsDialog, stop);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
wd_migrations_dialog_init (WdMigrationsDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_migrations_dialog_new:
 * @backend: whose database
 * @profile: its connection
 *
 * Returns: (transfer none): the dialog, not shown yet; it owns itself
 */
WdMigrationsDialog *
wd_migrations_dialog_new (WdBackend *backend, WdProfile *profile)
{
  WdMigrationsDialog *self = g_object_new (WD_TYPE_MIGRATIONS_DIALOG, NULL);
  g_autofree char *name = wd_format_visible (profile->name, 128);

  self->backend = g_object_ref (backend);
  self->profile = wd_profile_ref (profile);
  adw_window_title_set_subtitle (self->title, name);
  update (self);
  read_plan (self);
  return self;
}
