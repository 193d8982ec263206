/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who did what: the audit trail with its filters. */

#include "app/audit/wd-audit-page.h"

#include <glib/gi18n-lib.h>

#include "app/audit/wd-audit-actions.h"
#include "app/audit/wd-audit-columns.h"
#include "app/audit/wd-audit-dialog.h"
#include "app/common/wd-filter-button.h"
#include "app/common/wd-when-filter.h"
#include "model/wd-audit-action.h"

struct _WdAuditPage {
  WdListPage parent_instance;

  WdFilterButton *actions;
  WdAuditActions *row_actions;   /* (owned) */
  WdRangeFilter *when;
};

G_DEFINE_FINAL_TYPE (WdAuditPage, wd_audit_page, WD_TYPE_LIST_PAGE)

static void
wd_audit_page_read_filter (WdListPage *page, gpointer data)
{
  WdAuditPage *self = WD_AUDIT_PAGE (page);
  WdAuditFilter *filter = data;
  WdWhenRange when;

  g_strfreev (filter->actions);
  filter->actions = wd_filter_button_get_selected (self->actions);
  wd_when_filter_read (self->when, &when);
  filter->from = when.from;
  filter->to = when.to;
}

/* How long ago a moment was when it was chosen is the menu's to know. */
static void
wd_audit_page_show_filter (WdListPage *page, gconstpointer data)
{
  WdAuditPage *self = WD_AUDIT_PAGE (page);
  const WdAuditFilter *filter = data;
  WdWhenRange when = { filter->from, filter->to, 0, 0 };

  wd_filter_button_set_selected (self->actions, filter->actions, NULL);
  if (filter->from == WD_TIME_NONE || wd_range_filter_get_preset (self->when) < 0)
    wd_when_filter_show (self->when, &when);
}

static void
show_job_cb (WdAuditPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", id);
}

static void
show_wallet_cb (WdAuditPage *self, const char *address)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-wallet", "s", address);
}

static void
wd_audit_page_row_activated (WdListPage *page, WdRow *row)
{
  WdAuditPage *self = WD_AUDIT_PAGE (page);
  WdAuditDialog *dialog = wd_audit_dialog_new (wd_row_get_record (row));

  g_signal_connect_object (dialog, "job-activated", G_CALLBACK (show_job_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "wallet-activated", G_CALLBACK (show_wallet_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
wd_audit_page_dispose (GObject *object)
{
  g_clear_object (&WD_AUDIT_PAGE (object)->row_actions);
  G_OBJECT_CLASS (wd_audit_page_parent_class)->dispose (object);
}

static void
wd_audit_page_class_init (WdAuditPageClass *klass)
{
  WdListPageClass *page_class = WD_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_audit_page_dispose;
  page_class->read_filter = wd_audit_page_read_filter;
  page_class->show_filter = wd_audit_page_show_filter;
  page_class->row_activated = wd_audit_page_row_activated;
}

static void
wd_audit_page_init (WdAuditPage *self)
{
}

static void
add_filters (WdAuditPage *self)
{
  const char *const *words = wd_audit_action_words ();

  self->actions = wd_filter_button_new (_("Action"), _("All actions"), TRUE);
  for (guint i = 0; words[i] != NULL; i++)
    wd_filter_button_add (self->actions, words[i], wd_audit_action_label (words[i]));
  self->when = wd_when_filter_new (WD_WHEN_DONE);
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->actions));
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->when));
}

/**
 * wd_audit_page_new:
 * @workspace: whose audit trail
 *
 * Returns: (transfer floating): a page; asks for all entries unless they were asked for already
 */
WdAuditPage *
wd_audit_page_new (WdWorkspace *workspace)
{
  WdAuditPage *self = g_object_new (WD_TYPE_AUDIT_PAGE, NULL);
  WdListPage *page = WD_LIST_PAGE (self);
  WdListPageSpec spec = {
    .list = wd_workspace_get_audit (workspace),
    .kind = wd_list_kind_audit (),
    .table = wd_audit_table_spec (),
    .language = wd_filter_language_audit (),
    .search_name = N_("Search audit"),
    .search_hint = N_("Search who, wallet, job or queue"),
  };

  wd_list_page_set_up (page, workspace, &spec);
  self->row_actions = wd_audit_actions_new (GTK_WIDGET (self), wd_list_page_get_table (page),
                                            workspace);
  add_filters (self);
  wd_list_page_ask (page);
  return self;
}
