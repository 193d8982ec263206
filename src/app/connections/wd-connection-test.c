/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tries a connection that need not be saved: doctor's checks, one group for each server. */

#include "app/connections/wd-connection-test.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/connections/wd-check-row.h"
#include "app/connections/wd-migrations-dialog.h"
#include "base/wd-error.h"
#include "session/wd-profile-backend.h"

struct _WdConnectionTest {
  GtkWidget parent_instance;

  WdProfile *profile;           /* (owned) (nullable) */
  WdBackend *backend;           /* (owned) (nullable) */
  GCancellable *running;        /* (owned) (nullable) */
  GPtrArray *checks;            /* (owned) (nullable) (element-type WdCheck): found last */
  GError *error;                /* (owned) (nullable) */
  gboolean stopped;
  guint n_pending;
  GPtrArray *rows;              /* (owned) (element-type GtkWidget): in the groups */

  GtkWidget *scroller;
  GtkSpinner *spinner;
  GtkLabel *summary;
  GtkWidget *stop;
  GtkWidget *again;
  GtkWidget *migrations;
  AdwPreferencesRow *migrations_row;
  AdwPreferencesGroup *postgres;
  AdwPreferencesGroup *redis;
};

G_DEFINE_FINAL_TYPE (WdConnectionTest, wd_connection_test, GTK_TYPE_WIDGET)

static guint
count (WdConnectionTest *self, WdCheckStatus status)
{
  guint n = 0;

  for (guint i = 0; self->checks != NULL && i < self->checks->len; i++)
    n += ((const WdCheck *) self->checks->pdata[i])->status == status;
  return n;
}

static char *
dup_summary (WdConnectionTest *self)
{
  guint n_errors = count (self, WD_CHECK_ERROR);
  guint n_warnings = count (self, WD_CHECK_WARNING);
  g_autofree char *errors =
    g_strdup_printf (ngettext ("%u error", "%u errors", n_errors), n_errors);
  g_autofree char *warnings =
    g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  if (self->running != NULL)
    return g_strdup (_("Testing…"));
  if (self->profile == NULL)
    return g_strdup ("");
  if (self->stopped)
    return g_strdup (_("Stopped. Nothing was changed."));
  if (self->error != NULL)
    return g_strdup (self->error->message);
  if (n_errors > 0 && n_warnings > 0)
    /* TRANSLATORS: “2 errors, 1 warning” */
    return g_strdup_printf (_("%s, %s"), errors, warnings);
  if (n_errors > 0 || n_warnings > 0)
    return g_strdup (n_errors > 0 ? errors : warnings);
  return g_strdup (_("Everything works"));
}

static void
update (WdConnectionTest *self)
{
  g_autofree char *summary = dup_summary (self);
  g_autofree char *pending =
    g_strdup_printf (ngettext ("%u migration is pending", "%u migrations are pending",
                               self->n_pending), self->n_pending);
  gboolean is_running = self->running != NULL;
  gboolean is_remote = self->profile != NULL && self->profile->api_url != NULL;

  gtk_label_set_text (self->summary, summary);
  gtk_spinner_set_spinning (self->spinner, is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_running);
  gtk_widget_set_visible (self->stop, is_running);
  gtk_widget_set_visible (self->again, !is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->postgres), self->checks != NULL);
  adw_preferences_group_set_title (self->postgres, is_remote ? _("Remote Dashboard")
                                                             : "PostgreSQL");
  gtk_widget_set_visible (GTK_WIDGET (self->redis), self->checks != NULL && !is_remote);
  adw_preferences_row_set_title (self->migrations_row, pending);
  gtk_widget_set_visible (self->migrations, !is_running && self->n_pending > 0);
}

static AdwPreferencesGroup *
get_group (WdConnectionTest *self, const WdCheck *check)
{
  return g_str_has_prefix (check->name, "postgres") || g_str_has_prefix (check->name, "remote")
           ? self->postgres : self->redis;
}

static void
clear_rows (WdConnectionTest *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* What is wrong comes first: nobody scrolls past what is right. */
static void
show_checks (WdConnectionTest *self)
{
  static const WdCheckStatus order[] = {
    WD_CHECK_ERROR, WD_CHECK_WARNING, WD_CHECK_UNKNOWN, WD_CHECK_OK,
  };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < self->checks->len; j++)
      {
        const WdCheck *check = self->checks->pdata[j];

        if (check->status == order[i])
          {
            GtkWidget *row = wd_check_row_new (check);

            adw_preferences_group_add (get_group (self, check), row);
            g_ptr_array_add (self->rows, row);
          }
      }
}

static void
finish (WdConnectionTest *self)
{
  g_clear_object (&self->running);
  update (self);
}

/* That the plan cannot be read, doctor has said already. */
static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionTest) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = wd_backend_migrate_finish (WD_BACKEND (source), result, &error);

  if (WD_BACKEND (source) != self->backend || self->running == NULL)
    return;
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    self->n_pending += wd_migration_step_is_pending (steps->pdata[i]);
  finish (self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionTest) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = wd_backend_run_doctor_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error) || WD_BACKEND (source) != self->backend)
    return;
  if (checks == NULL)
    {
      self->error = g_steal_pointer (&error);
      finish (self);
      return;
    }
  self->checks = g_steal_pointer (&checks);
  show_checks (self);
  wd_backend_migrate_async (self->backend, TRUE, NULL, NULL, NULL, self->running, planned_cb,
                            g_object_ref (self));
}

static void
again_cb (WdConnectionTest *self)
{
  g_autoptr (WdProfile) profile = wd_profile_ref (self->profile);

  wd_connection_test_run (self, profile);
}

static void
migrations_cb (WdConnectionTest *self)
{
  WdMigrationsDialog *dialog = wd_migrations_dialog_new (self->backend, self->profile);

  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "applied", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
wd_connection_test_dispose (GObject *object)
{
  WdConnectionTest *self = WD_CONNECTION_TEST (object);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_connection_test_parent_class)->dispose (object);
}

static void
wd_connection_test_finalize (GObject *object)
{
  WdConnectionTest *self = WD_CONNECTION_TEST (object);

  g_clear_pointer (&self->profile, wd_profile_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (wd_connection_test_parent_class)->finalize (object);
}

static void
wd_connection_test_class_init (WdConnectionTestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_connection_test_dispose;
  object_class->finalize = wd_connection_test_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-connection-test.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, summary);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, stop);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, again);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, migrations);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, migrations_row);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, postgres);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionTest, redis);
  gtk_widget_class_bind_template_callback (widget_class, wd_connection_test_stop);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, migrations_cb);
}

static void
wd_connection_test_init (WdConnectionTest *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * wd_connection_test_run:
 * @self: a test
 * @profile: what to try, with its passwords; gets a name where it has none
 *
 * Begins anew with connections of its own; changes nothing on the servers.
 */
void
wd_connection_test_run (WdConnectionTest *self, WdProfile *profile)
{
  WdProfile *copy;

  g_return_if_fail (WD_IS_CONNECTION_TEST (self));

  copy = wd_profile_ref (profile);
  if (*copy->name == '\0')
    {
      g_free (copy->name);
      copy->name = g_strdup (_("New connection"));
    }
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_pointer (&self->profile, wd_profile_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->backend);
  clear_rows (self);
  self->stopped = FALSE;
  self->n_pending = 0;
  self->profile = copy;
  self->backend = wd_profile_make_backend (copy);
  self->running = g_cancellable_new ();
  wd_backend_run_doctor_async (self->backend, FALSE, self->running, checked_cb,
                               g_object_ref (self));
  update (self);
  gtk_widget_grab_focus (self->stop);
}

/**
 * wd_connection_test_stop:
 * @self: a test
 *
 * Does nothing when none runs.
 */
void
wd_connection_test_stop (WdConnectionTest *self)
{
  g_return_if_fail (WD_IS_CONNECTION_TEST (self));

  if (self->running == NULL)
    return;
  g_cancellable_cancel (self->running);
  self->stopped = TRUE;
  finish (self);
  gtk_widget_grab_focus (self->again);
}
