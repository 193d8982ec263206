/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds a GtkFlowBox whose children may have nothing to focus, such as buttons that are out of
 * use for whoever may only look. At such a child GtkFlowBox keeps the Tab key, so that whatever
 * comes after it is out of the keyboard's reach. */

#include "app/common/wd-flow-holder.h"

struct _WdFlowHolder {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (WdFlowHolder, wd_flow_holder, GTK_TYPE_WIDGET)

static gboolean
wd_flow_holder_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *box = gtk_widget_get_first_child (widget);
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *child;

  if (!is_forward && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (wd_flow_holder_parent_class)->focus (widget, direction);
  child = gtk_widget_get_focus_child (box);
  if (child == NULL)
    child = is_forward ? gtk_widget_get_first_child (box) : gtk_widget_get_last_child (box);
  while (child != NULL && !gtk_widget_child_focus (child, direction))
    child = is_forward ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child);
  return child != NULL;
}

static void
wd_flow_holder_dispose (GObject *object)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_flow_holder_parent_class)->dispose (object);
}

static void
wd_flow_holder_class_init (WdFlowHolderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_flow_holder_dispose;
  widget_class->focus = wd_flow_holder_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wd_flow_holder_init (WdFlowHolder *self)
{
}
