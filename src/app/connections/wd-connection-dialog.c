/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes a connection, tries it, and saves it. The draft holds all that is typed; the keyring is
 * asked for the passwords of a saved one while the dialog is already there. */

#include "app/connections/wd-connection-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-focus.h"
#include "app/connections/wd-connection-delete.h"
#include "app/connections/wd-connection-form.h"
#include "app/connections/wd-connection-test.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "session/wd-profile-draft.h"
#include "session/wd-profile-keeper.h"
#include "session/wd-secrets.h"

struct _WdConnectionDialog {
  AdwWindow parent_instance;

  WdConnections *connections;   /* (owned) */
  WdProfile *original;          /* (owned) (nullable): the saved one that is edited */
  WdProfileDraft *draft;        /* (owned) */
  WdProfileDraft *before;       /* (owned): @draft as it was before anything was typed */
  char **taken;                 /* (owned) (nullable): the names of other connections */
  GCancellable *cancellable;    /* (owned): of all that is under way */
  gboolean is_reading;          /* the keyring */
  gboolean is_saving;
  gboolean keyring_unknown;     /* it could not be read: what is in it stays */
  GError *error;                /* (owned) (nullable): why it was not saved */

  AdwWindowTitle *title;
  GtkButton *cancel;
  GtkWidget *save;
  GtkStack *stack;
  WdConnectionForm *form;
  WdConnectionTest *test;
  GtkWidget *bar;
  GtkLabel *reason;
  GtkWidget *test_button;
};

enum {
  SIGNAL_NOTICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdConnectionDialog, wd_connection_dialog, ADW_TYPE_WINDOW)

static gboolean
is_testing (WdConnectionDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "test") == 0;
}

static void
update (WdConnectionDialog *self)
{
  g_autoptr (GError) error = NULL;
  WdDraftField field;
  gboolean can_try = wd_profile_draft_check_servers (self->draft, &field, NULL);
  gboolean valid = wd_profile_draft_check (self->draft, (const char *const *) self->taken, &field,
                                           &error);
  gboolean busy = self->is_reading || self->is_saving;
  const char *reason = self->error != NULL ? self->error->message
                                           : error != NULL ? error->message : "";

  gtk_button_set_label (self->cancel, is_testing (self) ? _("_Back") : _("_Cancel"));
  gtk_widget_set_sensitive (self->save, valid && !busy);
  gtk_widget_set_tooltip_text (self->save, error != NULL ? error->message : NULL);
  gtk_widget_set_sensitive (self->test_button, !busy && can_try);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !self->is_saving);
  gtk_widget_set_visible (self->bar, !is_testing (self));
  gtk_label_set_text (self->reason, self->is_saving ? _("Saving…") : reason);
  gtk_widget_set_css_classes (GTK_WIDGET (self->reason),
                              self->error != NULL ? (const char *[]) { "error", NULL }
                                                  : (const char *[]) { NULL });
}

static void
changed_cb (WdConnectionDialog *self)
{
  g_clear_error (&self->error);
  update (self);
}

static void
fail (WdConnectionDialog *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->is_saving = FALSE;
  g_cancellable_reset (self->cancellable);
  gtk_stack_set_visible_child_name (self->stack, "form");
  update (self);
  wd_focus_take_back (GTK_WINDOW (self));
}

/* Says what could not be cleaned up, in the window behind, and goes. */
static void
leave (WdConnectionDialog *self, const char *warning)
{
  if (warning != NULL)
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, warning);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  if (wd_profile_keeper_save_finish (result, &warning, &error))
    {
      wd_connections_replace (self->connections,
                              self->original != NULL ? self->original->name : NULL,
                              self->draft->name);
      leave (self, warning);
    }
  else if (wd_error_is_cancelled (error) || self->form == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    fail (self, error);
}

static void
save_cb (WdConnectionDialog *self)
{
  g_autoptr (WdProfile) profile = wd_profile_draft_to_profile (self->draft);

  g_clear_error (&self->error);
  profile->keyring = profile->keyring || self->keyring_unknown;
  self->is_saving = TRUE;
  wd_focus_put_aside (GTK_WINDOW (self), GTK_WIDGET (self->cancel));
  update (self);
  wd_profile_keeper_save_async (wd_connections_get_store (self->connections), profile,
                                self->original, self->keyring_unknown, self->cancellable, saved_cb,
                                g_object_ref (self));
}

static void
test_cb (WdConnectionDialog *self)
{
  g_autoptr (WdProfile) profile = wd_profile_draft_to_profile (self->draft);

  gtk_stack_set_visible_child_name (self->stack, "test");
  update (self);
  wd_connection_test_run (self->test, profile);
}

/* The dialog goes when it is known whether that came too late. */
static gboolean
stop_saving (WdConnectionDialog *self)
{
  if (self->is_saving)
    g_cancellable_cancel (self->cancellable);
  return self->is_saving;
}

/* Escape is pressed for many reasons, and a password is long. */
static gboolean
wd_connection_dialog_close_request (GtkWindow *window)
{
  WdConnectionDialog *self = WD_CONNECTION_DIALOG (window);

  if (stop_saving (self))
    return TRUE;
  if (wd_profile_draft_equal (self->draft, self->before))
    return GTK_WINDOW_CLASS (wd_connection_dialog_parent_class)->close_request (window);
  wd_confirm_discard (window);
  return TRUE;
}

static void
cancel_cb (WdConnectionDialog *self)
{
  if (stop_saving (self))
    return;
  if (!is_testing (self))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  wd_connection_test_stop (self->test);
  gtk_stack_set_visible_child_name (self->stack, "form");
  update (self);
  gtk_widget_grab_focus (self->test_button);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdConnectionDialog *self = WD_CONNECTION_DIALOG (widget);

  if (is_testing (self))
    cancel_cb (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  if (wd_connection_delete_finish (result, &warning, &error))
    {
      wd_connections_replace (self->connections, self->original->name, NULL);
      leave (self, warning);
    }
  else if (!wd_error_is_cancelled (error))
    fail (self, error);
}

static void
delete_cb (WdConnectionDialog *self)
{
  wd_connection_delete_async (GTK_WINDOW (self), wd_connections_get_store (self->connections),
                              self->original, self->cancellable, deleted_cb, g_object_ref (self));
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, &problems, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_pointer (&self->taken, g_strfreev);
  if (profiles != NULL)
    self->taken = wd_profile_store_names (profiles, problems,
                                          self->original != NULL ? self->original->name : NULL);
  else
    fail (self, error);
  update (self);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_secrets_unlock_profile_finish (result, &error);

  if (wd_error_is_cancelled (error))
    return;
  self->is_reading = FALSE;
  self->keyring_unknown = profile == NULL;
  if (profile != NULL)
    {
      wd_profile_draft_fill_passwords (self->draft, profile);
      wd_profile_draft_fill_passwords (self->before, profile);
    }
  wd_connection_form_update (self->form);
  wd_connection_form_set_keyring (self->form, FALSE, error != NULL ? error->message : NULL);
  update (self);
}

static void
wd_connection_dialog_dispose (GObject *object)
{
  WdConnectionDialog *self = WD_CONNECTION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->form != NULL)
    wd_connection_form_set_draft (self->form, NULL, FALSE);
  self->form = NULL;
  G_OBJECT_CLASS (wd_connection_dialog_parent_class)->dispose (object);
}

static void
wd_connection_dialog_finalize (GObject *object)
{
  WdConnectionDialog *self = WD_CONNECTION_DIALOG (object);

  g_clear_object (&self->connections);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->original, wd_profile_unref);
  g_clear_pointer (&self->draft, wd_profile_draft_free);
  g_clear_pointer (&self->before, wd_profile_draft_free);
  g_clear_error (&self->error);
  g_strfreev (self->taken);
  G_OBJECT_CLASS (wd_connection_dialog_parent_class)->finalize (object);
}

static void
wd_connection_dialog_class_init (WdConnectionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_connection_dialog_dispose;
  object_class->finalize = wd_connection_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_connection_dialog_close_request;

  /* Something to tell in the window behind. */
  signals[SIGNAL_NOTICE] =
    g_signal_new ("notice", WD_TYPE_CONNECTION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WD_TYPE_CONNECTION_FORM);
  g_type_ensure (WD_TYPE_CONNECTION_TEST);
  gtk_widget_class_install_action (widget_class, "connection.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "connection.cancel", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, test);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionDialog, test_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, wd_connection_dialog_duplicate);
}

static void
wd_connection_dialog_init (WdConnectionDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_focus_skip_first (GTK_WINDOW (self), GTK_WIDGET (self->cancel));
}

/**
 * wd_connection_dialog_new:
 * @connections: where it is saved and opened
 * @profile: (nullable): a saved one to edit, as it was read; %NULL for a new one
 *
 * Returns: (transfer none): the dialog, not shown yet; it owns itself
 */
WdConnectionDialog *
wd_connection_dialog_new (WdConnections *connections, WdProfile *profile)
{
  WdConnectionDialog *self = g_object_new (WD_TYPE_CONNECTION_DIALOG, NULL);

  self->connections = g_object_ref (connections);
  self->original = profile != NULL ? wd_profile_ref (profile) : NULL;
  self->draft = wd_profile_draft_new (profile);
  self->before = wd_profile_draft_new (profile);
  self->is_reading = profile != NULL && profile->keyring;
  wd_connection_form_set_draft (self->form, self->draft, profile != NULL);
  wd_connection_form_set_keyring (self->form, self->is_reading, NULL);
  if (profile != NULL)
    {
      g_autofree char *name = wd_format_visible (profile->name, 128);

      adw_window_title_set_subtitle (self->title, name);
    }
  wd_profile_store_load_async (wd_connections_get_store (connections), self->cancellable, names_cb,
                               g_object_ref (self));
  if (self->is_reading)
    wd_secrets_unlock_profile_async (profile, self->cancellable, unlocked_cb, g_object_ref (self));
  update (self);
  return self;
}

/**
 * wd_connection_dialog_duplicate:
 * @self: a dialog
 *
 * Goes on with a copy of what is in the fields, to be saved under another name.
 */
void
wd_connection_dialog_duplicate (WdConnectionDialog *self)
{
  WdProfileDraft *copy;

  g_return_if_fail (WD_IS_CONNECTION_DIALOG (self));

  copy = wd_profile_draft_copy (self->draft);
  g_free (copy->name);
  /* TRANSLATORS: the name of a connection that is a copy of the one named %s */
  copy->name = g_strdup_printf (_("%s (copy)"), self->draft->name);
  wd_connection_form_set_draft (self->form, copy, FALSE);
  wd_profile_draft_free (self->draft);
  self->draft = copy;
  g_clear_pointer (&self->original, wd_profile_unref);
  self->keyring_unknown = FALSE;
  adw_window_title_set_subtitle (self->title, _("Copy"));
  wd_profile_store_load_async (wd_connections_get_store (self->connections), self->cancellable,
                               names_cb, g_object_ref (self));
  changed_cb (self);
}

/**
 * wd_connection_dialog_import:
 * @self: a dialog
 * @file: a `.env` to begin with
 */
void
wd_connection_dialog_import (WdConnectionDialog *self, GFile *file)
{
  g_return_if_fail (WD_IS_CONNECTION_DIALOG (self));

  wd_connection_form_import (self->form, file);
}
