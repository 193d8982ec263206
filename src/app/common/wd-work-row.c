/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Long work below the pages: what it is, how far it is, and what can be done about it. */

#include "app/common/wd-work-row.h"

#include "app/common/wd-name.h"

struct _WdWorkRow {
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *details;
  GtkProgressBar *progress;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (WdWorkRow, wd_work_row, GTK_TYPE_WIDGET)

static void
wd_work_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_work_row_parent_class)->dispose (object);
}

static void
wd_work_row_class_init (WdWorkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_work_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-work-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWorkRow, title);
  gtk_widget_class_bind_template_child (widget_class, WdWorkRow, details);
  gtk_widget_class_bind_template_child (widget_class, WdWorkRow, progress);
  gtk_widget_class_bind_template_child (widget_class, WdWorkRow, buttons);
}

static void
wd_work_row_init (WdWorkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_work_row_new:
 *
 * Returns: (transfer floating): a row of no work yet
 */
GtkWidget *
wd_work_row_new (void)
{
  return g_object_new (WD_TYPE_WORK_ROW, NULL);
}

/**
 * wd_work_row_set_title:
 * @self: a row
 * @title: what the work is; plain text
 */
void
wd_work_row_set_title (WdWorkRow *self, const char *title)
{
  g_return_if_fail (WD_IS_WORK_ROW (self));

  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

/**
 * wd_work_row_set_details:
 * @self: a row
 * @details: how far it is; plain text
 * @more: (nullable): what else there is to know, as a tooltip; plain text
 */
void
wd_work_row_set_details (WdWorkRow *self, const char *details, const char *more)
{
  g_return_if_fail (WD_IS_WORK_ROW (self));

  gtk_label_set_text (self->details, details);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->details), more != NULL ? more : details);
}

/**
 * wd_work_row_set_fraction:
 * @self: a row
 * @fraction: how much of it is done, or a negative number while that is not known
 */
void
wd_work_row_set_fraction (WdWorkRow *self, double fraction)
{
  g_return_if_fail (WD_IS_WORK_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

/**
 * wd_work_row_hide_progress:
 * @self: a row of work that nothing moves on
 */
void
wd_work_row_hide_progress (WdWorkRow *self)
{
  g_return_if_fail (WD_IS_WORK_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
}

/**
 * wd_work_row_add_button:
 * @self: a row
 * @label: what the button says
 * @name: what it is called, without the row beside it
 *
 * Returns: (transfer none): a button behind those that are there
 */
GtkWidget *
wd_work_row_add_button (WdWorkRow *self, const char *label, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_return_val_if_fail (WD_IS_WORK_ROW (self), button);

  wd_name_set (button, name);
  gtk_box_append (self->buttons, button);
  return button;
}
