/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One job of a flow: how it is, what it is called, where it is, what its parent makes of it. */

#include "app/jobs/wd-flow-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"

struct _WdFlowRow {
  GtkWidget parent_instance;

  WdFlowItem *item;          /* (owned) (nullable) */
  gulong handler;

  GtkTreeExpander *expander;
  GtkLabel *state;
  GtkLabel *title;
  GtkLabel *place;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (WdFlowRow, wd_flow_row, GTK_TYPE_WIDGET)

static void
set_item (WdFlowRow *self, WdFlowItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
}

static void
wd_flow_row_dispose (GObject *object)
{
  WdFlowRow *self = WD_FLOW_ROW (object);

  set_item (self, NULL);
  if (self->expander != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->expander));
  self->expander = NULL;
  G_OBJECT_CLASS (wd_flow_row_parent_class)->dispose (object);
}

static void
wd_flow_row_class_init (WdFlowRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_flow_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
wd_flow_row_init (WdFlowRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->expander = GTK_TREE_EXPANDER (gtk_tree_expander_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->expander), GTK_WIDGET (self));
  self->state = add_label (box, "badge");
  self->title = add_label (box, NULL);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_MIDDLE);
  self->place = add_label (box, "dim-label");
  gtk_label_set_ellipsize (self->place, PANGO_ELLIPSIZE_MIDDLE);
  self->note = add_label (box, "dim-label");
  gtk_label_set_ellipsize (self->note, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->note, 1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), TRUE);
  gtk_tree_expander_set_child (self->expander, box);
}

/* Returns: (transfer full): what stands last in its row */
static char *
describe_link (const WdFlowNode *node, gboolean is_root)
{
  GString *text = g_string_new (is_root ? NULL : wd_flow_link_label (node->link));

  if (node->is_subject)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("this job"));
  if (node->is_repeated)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("shown above"));
  return g_string_free (text, FALSE);
}

static char *
describe_whole (const WdFlowNode *node)
{
  g_autofree char *id = wd_format_visible (node->id, 512);
  g_autofree char *queue = wd_format_visible (node->queue, 256);
  g_autofree char *reason = node->failed_reason != NULL
                              ? wd_format_visible (node->failed_reason, 512) : NULL;

  return g_strconcat (queue, "\n", id, reason != NULL ? "\n" : NULL, reason, NULL);
}

static void
show_node (WdFlowRow *self, const WdFlowNode *node)
{
  const char *state = node->state == NULL ? C_("flow", "Gone") : wd_queue_state_label (node->state);
  g_autofree char *name = wd_format_visible (node->name != NULL ? node->name : node->id, 128);
  g_autofree char *queue = wd_format_visible (node->queue, 128);
  g_autofree char *id = wd_format_visible (node->id, 128);
  g_autofree char *place = node->name != NULL ? g_strdup_printf ("%s / %s", queue, id)
                                              : g_strdup (queue);
  g_autofree char *note = describe_link (node, wd_flow_item_is_root (self->item));
  g_autofree char *whole = describe_whole (node);

  gtk_label_set_text (self->state, state);
  wd_tone_set (GTK_WIDGET (self->state), wd_tone_of_queue_state (node->state));
  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->place, place);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), whole);
}

/* What the row of the list is read out as. */
static void
update_name (WdFlowRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf ("%s %s %s %s", gtk_label_get_text (self->title),
                                           gtk_label_get_text (self->state),
                                           gtk_label_get_text (self->place),
                                           gtk_label_get_text (self->note));

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    g_strstrip (name), -1);
}

static void
update (WdFlowRow *self)
{
  const WdFlowNode *node = wd_flow_item_get_node (self->item);
  gint64 n = wd_flow_item_get_n_more (self->item);
  g_autofree char *number = wd_text_count (n);
  g_autofree char *more = g_strdup_printf (ngettext ("%s more", "%s more", (gulong) n), number);

  gtk_widget_set_visible (GTK_WIDGET (self->state), node != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->place), node != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->note), node != NULL);
  if (node != NULL && node->is_subject)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
  if (node != NULL)
    show_node (self, node);
  else
    {
      gtk_label_set_text (self->title, more);
      gtk_label_set_text (self->state, "");
      gtk_label_set_text (self->place, "");
      gtk_label_set_text (self->note, "");
    }
  update_name (self);
}

/**
 * wd_flow_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
wd_flow_row_new (void)
{
  return g_object_new (WD_TYPE_FLOW_ROW, NULL);
}

/**
 * wd_flow_row_set:
 * @self: a row
 * @row: (nullable): of a tree of #WdFlowItem
 */
void
wd_flow_row_set (WdFlowRow *self, GtkTreeListRow *row)
{
  g_autoptr (WdFlowItem) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  g_return_if_fail (WD_IS_FLOW_ROW (self));

  gtk_tree_expander_set_list_row (self->expander, row);
  set_item (self, item);
  if (item == NULL)
    return;
  self->handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (update), self);
  update (self);
}
