/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected entries of the audit trail: they are copied. */

#include "app/audit/wd-audit-actions.h"

#include "app/common/wd-copy.h"
#include "session/wd-audit-text.h"
#include "wire/wd-wire-audit.h"

struct _WdAuditActions {
  WdRowActions parent_instance;
};

G_DEFINE_FINAL_TYPE (WdAuditActions, wd_audit_actions, WD_TYPE_ROW_ACTIONS)

static char *
get_when (gconstpointer record)
{
  return wd_time_to_rfc3339 (((const WdAuditEntry *) record)->at);
}

static char *
get_who (gconstpointer record)
{
  return wd_audit_text_who (record);
}

static char *
get_action (gconstpointer record)
{
  return g_strdup (((const WdAuditEntry *) record)->action);
}

static char *
get_target (gconstpointer record)
{
  return wd_audit_text_target (record);
}

static char *
get_change (gconstpointer record)
{
  return wd_audit_text_change (record);
}

static char *
get_client (gconstpointer record)
{
  return g_strdup (((const WdAuditEntry *) record)->client);
}

/* A line for each, its fields in the order of the table. */
static char *
copy_rows (GPtrArray *rows)
{
  static const WdCopyField fields[] = { get_when, get_who, get_action, get_target, get_change,
                                        get_client };

  return wd_copy_rows (rows, fields, G_N_ELEMENTS (fields));
}

static char *
copy_csv (GPtrArray *rows)
{
  return wd_copy_csv (rows, wd_wire_audit_fields ());
}

static char *
copy_json (GPtrArray *rows)
{
  return wd_copy_json (rows, wd_wire_audit_fields ());
}

static void
wd_audit_actions_update (WdRowActions *actions, GPtrArray *rows)
{
}

static void
wd_audit_actions_class_init (WdAuditActionsClass *klass)
{
  static const WdCopyAction copies[] = {
    { "copy", copy_rows },
    { "copy-csv", copy_csv },
    { "copy-json", copy_json },
  };
  WdRowActionsClass *actions_class = WD_ROW_ACTIONS_CLASS (klass);

  actions_class->copies = copies;
  actions_class->n_copies = G_N_ELEMENTS (copies);
  actions_class->update = wd_audit_actions_update;
}

static void
wd_audit_actions_init (WdAuditActions *self)
{
}

/**
 * wd_audit_actions_new:
 * @page: where the actions are looked up
 * @table: of entries
 * @workspace: whose audit trail
 *
 * Returns: (transfer full): the actions of @table, which must outlive them
 */
WdAuditActions *
wd_audit_actions_new (GtkWidget *page, WdTable *table, WdWorkspace *workspace)
{
  WdAuditActions *self = g_object_new (WD_TYPE_AUDIT_ACTIONS, NULL);
  WdRowActions *actions = WD_ROW_ACTIONS (self);

  wd_row_actions_set_up (actions, page, table, workspace,
                         "/org/workerdashboard/WorkerDashboard/audit/wd-audit-actions.ui");
  wd_row_actions_update (actions);
  return self;
}
