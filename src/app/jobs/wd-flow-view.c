/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The flow that a job is part of, as a tree from the job that waits for all others down. */

#include "app/jobs/wd-flow-view.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-list-height.h"
#include "app/common/wd-rest.h"
#include "app/common/wd-text.h"
#include "app/common/wd-tree-rows.h"
#include "app/jobs/wd-flow-item.h"
#include "app/jobs/wd-flow-row.h"
#include "base/wd-error.h"

/* What is taller is scrolled. */
#define MAX_HEIGHT  360
/* A flow takes many jobs to read. */
#define REST_FACTOR 20

struct _WdFlowView {
  GtkWidget parent_instance;

  char *queue;               /* (owned) (nullable): of the job whose flow it is */
  char *id;                  /* (owned) (nullable): likewise */
  WdFlowItem *root;          /* (owned) (nullable) */
  GCancellable *request;     /* (owned) (nullable) */
  WdRest rest;

  GtkWidget *box;
  GtkLabel *note;
  GtkWidget *frame;
  GtkScrolledWindow *scroller;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (WdFlowView, wd_flow_view, GTK_TYPE_WIDGET)

static GListModel *
create_children_cb (gpointer item, gpointer data)
{
  GListModel *children = wd_flow_item_get_children (item);

  return children != NULL ? g_object_ref (children) : NULL;
}

static void
show_row (GtkWidget *widget, GtkTreeListRow *row)
{
  wd_flow_row_set (WD_FLOW_ROW (widget), row);
}

/* A job with a row has a page of its own; of others there is what their queue says. */
static void
activate_cb (WdFlowView *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, position);
  g_autoptr (WdFlowItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  const WdFlowNode *node = item != NULL ? wd_flow_item_get_node (item) : NULL;

  if (node == NULL || node->is_subject)
    return;
  if (node->job_log_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", node->job_log_id);
  else if (!node->is_foreign && node->state != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-queue-job", "(ss)", node->queue,
                                node->id);
}

static void
show_flow (WdFlowView *self, WdFlow *flow)
{
  g_autoptr (GListStore) roots = NULL;
  GtkTreeListModel *tree;
  g_autoptr (GtkSelectionModel) selection = NULL;

  if (self->root != NULL && wd_flow_item_update (self->root, flow))
    return;
  g_clear_object (&self->root);
  self->root = wd_flow_item_new (flow);
  roots = g_list_store_new (WD_TYPE_FLOW_ITEM);
  g_list_store_append (roots, self->root);
  tree = gtk_tree_list_model_new (G_LIST_MODEL (g_steal_pointer (&roots)), FALSE, TRUE,
                                  create_children_cb, NULL, NULL);
  g_signal_connect_object (tree, "items-changed", G_CALLBACK (wd_list_height_queue),
                           self->scroller, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (tree)));
  gtk_list_view_set_model (self->view, selection);
  wd_list_height_queue (self->scroller);
}

/* What is to be known besides the tree. */
static void
show_note (WdFlowView *self, const WdFlow *flow, const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    text = wd_text_block (error->message);
  else if (flow->has_more_above)
    text = g_strdup (_("There are more jobs above."));
  else if (flow->rows_error != NULL)
    text = wd_text_block (flow->rows_error);
  gtk_label_set_text (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
  gtk_widget_set_visible (self->frame, self->root != NULL);
}

static void
flow_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdFlowView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdFlow) flow = wd_backend_load_flow_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  wd_rest_begin (&self->rest, REST_FACTOR, 0);
  if (flow != NULL)
    show_flow (self, flow);
  show_note (self, flow, error);
}

static void
cancel (WdFlowView *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
set_job (WdFlowView *self, const WdQueueJob *job)
{
  if (g_strcmp0 (self->queue, job->queue) == 0 && g_strcmp0 (self->id, job->id) == 0)
    return;
  cancel (self);
  g_free (self->queue);
  self->queue = g_strdup (job->queue);
  g_free (self->id);
  self->id = g_strdup (job->id);
  wd_rest_end (&self->rest);
  g_clear_object (&self->root);
  gtk_list_view_set_model (self->view, NULL);
  gtk_widget_set_visible (self->frame, FALSE);
}

static void
wd_flow_view_dispose (GObject *object)
{
  WdFlowView *self = WD_FLOW_VIEW (object);

  cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->root);
  G_OBJECT_CLASS (wd_flow_view_parent_class)->dispose (object);
}

static void
wd_flow_view_finalize (GObject *object)
{
  WdFlowView *self = WD_FLOW_VIEW (object);

  g_free (self->queue);
  g_free (self->id);
  G_OBJECT_CLASS (wd_flow_view_parent_class)->finalize (object);
}

static void
wd_flow_view_class_init (WdFlowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_flow_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_flow_view_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-flow-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFlowView, box);
  gtk_widget_class_bind_template_child (widget_class, WdFlowView, note);
  gtk_widget_class_bind_template_child (widget_class, WdFlowView, frame);
  gtk_widget_class_bind_template_child (widget_class, WdFlowView, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdFlowView, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
wd_flow_view_init (WdFlowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_list_height_set_up (self->scroller, GTK_WIDGET (self->view), MAX_HEIGHT);
  wd_tree_rows_set_up (self->view, wd_flow_row_new, show_row);
}

/**
 * wd_flow_view_load:
 * @self: a view
 * @backend: where the job is
 * @job: (nullable): a job as its queue sees it; the same again reads its flow again, but not at
 *   once where that took long
 *
 * It is not to be seen for a job that is part of none.
 */
void
wd_flow_view_load (WdFlowView *self, WdBackend *backend, const WdQueueJob *job)
{
  gboolean is_part = job != NULL && (job->parent_id != NULL || job->n_children > 0);

  g_return_if_fail (WD_IS_FLOW_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), is_part);
  if (!is_part)
    return;
  set_job (self, job);
  if (self->request != NULL || !wd_rest_is_over (&self->rest))
    return;
  self->request = g_cancellable_new ();
  wd_rest_ask (&self->rest);
  wd_backend_load_flow_async (backend, self->queue, self->id, self->request, flow_cb,
                              g_object_ref (self));
}
