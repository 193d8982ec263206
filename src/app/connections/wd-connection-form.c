/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of a connection. All state is in the draft, which is the dialog's. */

#include "app/connections/wd-connection-form.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-file-chooser.h"
#include "app/connections/wd-authority-choice.h"
#include "app/connections/wd-colour-picker.h"
#include "app/connections/wd-import-group.h"
#include "app/connections/wd-queue-row.h"
#include "app/connections/wd-remote-group.h"
#include "app/connections/wd-server-group.h"
#include "base/wd-error.h"
#include "session/wd-env-import.h"

/* A `.env` has a few kilobytes; what is much larger is something else. */
#define ENV_BYTES_MAX (1024 * 1024)

struct _WdConnectionForm {
  GtkWidget parent_instance;

  WdProfileDraft *draft;        /* not owned: the dialog's */
  gboolean updating;
  GCancellable *reading;        /* (owned) (nullable): of a `.env` */

  GtkWidget *page;
  WdImportGroup *notes;
  GtkEditable *name;
  WdColourPicker *colour;
  AdwComboRow *kind;
  WdRemoteGroup *remote;
  WdServerGroup *postgres;
  WdServerGroup *redis;
  GtkSwitch *production;
  GtkSwitch *read_only;
  GtkEditable *ca_file;
  GtkEditable *prefix;
  WdQueueRow *queues;
  GtkWidget *env;
  GtkWidget *saved;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_DUPLICATE,
  SIGNAL_DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdConnectionForm, wd_connection_form, GTK_TYPE_WIDGET)

static void
set_text (GtkEditable *editable, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (editable), text) != 0)
    gtk_editable_set_text (editable, text);
}

/* A remote dashboard has its own servers, and knows how its queues are called. */
static void
update_kind (WdConnectionForm *self)
{
  gboolean is_remote = self->draft->is_remote;

  gtk_widget_set_visible (GTK_WIDGET (self->remote), is_remote);
  gtk_widget_set_visible (GTK_WIDGET (self->postgres), !is_remote);
  gtk_widget_set_visible (GTK_WIDGET (self->redis), !is_remote);
  gtk_widget_set_visible (GTK_WIDGET (self->prefix), !is_remote);
  gtk_widget_set_visible (GTK_WIDGET (self->queues), !is_remote);
  gtk_widget_set_visible (self->env, !is_remote);
}

/**
 * wd_connection_form_update:
 * @self: a form with a draft
 *
 * Shows what the draft says now.
 */
void
wd_connection_form_update (WdConnectionForm *self)
{
  self->updating = TRUE;
  set_text (self->name, self->draft->name);
  wd_colour_picker_set_colour (self->colour, self->draft->colour);
  adw_combo_row_set_selected (self->kind, self->draft->is_remote ? 1 : 0);
  gtk_switch_set_active (self->production, self->draft->production);
  gtk_switch_set_active (self->read_only, self->draft->read_only);
  set_text (self->ca_file, self->draft->ca_file);
  set_text (self->prefix, self->draft->prefix);
  self->updating = FALSE;
  wd_queue_row_update (self->queues);
  wd_remote_group_update (self->remote);
  wd_server_group_update (self->postgres);
  wd_server_group_update (self->redis);
  update_kind (self);
}

static void
changed_cb (WdConnectionForm *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_typed (WdConnectionForm *self)
{
  return !self->updating && self->draft != NULL;
}

static void
name_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  wd_profile_draft_set_text (&self->draft->name, gtk_editable_get_text (self->name));
  changed_cb (self);
}

static void
kind_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  self->draft->is_remote = adw_combo_row_get_selected (self->kind) == 1;
  update_kind (self);
  changed_cb (self);
}

static void
colour_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  g_free (self->draft->colour);
  self->draft->colour = g_strdup (wd_colour_picker_get_colour (self->colour));
  changed_cb (self);
}

static void
switch_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  self->draft->production = gtk_switch_get_active (self->production);
  self->draft->read_only = gtk_switch_get_active (self->read_only);
  changed_cb (self);
}

static void
ca_file_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  wd_profile_draft_set_text (&self->draft->ca_file, gtk_editable_get_text (self->ca_file));
  wd_server_group_update (self->postgres);
  changed_cb (self);
}

static void
prefix_cb (WdConnectionForm *self)
{
  if (!is_typed (self))
    return;
  wd_profile_draft_set_text (&self->draft->prefix, gtk_editable_get_text (self->prefix));
  changed_cb (self);
}

/* What was wrong with a file stands among the notes about one. */
static void
add_problem (GPtrArray *notes, const char *name, const GError *error)
{
  WdImportNote *note = g_new0 (WdImportNote, 1);

  note->name = g_strdup (name);
  note->text = g_strdup (error->message);
  g_ptr_array_add (notes, note);
}

static void
authority_cb (GFile *file, const char *path, const GError *error, gpointer data)
{
  WdConnectionForm *self = data;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *name = g_file_get_basename (file);

  if (self->draft == NULL)
    return;
  if (path != NULL)
    {
      gtk_editable_set_text (self->ca_file, path);
      return;
    }
  notes = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_import_note_free);
  add_problem (notes, name, error);
  wd_import_group_show (self->notes, name, notes);
}

static void
choose_cb (WdConnectionForm *self)
{
  wd_authority_choose (GTK_WIDGET (self), authority_cb, g_object_ref (self), g_object_unref);
}

static void
env_chosen_cb (GFile *file, gpointer data)
{
  if (file != NULL)
    wd_connection_form_import (WD_CONNECTION_FORM (data), file);
}

static void
import_cb (WdConnectionForm *self)
{
  const char *const patterns[] = { ".env", ".env.*", "*.env", NULL };
  const WdFileChooserSpec spec = { _("Import .env"), _("_Import"), _(".env files"), patterns };

  wd_file_chooser_open (GTK_WIDGET (self), &spec, env_chosen_cb, g_object_ref (self),
                        g_object_unref);
}

static void
duplicate_cb (WdConnectionForm *self)
{
  g_signal_emit (self, signals[SIGNAL_DUPLICATE], 0);
}

static void
delete_cb (WdConnectionForm *self)
{
  g_signal_emit (self, signals[SIGNAL_DELETE], 0);
}

static gboolean
drop_cb (WdConnectionForm *self, const GValue *value)
{
  wd_connection_form_import (self, g_value_get_object (value));
  return TRUE;
}

/* Whatever was dropped here: a device has no end. */
static gboolean
read_more_cb (const char *contents, goffset size, gpointer data)
{
  return size < ENV_BYTES_MAX;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnectionForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (WdEnvFile) file = NULL;
  gsize length = 0;

  if (!g_file_load_partial_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    {
      if (wd_error_is_cancelled (error))
        return;
      length = 0;
    }
  g_clear_object (&self->reading);
  if (self->draft == NULL)
    return;
  file = wd_env_file_parse (text != NULL ? text : "", (gssize) MIN (length, ENV_BYTES_MAX));
  notes = wd_env_import (file, self->draft);
  if (error != NULL)
    add_problem (notes, name, error);
  if (*self->draft->name == '\0' && notes->len > 0 && error == NULL)
    wd_profile_draft_set_text (&self->draft->name, _("Imported"));
  wd_import_group_show (self->notes, name, notes);
  wd_connection_form_update (self);
  changed_cb (self);
}

static void
wd_connection_form_dispose (GObject *object)
{
  WdConnectionForm *self = WD_CONNECTION_FORM (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_connection_form_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, WD_TYPE_CONNECTION_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
wd_connection_form_class_init (WdConnectionFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_connection_form_dispose;

  /* Each says what a person did. */
  signals[SIGNAL_CHANGED] = add_signal ("changed");
  signals[SIGNAL_DUPLICATE] = add_signal ("duplicate");
  signals[SIGNAL_DELETE] = add_signal ("delete");

  g_type_ensure (WD_TYPE_COLOUR_PICKER);
  g_type_ensure (WD_TYPE_IMPORT_GROUP);
  g_type_ensure (WD_TYPE_QUEUE_ROW);
  g_type_ensure (WD_TYPE_REMOTE_GROUP);
  g_type_ensure (WD_TYPE_SERVER_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-connection-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, page);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, notes);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, name);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, colour);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, kind);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, remote);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, postgres);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, redis);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, production);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, read_only);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, ca_file);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, prefix);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, queues);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, env);
  gtk_widget_class_bind_template_child (widget_class, WdConnectionForm, saved);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, colour_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, ca_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, prefix_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, duplicate_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
wd_connection_form_init (WdConnectionForm *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the entries, which would take the file's name as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * wd_connection_form_set_draft:
 * @self: a form
 * @draft: (nullable): what is written; must outlive @self or be replaced
 * @is_saved: it is of a connection that can be duplicated and deleted
 */
void
wd_connection_form_set_draft (WdConnectionForm *self, WdProfileDraft *draft, gboolean is_saved)
{
  g_return_if_fail (WD_IS_CONNECTION_FORM (self));

  self->draft = NULL;
  wd_remote_group_set_draft (self->remote, draft);
  wd_server_group_set_draft (self->postgres, draft, WD_SECRET_POSTGRES);
  wd_server_group_set_draft (self->redis, draft, WD_SECRET_REDIS);
  wd_queue_row_set_draft (self->queues, draft);
  self->draft = draft;
  gtk_widget_set_visible (self->saved, is_saved);
  if (draft != NULL)
    wd_connection_form_update (self);
}

/**
 * wd_connection_form_set_keyring:
 * @self: a form with a draft
 * @is_reading: the keyring has not answered yet
 * @problem: (nullable): why the passwords in it are not known
 */
void
wd_connection_form_set_keyring (WdConnectionForm *self, gboolean is_reading, const char *problem)
{
  g_return_if_fail (WD_IS_CONNECTION_FORM (self));

  wd_remote_group_set_keyring (self->remote, is_reading, problem);
  wd_server_group_set_keyring (self->postgres, is_reading, problem);
  wd_server_group_set_keyring (self->redis, is_reading, problem);
}

/**
 * wd_connection_form_import:
 * @self: a form with a draft
 * @file: a `.env`
 *
 * Fills in what it names, and says what became of each variable.
 */
void
wd_connection_form_import (WdConnectionForm *self, GFile *file)
{
  g_return_if_fail (WD_IS_CONNECTION_FORM (self));

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  g_file_load_partial_contents_async (file, self->reading, read_more_cb, read_cb,
                                      g_object_ref (self));
}
