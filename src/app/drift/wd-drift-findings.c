/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows and queues disagree about: a table of each kind, and what can be done about the jobs
 * that are selected in it. */

#include "app/drift/wd-drift-findings.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-layout.h"
#include "app/common/wd-text.h"
#include "app/drift/wd-drift-columns.h"
#include "app/drift/wd-drift-mend.h"
#include "app/drift/wd-drift-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "session/wd-row.h"

struct _WdDriftFindings {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdDriftReport *report;     /* (owned) (nullable) */
  GCancellable *mending;     /* (owned) (nullable): of a remedy */
  gboolean busy;             /* they are being looked for anew */
  WdDriftKind kind;          /* that is shown */
  GtkToggleButton *buttons[WD_N_DRIFTS];  /* (nullable): the flow box's */
  GListStore *rows;          /* (owned) (element-type WdRow): of that kind */
  GtkMultiSelection *selection;           /* (owned) */
  GPtrArray *columns;        /* (owned) (element-type WdTableColumn) */
  WdTableLayout *layout;     /* (owned) */

  GtkWidget *content;
  GtkFlowBox *kinds;
  GtkLabel *meaning;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkLabel *explanation;
  GtkFlowBox *remedies;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdDriftFindings, wd_drift_findings, GTK_TYPE_WIDGET)

/* The findings that are selected. */
static GPtrArray *
get_selected (WdDriftFindings *self)
{
  GPtrArray *drifts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_drift_unref);
  g_autoptr (GtkBitset) set
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint i;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &i); more;
       more = gtk_bitset_iter_next (&iter, &i))
    {
      g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      g_ptr_array_add (drifts, wd_drift_ref ((WdDrift *) wd_row_get_record (row)));
    }
  return drifts;
}

static void
update_remedies (WdDriftFindings *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->remedies), !self->busy && self->mending == NULL);
}

static void
mended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdDriftFindings) self = data;
  g_autoptr (GError) error = NULL;
  gboolean changed = wd_drift_mend_finish (result, &error);

  if (wd_error_is_cancelled (error) || self->workspace == NULL)
    return;
  g_clear_object (&self->mending);
  update_remedies (self);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Only those of the selection for which it is a remedy. */
static void
remedy_cb (GtkButton *button, WdDriftFindings *self)
{
  WdDriftRemedy remedy;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GPtrArray) drifts = get_selected (self);

  if (!wd_drift_remedy_from_word (gtk_widget_get_name (GTK_WIDGET (button)), &remedy)
      || !GTK_IS_WINDOW (root) || self->mending != NULL)
    return;
  for (guint i = drifts->len; i-- > 0;)
    if ((((WdDrift *) drifts->pdata[i])->remedies & remedy) == 0)
      g_ptr_array_remove_index (drifts, i);
  if (drifts->len == 0)
    return;
  self->mending = g_cancellable_new ();
  wd_drift_mend_async (GTK_WINDOW (root), self->workspace, remedy, drifts, self->mending,
                       mended_cb, g_object_ref (self));
  update_remedies (self);
}

static void
clear_flow (GtkFlowBox *box)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (box, 0)) != NULL)
    gtk_flow_box_remove (box, GTK_WIDGET (child));
}

/* The button alone takes the focus, not what the box puts around it. */
static void
add_to_flow (GtkFlowBox *box, GtkWidget *button)
{
  gtk_flow_box_append (box, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
add_remedy (WdDriftFindings *self, WdDriftRemedy remedy)
{
  GtkWidget *button = gtk_button_new_with_label (wd_drift_text_remedy (remedy));

  gtk_widget_set_name (button, wd_drift_remedy_word (remedy));
  g_signal_connect_object (button, "clicked", G_CALLBACK (remedy_cb), self, 0);
  add_to_flow (self->remedies, button);
}

static char *
explain_selection (WdDriftFindings *self, GPtrArray *drifts)
{
  g_autofree char *number = wd_text_count (drifts->len);

  if (drifts->len == 1)
    return wd_text_block (((WdDrift *) drifts->pdata[0])->explanation);
  if (drifts->len == 0)
    return g_strdup (_("Select a job to read what it means and what can be done."));
  return g_strdup_printf (ngettext ("%s job selected", "%s jobs selected", drifts->len), number);
}


static void
selection_cb (WdDriftFindings *self)
{
  g_autoptr (GPtrArray) drifts = get_selected (self);
  g_autofree char *text = explain_selection (self, drifts);
  guint remedies = 0;

  for (guint i = 0; i < drifts->len; i++)
    remedies |= ((WdDrift *) drifts->pdata[i])->remedies;
  if (wd_workspace_get_profile (self->workspace)->read_only)
    remedies = 0;
  gtk_label_set_text (self->explanation, text);
  clear_flow (self->remedies);
  for (guint bit = 1; bit <= WD_DRIFT_REMOVE; bit <<= 1)
    if (remedies & bit)
      add_remedy (self, bit);
  gtk_widget_set_visible (GTK_WIDGET (self->remedies), remedies != 0);
}

/* What a kind means, how long it has been so, and whether all of it is shown. */
static char *
describe_kind (WdDriftFindings *self, WdDriftKind kind, guint n_told)
{
  GString *text = g_string_new (wd_drift_kind_meaning (kind));
  WdTime oldest = wd_drift_report_oldest (self->report, kind);
  gint64 n = wd_drift_report_count (self->report, kind);

  if (oldest != WD_TIME_NONE)
    {
      g_autofree char *age = wd_format_age (oldest, wd_time_now ());

      g_string_append_c (text, ' ');
      /* TRANSLATORS: an age, such as “5 min ago” */
      g_string_append_printf (text, _("The oldest: %s."), age);
    }
  if (n > n_told)
    {
      g_autofree char *told = wd_text_count (n_told);
      g_autofree char *all = wd_text_count (n);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _("These are the %s oldest of %s."), told, all);
    }
  return g_string_free (text, FALSE);
}

static void
show_kind (WdDriftFindings *self, WdDriftKind kind)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *meaning = NULL;

  self->kind = kind;
  for (guint i = 0; i < self->report->items->len; i++)
    {
      WdDrift *drift = self->report->items->pdata[i];

      if (drift->kind == kind)
        g_ptr_array_add (rows, wd_row_new (wd_drift_columns_kind (), drift));
    }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       rows->pdata, rows->len);
  meaning = describe_kind (self, kind, rows->len);
  gtk_label_set_text (self->meaning, meaning);
  selection_cb (self);
}

static void
toggled_cb (GtkToggleButton *button, WdDriftFindings *self)
{
  if (!gtk_toggle_button_get_active (button) || self->report == NULL)
    return;
  for (WdDriftKind kind = 0; kind < WD_N_DRIFTS; kind++)
    if (self->buttons[kind] == button)
      show_kind (self, kind);
}

/* A button for each kind that was found; the one that was shown stays. */
static void
show_findings (WdDriftFindings *self)
{
  WdDriftKind shown = WD_N_DRIFTS;

  clear_flow (self->kinds);
  g_list_store_remove_all (self->rows);
  for (WdDriftKind kind = 0; kind < WD_N_DRIFTS; kind++)
    {
      self->buttons[kind] = NULL;
      if (wd_drift_report_count (self->report, kind) > 0
          && (shown == WD_N_DRIFTS || kind == self->kind))
        shown = kind;
    }
  for (WdDriftKind kind = 0; kind < WD_N_DRIFTS; kind++)
    {
      g_autofree char *n = wd_text_count (wd_drift_report_count (self->report, kind));
      /* TRANSLATORS: a kind of drift, and how many */
      g_autofree char *label = g_strdup_printf (_("%s %s"), wd_drift_kind_label (kind), n);

      if (wd_drift_report_count (self->report, kind) == 0)
        continue;
      self->buttons[kind] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (label));
      if (kind != shown && self->buttons[shown] != NULL)
        gtk_toggle_button_set_group (self->buttons[kind], self->buttons[shown]);
      add_to_flow (self->kinds, GTK_WIDGET (self->buttons[kind]));
    }
  if (shown == WD_N_DRIFTS)
    return;
  for (WdDriftKind kind = 0; kind < shown; kind++)
    if (self->buttons[kind] != NULL)
      gtk_toggle_button_set_group (self->buttons[kind], self->buttons[shown]);
  gtk_toggle_button_set_active (self->buttons[shown], TRUE);
  for (WdDriftKind kind = 0; kind < WD_N_DRIFTS; kind++)
    if (self->buttons[kind] != NULL)
      g_signal_connect_object (self->buttons[kind], "toggled", G_CALLBACK (toggled_cb), self, 0);
  show_kind (self, shown);
}

static void
activate_cb (WdDriftFindings *self, guint position)
{
  g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  const WdDrift *drift = row != NULL ? wd_row_get_record (row) : NULL;

  if (drift == NULL)
    return;
  if (drift->job_log_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", drift->job_log_id);
  else if (drift->queue_state != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-queue-job", "(ss)", drift->queue,
                                drift->queue_id);
}

static void
wd_drift_findings_dispose (GObject *object)
{
  WdDriftFindings *self = WD_DRIFT_FINDINGS (object);

  if (self->mending != NULL)
    g_cancellable_cancel (self->mending);
  g_clear_object (&self->mending);
  g_clear_object (&self->layout);
  if (self->columns != NULL)
    wd_table_columns_remove (self->view, self->columns);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_drift_findings_parent_class)->dispose (object);
}

static void
wd_drift_findings_finalize (GObject *object)
{
  g_clear_pointer (&WD_DRIFT_FINDINGS (object)->report, wd_drift_report_unref);
  G_OBJECT_CLASS (wd_drift_findings_parent_class)->finalize (object);
}

static void
wd_drift_findings_class_init (WdDriftFindingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_drift_findings_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_drift_findings_finalize;

  /**
   * WdDriftFindings::changed:
   *
   * Something was done about some of them: they are to be looked for anew.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_DRIFT_FINDINGS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/drift/wd-drift-findings.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, content);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, kinds);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, meaning);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, view);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, explanation);
  gtk_widget_class_bind_template_child (widget_class, WdDriftFindings, remedies);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
wd_drift_findings_init (WdDriftFindings *self)
{
  guint n_columns;
  const WdColumnSpec *columns = wd_drift_columns (&n_columns);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_list_store_new (WD_TYPE_ROW);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  self->columns = wd_table_columns_add (self->view, columns, n_columns);
  self->layout = wd_table_layout_new (GTK_WIDGET (self), self->view,
                                      gtk_scrolled_window_get_hadjustment (self->scroller),
                                      self->columns, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  wd_copy_keys_add (self->view, wd_drift_columns_copy ());
}

/**
 * wd_drift_findings_show:
 * @self: findings
 * @workspace: whose
 * @report: what was found
 *
 * The kind that was shown stays.
 */
void
wd_drift_findings_show (WdDriftFindings *self, WdWorkspace *workspace, WdDriftReport *report)
{
  g_return_if_fail (WD_IS_DRIFT_FINDINGS (self));

  g_set_object (&self->workspace, workspace);
  wd_drift_report_ref (report);
  g_clear_pointer (&self->report, wd_drift_report_unref);
  self->report = report;
  show_findings (self);
}

/**
 * wd_drift_findings_set_busy:
 * @self: findings
 * @busy: whether they are being looked for anew
 *
 * Nothing is done about them meanwhile.
 */
void
wd_drift_findings_set_busy (WdDriftFindings *self, gboolean busy)
{
  g_return_if_fail (WD_IS_DRIFT_FINDINGS (self));

  self->busy = busy;
  update_remedies (self);
}

/**
 * wd_drift_findings_tick:
 * @self: findings
 * @now: what time it is
 *
 * Tells ages anew.
 */
void
wd_drift_findings_tick (WdDriftFindings *self, WdTime now)
{
  g_return_if_fail (WD_IS_DRIFT_FINDINGS (self));

  for (guint i = 0; i < self->columns->len; i++)
    wd_table_column_tick (self->columns->pdata[i], now);
}
