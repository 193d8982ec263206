/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One value of a job's data: its name, and what it is. */

#include "app/jobs/wd-data-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"

#define TEXT_BYTES    512
#define TOOLTIP_BYTES 4096

struct _WdDataRow {
  GtkWidget parent_instance;

  GtkTreeExpander *expander;
  GtkLabel *key;
  GtkLabel *value;
};

G_DEFINE_FINAL_TYPE (WdDataRow, wd_data_row, GTK_TYPE_WIDGET)

static void
wd_data_row_dispose (GObject *object)
{
  WdDataRow *self = WD_DATA_ROW (object);

  if (self->expander != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->expander));
  self->expander = NULL;
  G_OBJECT_CLASS (wd_data_row_parent_class)->dispose (object);
}

static void
wd_data_row_class_init (WdDataRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_data_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_data_row_init (WdDataRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->expander = GTK_TREE_EXPANDER (gtk_tree_expander_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->expander), GTK_WIDGET (self));
  self->key = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->key, 0);
  gtk_label_set_ellipsize (self->key, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->key), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->key));
  self->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->value, 0);
  gtk_label_set_ellipsize (self->value, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->value), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->value));
  gtk_tree_expander_set_child (self->expander, box);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * wd_data_row_describe:
 * @node: a value
 *
 * Returns: (transfer full): what it is, in at most a line; made visible
 */
char *
wd_data_row_describe (WdJsonNode *node)
{
  guint n = wd_json_node_get_n_children (node);
  g_autofree char *text = wd_json_node_dup_text (node);
  g_autofree char *number = wd_text_count (n);

  switch (wd_json_node_get_kind (node))
    {
    case WD_JSON_OBJECT:
    case WD_JSON_ARRAY:
      return n == 0 ? g_strdup (_("empty"))
                    : g_strdup_printf (ngettext ("%s value", "%s values", n), number);
    case WD_JSON_MORE:
      return g_strdup_printf (ngettext ("Show All (%s more)", "Show All (%s more)", n), number);
    case WD_JSON_STRING:
      return *text == '\0' ? g_strdup (_("empty text")) : wd_format_visible (text, TEXT_BYTES);
    case WD_JSON_NUMBER:
    case WD_JSON_WORD:
    default:
      return wd_format_visible (text, TEXT_BYTES);
    }
}

/**
 * wd_data_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
wd_data_row_new (void)
{
  return g_object_new (WD_TYPE_DATA_ROW, NULL);
}

/**
 * wd_data_row_set:
 * @self: a row
 * @row: (nullable): of a tree of #WdJsonNode
 */
void
wd_data_row_set (WdDataRow *self, GtkTreeListRow *row)
{
  g_autoptr (WdJsonNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  g_autofree char *key = NULL;
  g_autofree char *visible_key = NULL;
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  gboolean is_more;

  g_return_if_fail (WD_IS_DATA_ROW (self));

  gtk_tree_expander_set_list_row (self->expander, row);
  if (node == NULL)
    return;
  is_more = wd_json_node_get_kind (node) == WD_JSON_MORE;
  key = wd_json_node_dup_key (node);
  visible_key = wd_format_visible (key, 128);
  value = wd_data_row_describe (node);
  text = wd_json_node_dup_text (node);
  whole = text != NULL ? wd_format_visible (text, TOOLTIP_BYTES) : NULL;
  gtk_label_set_text (self->key, visible_key);
  gtk_widget_set_visible (GTK_WIDGET (self->key), !is_more);
  gtk_label_set_text (self->value, value);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->value), whole);
  set_class (GTK_WIDGET (self->value), "dim-label", text == NULL && !is_more);
  set_class (GTK_WIDGET (self->value), "accent", is_more);
}
