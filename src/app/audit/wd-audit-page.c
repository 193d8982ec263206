/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who did what: the audit trail with its filters. */

#include "app/audit/wd-audit-page.h"

#include <glib/gi18n-lib.h>

#include "app/audit/wd-audit-columns.h"
#include "app/audit/wd-audit-dialog.h"
#include "app/common/wd-filter-bar.h"
#include "app/common/wd-filter-button.h"
#include "app/common/wd-when-filter.h"
#include "app/preferences/wd-preferences.h"
#include "model/wd-audit-action.h"

struct _WdAuditPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) */
  WdTable *table;
  WdFilterButton *actions;
  WdRangeFilter *when;

  WdFilterBar *bar;
  GtkEditable *search;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  SIGNAL_WALLET_ACTIVATED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdAuditPage, wd_audit_page, GTK_TYPE_WIDGET)

static void
filter_cb (WdAuditPage *self)
{
  g_autoptr (WdAuditFilter) filter = wd_audit_filter_new ();
  g_autofree char *search = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));
  gconstpointer before = wd_paged_list_get_filter (wd_workspace_get_audit (self->workspace));

  filter->search = *search != '\0' ? g_steal_pointer (&search) : NULL;
  filter->actions = wd_filter_button_get_selected (self->actions);
  wd_when_filter_read (self->when, &filter->from, &filter->to);
  if (before == NULL || !wd_audit_filter_equal (before, filter))
    wd_table_set_filter (self->table, filter);
}

/* Escape: back to all rows, and to the table. */
static void
stop_search_cb (WdAuditPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

static void
clear_filters_cb (WdAuditPage *self)
{
  wd_filter_button_set_selected (self->actions, NULL);
  wd_range_filter_set_preset (self->when, -1);
  gtk_editable_set_text (self->search, "");
  filter_cb (self);
}

static void
show_job_cb (WdAuditPage *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, id);
}

static void
show_wallet_cb (WdAuditPage *self, const char *address)
{
  g_signal_emit (self, signals[SIGNAL_WALLET_ACTIVATED], 0, address);
}

static void
row_activated_cb (WdAuditPage *self, WdRow *row)
{
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
refused_cb (WdAuditPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
}

static void
tick_cb (WdAuditPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_table_tick (self->table);
}

static void
refresh_cb (WdAuditPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_paged_list_refresh (wd_workspace_get_audit (self->workspace));
}

static void
wd_audit_page_map (GtkWidget *widget)
{
  WdAuditPage *self = WD_AUDIT_PAGE (widget);

  GTK_WIDGET_CLASS (wd_audit_page_parent_class)->map (widget);
  wd_table_tell_ages (self->table);
  refresh_cb (self);
}

static void
wd_audit_page_dispose (GObject *object)
{
  WdAuditPage *self = WD_AUDIT_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_audit_page_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, WD_TYPE_AUDIT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wd_audit_page_class_init (WdAuditPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_audit_page_dispose;
  widget_class->map = wd_audit_page_map;

  signals[SIGNAL_JOB_ACTIVATED] = add_signal ("job-activated");
  signals[SIGNAL_WALLET_ACTIVATED] = add_signal ("wallet-activated");
  signals[SIGNAL_REFUSED] = add_signal ("refused");

  g_type_ensure (WD_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/audit/wd-audit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAuditPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WdAuditPage, search);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
wd_audit_page_init (WdAuditPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_filter (WdAuditPage *self, gpointer filter)
{
  wd_filter_bar_add (self->bar, GTK_WIDGET (filter));
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
}

static void
add_filters (WdAuditPage *self)
{
  const char *const *words = wd_audit_action_words ();

  self->actions = wd_filter_button_new (_("Action"), _("All actions"), TRUE);
  for (guint i = 0; words[i] != NULL; i++)
    wd_filter_button_add (self->actions, words[i], wd_audit_action_label (words[i]));
  self->when = wd_when_filter_new (WD_WHEN_DONE);
  add_filter (self, self->actions);
  add_filter (self, self->when);
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
  WdPagedList *audit = wd_workspace_get_audit (workspace);

  self->workspace = g_object_ref (workspace);
  add_filters (self);
  self->table = wd_table_new (wd_audit_table_spec (), audit);
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->table), GTK_WIDGET (self));
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "clear-filters", G_CALLBACK (clear_filters_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  /* Bounds that were typed mean another time in another zone. */
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (filter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  if (wd_paged_list_get_filter (audit) == NULL)
    filter_cb (self);
  return self;
}

/**
 * wd_audit_page_focus_search:
 * @self: a page
 *
 * Puts the keyboard focus into the search.
 */
void
wd_audit_page_focus_search (WdAuditPage *self)
{
  g_return_if_fail (WD_IS_AUDIT_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
