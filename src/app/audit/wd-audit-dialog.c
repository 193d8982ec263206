/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All of one entry of the audit trail, which never changes. */

#include "app/audit/wd-audit-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-field-list.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "base/wd-json-pretty.h"
#include "model/wd-audit-action.h"
#include "session/wd-audit-text.h"

struct _WdAuditDialog {
  AdwWindow parent_instance;

  char *job;          /* (owned) (nullable): the row that it is about */
  char *wallet;       /* (owned) (nullable): its wallet */

  GtkLabel *heading;
  GtkLabel *change;
  WdFieldList *fields;
  GtkWidget *before_box;
  WdTextBlock *before;
  GtkWidget *after_box;
  WdTextBlock *after;
  GtkWidget *actions;
  GtkWidget *show_wallet;
  GtkWidget *show_job;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  SIGNAL_WALLET_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdAuditDialog, wd_audit_dialog, ADW_TYPE_WINDOW)

/* What is shown lies under the dialog, which then goes. */
static void
show_target (WdAuditDialog *self, guint signal, const char *id)
{
  g_signal_emit (self, signals[signal], 0, id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
show_job_cb (WdAuditDialog *self)
{
  show_target (self, SIGNAL_JOB_ACTIVATED, self->job);
}

static void
show_wallet_cb (WdAuditDialog *self)
{
  show_target (self, SIGNAL_WALLET_ACTIVATED, self->wallet);
}

/* Not before: a window that gets its focus unmapped is no dialog to assistive technology (4.8). */
static void
wd_audit_dialog_map (GtkWidget *widget)
{
  WdAuditDialog *self = WD_AUDIT_DIALOG (widget);

  GTK_WIDGET_CLASS (wd_audit_dialog_parent_class)->map (widget);
  if (self->job != NULL)
    gtk_widget_grab_focus (self->show_job);
  else if (self->wallet != NULL)
    gtk_widget_grab_focus (self->show_wallet);
}

static void
wd_audit_dialog_finalize (GObject *object)
{
  WdAuditDialog *self = WD_AUDIT_DIALOG (object);

  g_free (self->job);
  g_free (self->wallet);
  G_OBJECT_CLASS (wd_audit_dialog_parent_class)->finalize (object);
}

static void
wd_audit_dialog_class_init (WdAuditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_audit_dialog_finalize;
  widget_class->map = wd_audit_dialog_map;

  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_AUDIT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_WALLET_ACTIVATED] =
    g_signal_new ("wallet-activated", WD_TYPE_AUDIT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  g_type_ensure (WD_TYPE_FIELD_LIST);
  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/audit/wd-audit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, change);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, before_box);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, before);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, after_box);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, after);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, actions);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, show_wallet);
  gtk_widget_class_bind_template_child (widget_class, WdAuditDialog, show_job);
  gtk_widget_class_bind_template_callback (widget_class, show_job_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_wallet_cb);
}

static void
wd_audit_dialog_init (WdAuditDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_block_set_name (self->before, _("Before"));
  wd_text_block_set_name (self->after, _("After"));
}

static void
set_field (WdAuditDialog *self, const char *caption, const char *value, WdFieldFlags flags)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, 512) : NULL;

  wd_field_list_set (self->fields, caption, visible, flags);
}

static const char *
target_caption (const char *type)
{
  if (g_strcmp0 (type, "job") == 0)
    return _("Row id");
  if (g_strcmp0 (type, "wallet") == 0)
    return _("Wallet");
  if (g_strcmp0 (type, "queue") == 0)
    return _("Queue");
  if (g_strcmp0 (type, "bulk") == 0)
    return _("Bulk run");
  if (g_strcmp0 (type, "setting") == 0)
    return _("Setting");
  if (g_strcmp0 (type, "migration") == 0)
    return _("Migration");
  return _("Target");
}

static void
update_fields (WdAuditDialog *self, const WdAuditEntry *entry)
{
  g_autofree char *when = wd_text_time (entry->at);
  g_autofree char *who = wd_audit_text_who (entry);

  set_field (self, _("When"), when, WD_FIELD_PLAIN);
  set_field (self, _("Who"), who, WD_FIELD_PLAIN);
  set_field (self, _("Database role"), entry->db_role, WD_FIELD_PLAIN);
  set_field (self, _("Program"), entry->client, WD_FIELD_PLAIN);
  if (self->job != NULL && self->wallet != NULL)
    set_field (self, _("Wallet"), self->wallet, WD_FIELD_IDENTITY);
  set_field (self, target_caption (entry->target_type), entry->target_id, WD_FIELD_IDENTITY);
}

static void
update_block (WdTextBlock *block, GtkWidget *box, const char *json)
{
  g_autofree char *pretty = json != NULL ? wd_json_pretty (json) : NULL;
  g_autofree char *text = wd_text_block (pretty != NULL ? pretty : "");

  wd_text_block_set_text (block, text);
  gtk_widget_set_visible (box, *text != '\0');
}

/**
 * wd_audit_dialog_new:
 * @entry: what to show
 *
 * Returns: (transfer none): a modal window; emits `job-activated` or `wallet-activated` before it
 *   closes, when that is what to show instead
 */
WdAuditDialog *
wd_audit_dialog_new (const WdAuditEntry *entry)
{
  WdAuditDialog *self = g_object_new (WD_TYPE_AUDIT_DIALOG, NULL);
  g_autofree char *heading = wd_format_visible (wd_audit_action_label (entry->action), 64);
  g_autofree char *change = wd_audit_text_change (entry);
  g_autofree char *visible = wd_format_visible (change, 2048);

  self->wallet = wd_audit_text_wallet (entry);
  if (g_strcmp0 (entry->target_type, "job") == 0)
    self->job = g_strdup (entry->target_id);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->change, visible);
  gtk_widget_set_visible (GTK_WIDGET (self->change), *visible != '\0');
  update_fields (self, entry);
  update_block (self->before, self->before_box, entry->before);
  update_block (self->after, self->after_box, entry->after);
  gtk_widget_set_visible (self->show_job, self->job != NULL);
  gtk_widget_set_visible (self->show_wallet, self->wallet != NULL);
  gtk_widget_set_visible (self->actions, self->job != NULL || self->wallet != NULL);
  return self;
}
