/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a job was given, any JSON: as a tree that opens, or as text. */

#include "app/jobs/wd-data-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-list-height.h"
#include "app/common/wd-text-block.h"
#include "app/common/wd-text.h"
#include "app/common/wd-tree-rows.h"
#include "app/jobs/wd-data-row.h"
#include "base/wd-json-pretty.h"

/* What fits a screen or two is shown opened. */
#define OPEN_BYTES 2048
/* What is taller is scrolled. */
#define MAX_HEIGHT 420

struct _WdDataView {
  GtkWidget parent_instance;

  char *json;           /* (owned) (nullable) */
  gboolean is_tree;     /* it is JSON with something in it */

  GtkWidget *box;
  GtkWidget *switcher;
  GtkToggleButton *as_tree;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *view;
  WdTextBlock *text;
};

G_DEFINE_FINAL_TYPE (WdDataView, wd_data_view, GTK_TYPE_WIDGET)

static GListModel *
create_children_cb (gpointer item, gpointer data)
{
  GListModel *children = wd_json_node_get_children (item);

  return children != NULL ? g_object_ref (children) : NULL;
}

static void
show_row (GtkWidget *widget, GtkTreeListRow *row)
{
  wd_data_row_set (WD_DATA_ROW (widget), row);
}

static void
activate_cb (WdDataView *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->view));
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, position);
  g_autoptr (WdJsonNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (node == NULL)
    return;
  if (wd_json_node_get_kind (node) == WD_JSON_MORE)
    wd_json_node_show_all (node);
  else if (gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
copy_cb (WdDataView *self)
{
  g_autofree char *pretty = wd_json_pretty (self->json);
  g_autofree char *text = wd_text_block (pretty);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* The text is made when it is looked at. */
static void
update_form (WdDataView *self)
{
  gboolean tree = self->is_tree && gtk_toggle_button_get_active (self->as_tree);

  gtk_widget_set_visible (self->switcher, self->is_tree);
  gtk_stack_set_visible_child_name (self->stack, tree ? "tree" : "text");
  if (!tree && self->json != NULL)
    {
      g_autofree char *pretty = wd_json_pretty (self->json);
      g_autofree char *text = wd_text_block (pretty);

      wd_text_block_set_text (self->text, text);
    }
}

static void
switch_cb (WdDataView *self)
{
  update_form (self);
}

static void
update_tree (WdDataView *self)
{
  g_autoptr (WdJsonNode) root = self->json != NULL ? wd_json_node_parse (self->json) : NULL;
  GListModel *children = root != NULL ? wd_json_node_get_children (root) : NULL;
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkTreeListModel *tree;

  self->is_tree = children != NULL;
  if (children != NULL)
    {
      tree = gtk_tree_list_model_new (g_object_ref (children), FALSE,
                                      strlen (self->json) <= OPEN_BYTES, create_children_cb, NULL,
                                      NULL);
      g_signal_connect_object (tree, "items-changed", G_CALLBACK (wd_list_height_queue),
                               self->scroller, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (tree)));
    }
  gtk_list_view_set_model (self->view, selection);
  wd_list_height_queue (self->scroller);
}

static void
wd_data_view_dispose (GObject *object)
{
  WdDataView *self = WD_DATA_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_data_view_parent_class)->dispose (object);
}

static void
wd_data_view_finalize (GObject *object)
{
  g_free (WD_DATA_VIEW (object)->json);
  G_OBJECT_CLASS (wd_data_view_parent_class)->finalize (object);
}

static void
wd_data_view_class_init (WdDataViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_data_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_data_view_finalize;

  g_type_ensure (WD_TYPE_TEXT_BLOCK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-data-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WdDataView, box);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, switcher);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, as_tree);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, stack);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, view);
  gtk_widget_class_bind_template_child (widget_class, WdDataView, text);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
wd_data_view_init (WdDataView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_list_height_set_up (self->scroller, GTK_WIDGET (self->view), MAX_HEIGHT);
  wd_text_block_set_name (self->text, _("Data"));
  wd_tree_rows_set_up (self->view, wd_data_row_new, show_row);
}

/**
 * wd_data_view_set_json:
 * @self: a view
 * @json: (nullable): JSON text, or what should be; the same again changes nothing, so that what was
 *   opened stays open
 */
void
wd_data_view_set_json (WdDataView *self, const char *json)
{
  g_return_if_fail (WD_IS_DATA_VIEW (self));

  if (g_strcmp0 (self->json, json) == 0)
    return;
  g_free (self->json);
  self->json = g_strdup (json);
  update_tree (self);
  update_form (self);
}
