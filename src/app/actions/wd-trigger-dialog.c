/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Queues a job for some wallets. Before anything is sent it shows what the dispatch would meet: who
 * the wallets are, and which have such a job under way. Those are left out until the admin says,
 * wallet by wallet, that a second one is meant; the database looks again under its locks. */

#include "app/actions/wd-trigger-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-address-list.h"
#include "app/actions/wd-trigger-subjects.h"
#include "app/actions/wd-trigger-text.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

/* As many as can be selected in a table. */
#define MAX_WALLETS 5000

struct _WdTriggerDialog {
  WdActionDialog parent_instance;

  GPtrArray *types;          /* (owned) (element-type WdJobType): beside the choices */
  const WdJobType *sent;     /* (nullable): what was queued, once something was asked for */
  WdOutlook *outlook;        /* (owned) (nullable) */
  gboolean looked_up;        /* the outlook is about every wallet of the list */
  gboolean sorted;
  char *note;                /* (owned) (nullable): about what was typed last */

  GtkWidget *controls;
  AdwComboRow *type;
  AdwComboRow *priority;
  GtkWidget *entry_group;
  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (WdTriggerDialog, wd_trigger_dialog, WD_TYPE_ACTION_DIALOG)

/* Returns: (transfer none) (nullable): %NULL while none is chosen */
static const WdJobType *
get_type (WdTriggerDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->type);

  return selected < self->types->len ? self->types->pdata[selected] : NULL;
}

/* Beside the choices. */
static const WdPriority priorities[] = { WD_PRIORITY_LOW, WD_PRIORITY_NORMAL, WD_PRIORITY_HIGH };

static WdPriority
get_priority (WdTriggerDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->priority);

  return selected < G_N_ELEMENTS (priorities) ? priorities[selected] : WD_PRIORITY_NORMAL;
}

static void
update_trouble (WdTriggerDialog *self)
{
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);
  WdFeed feed;
  WdTime since;
  const GError *error = wd_workspace_get_trouble (wd_action_dialog_get_workspace (dialog), &feed,
                                                  &since);
  gboolean queues = error != NULL && feed == WD_FEED_QUEUES;
  g_autofree char *details = NULL;

  details = queues ? wd_format_visible (error->message, 512) : NULL;
  wd_action_dialog_set_trouble (dialog, queues ? _("The queues cannot be reached. Nothing can be "
                                                   "queued until they can.") : NULL, details);
}

static void
update (WdActionDialog *dialog)
{
  WdTriggerDialog *self = WD_TRIGGER_DIALOG (dialog);
  g_autofree char *summary = NULL;

  if (self->looked_up && !wd_action_dialog_is_running (dialog))
    {
      wd_trigger_subjects_update (wd_action_dialog_get_subjects (dialog), self->outlook,
                                  get_type (self));
      if (!self->sorted)
        wd_trigger_subjects_sort (G_LIST_STORE (wd_action_dialog_get_subjects (dialog)));
      self->sorted = TRUE;
    }
  update_trouble (self);
  /* What it tells at the end is of one kind. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->type), self->sent == NULL);
  summary = wd_trigger_text_summary (wd_action_dialog_get_subjects (dialog),
                                     self->looked_up ? self->outlook : NULL);
  if (self->note != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", self->note, summary);

      wd_action_dialog_set_summary (dialog, both);
    }
  else
    wd_action_dialog_set_summary (dialog, summary);
}

static void
outlook_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdTriggerDialog) self = WD_TRIGGER_DIALOG (data);
  GError *error = NULL;
  g_autoptr (WdOutlook) outlook = wd_backend_load_outlook_finish (WD_BACKEND (source), result,
                                                                  &error);

  if (!wd_action_dialog_end_reading (WD_ACTION_DIALOG (self), error))
    return;
  if (outlook != NULL)
    {
      g_clear_pointer (&self->outlook, wd_outlook_unref);
      self->outlook = g_steal_pointer (&outlook);
      self->looked_up = TRUE;
    }
  wd_action_dialog_update (WD_ACTION_DIALOG (self));
}

static void
look (WdActionDialog *dialog)
{
  WdWorkspace *workspace = wd_action_dialog_get_workspace (dialog);
  g_auto (GStrv) addresses = NULL;

  if (workspace == NULL)
    return;
  addresses = wd_trigger_subjects_dup_addresses (wd_action_dialog_get_subjects (dialog));
  if (*addresses == NULL)
    wd_action_dialog_stop_reading (dialog);
  else
    wd_backend_load_outlook_async (wd_workspace_get_backend (workspace),
                                   (const char *const *) addresses,
                                   wd_action_dialog_begin_reading (dialog), outlook_cb,
                                   g_object_ref (dialog));
}

static void
changed_cb (WdTriggerDialog *self)
{
  wd_action_dialog_update (WD_ACTION_DIALOG (self));
}

static guint
add_addresses (WdTriggerDialog *self, const char *const *addresses)
{
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);
  guint n_added = 0;

  for (; *addresses != NULL; addresses++)
    {
      g_autofree char *title = NULL;
      WdSubject *subject;

      if (wd_action_dialog_find_subject (dialog, *addresses) != NULL
          || g_list_model_get_n_items (wd_action_dialog_get_subjects (dialog)) >= MAX_WALLETS)
        continue;
      title = wd_format_visible (*addresses, 512);
      subject = wd_subject_new (*addresses, title);
      wd_subject_set_removable (subject);
      wd_action_dialog_add_subject (dialog, subject);
      n_added++;
    }
  if (n_added > 0)
    {
      self->looked_up = FALSE;
      self->sorted = FALSE;
      look (dialog);
    }
  return n_added;
}

/* Enter on an empty line is meant for the dialog. */
static void
add_cb (WdTriggerDialog *self)
{
  g_autoptr (WdAddressList) list = wd_address_list_parse (gtk_editable_get_text (self->entry));
  guint n_wanted = list->addresses->len;
  guint n_added;

  if (n_wanted == 0 && list->n_invalid == 0)
    {
      gtk_widget_activate_default (GTK_WIDGET (self));
      return;
    }
  g_ptr_array_add (list->addresses, NULL);
  n_added = add_addresses (self, (const char *const *) list->addresses->pdata);
  g_clear_pointer (&self->note, g_free);
  self->note = wd_trigger_text_left_out (list->n_invalid, n_wanted - n_added);
  gtk_editable_set_text (self->entry, "");
  changed_cb (self);
}

static void
add_requests (WdActionDialog *dialog, WdActionRun *run, GPtrArray *subjects)
{
  WdTriggerDialog *self = WD_TRIGGER_DIALOG (dialog);

  self->sent = get_type (self);
  wd_trigger_subjects_add_requests (subjects, run, self->sent, get_priority (self));
}

static const char *
get_key (const WdJob *job)
{
  return job->wallet_address != NULL ? job->wallet_address : "";
}

static char *
describe_go (WdActionDialog *dialog, guint n_subjects)
{
  g_autofree char *number = wd_text_count (n_subjects);

  if (n_subjects <= 1)
    return g_strdup (_("_Trigger Job"));
  return g_strdup_printf (ngettext ("_Trigger %s Job", "_Trigger %s Jobs", n_subjects), number);
}

static char *
describe_done (WdActionDialog *dialog, guint n_done, guint n_undelivered)
{
  const WdJobType *sent = WD_TRIGGER_DIALOG (dialog)->sent;

  return wd_trigger_text_done (wd_job_type_label (sent->name), n_done, n_undelivered);
}

static char *
describe_question (WdActionDialog *dialog, guint n_subjects)
{
  const WdJobType *type = get_type (WD_TRIGGER_DIALOG (dialog));
  g_autofree char *number = wd_text_count (n_subjects);

  /* TRANSLATORS: a question; %1$s is a kind of job, such as “Gas top-up” */
  return g_strdup_printf (ngettext ("%1$s: Queue It for %2$s Wallet?",
                                    "%1$s: Queue It for %2$s Wallets?", n_subjects),
                          wd_job_type_label (type->name), number);
}

static gboolean
is_ready (WdActionDialog *dialog)
{
  return WD_TRIGGER_DIALOG (dialog)->looked_up && get_type (WD_TRIGGER_DIALOG (dialog)) != NULL;
}

static const char *
get_job_type (WdActionDialog *dialog)
{
  return WD_TRIGGER_DIALOG (dialog)->sent->name;
}

/* What is left is looked at anew; where nothing is, other wallets can be typed. */
static void
removed (WdActionDialog *dialog)
{
  WdTriggerDialog *self = WD_TRIGGER_DIALOG (dialog);

  g_clear_pointer (&self->note, g_free);
  self->looked_up = FALSE;
  if (g_list_model_get_n_items (wd_action_dialog_get_subjects (dialog)) == 0)
    gtk_widget_set_visible (self->entry_group, TRUE);
  look (dialog);
}

static void
wd_trigger_dialog_finalize (GObject *object)
{
  WdTriggerDialog *self = WD_TRIGGER_DIALOG (object);

  g_ptr_array_unref (self->types);
  g_clear_pointer (&self->outlook, wd_outlook_unref);
  g_free (self->note);
  G_OBJECT_CLASS (wd_trigger_dialog_parent_class)->finalize (object);
}

static void
wd_trigger_dialog_class_init (WdTriggerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  WdActionDialogClass *dialog_class = WD_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_trigger_dialog_finalize;
  dialog_class->add_requests = add_requests;
  dialog_class->get_key = get_key;
  dialog_class->describe_go = describe_go;
  dialog_class->describe_done = describe_done;
  dialog_class->describe_question = describe_question;
  dialog_class->look = look;
  dialog_class->unreadable = N_("The database does not tell what is under way now. Nothing can be "
                                "queued until it does.");
  dialog_class->is_ready = is_ready;
  dialog_class->update = update;
  dialog_class->get_job_type = get_job_type;
  dialog_class->removed = removed;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-trigger-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdTriggerDialog, controls);
  gtk_widget_class_bind_template_child (widget_class, WdTriggerDialog, type);
  gtk_widget_class_bind_template_child (widget_class, WdTriggerDialog, priority);
  gtk_widget_class_bind_template_child (widget_class, WdTriggerDialog, entry_group);
  gtk_widget_class_bind_template_child (widget_class, WdTriggerDialog, entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
wd_trigger_dialog_init (WdTriggerDialog *self)
{
  self->types = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (priorities[i] == WD_PRIORITY_NORMAL)
      adw_combo_row_set_selected (self->priority, i);
}

/* Nothing is chosen for an admin who has not chosen: a wrong guess would move money. */
static void
fill_types (WdTriggerDialog *self, const char *job_type)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  guint selected = 0;

  if (wd_job_type_lookup (job_type) == NULL)
    {
      g_ptr_array_add (self->types, NULL);
      gtk_string_list_append (labels, _("Choose…"));
    }
  for (gsize i = 0; i < n_types; i++)
    {
      if (!types[i].can_dispatch)
        continue;
      if (g_strcmp0 (types[i].name, job_type) == 0)
        selected = self->types->len;
      g_ptr_array_add (self->types, (gpointer) &types[i]);
      gtk_string_list_append (labels, wd_job_type_label (types[i].name));
    }
  adw_combo_row_set_model (self->type, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type, selected);
}

/**
 * wd_trigger_dialog_new:
 * @window: the window it belongs to
 * @workspace: where the wallets are
 * @job_type: (nullable): a kind of job; an admin chooses where it is none
 * @addresses: (array zero-terminated=1): of the wallets; where there are none, an admin types them
 *
 * Returns: (transfer none): a dialog that looks up the wallets
 */
WdTriggerDialog *
wd_trigger_dialog_new (WdWindow *window, WdWorkspace *workspace, const char *job_type,
                       const char *const *addresses)
{
  WdTriggerDialog *self = g_object_new (WD_TYPE_TRIGGER_DIALOG, NULL);
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);

  fill_types (self, job_type);
  wd_action_dialog_set_controls (dialog, self->controls);
  wd_action_dialog_set_list_name (dialog, _("Wallets"));
  wd_action_dialog_set_up (dialog, window, workspace);
  gtk_widget_set_visible (self->entry_group, *addresses == NULL);
  g_signal_connect_object (workspace, "trouble-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  add_addresses (self, addresses);
  changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), *addresses == NULL && get_type (self) != NULL
                                             ? GTK_WIDGET (self->entry) : GTK_WIDGET (self->type));
  return self;
}
