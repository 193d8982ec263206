/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Offers sample data on the welcome page: what they are, how far their start has come, why it
 * failed. */

#include "app/connections/wd-sample-group.h"

#include "app/common/wd-text.h"

struct _WdSampleGroup {
  GtkWidget parent_instance;

  WdSampleControl *control;   /* (owned) (nullable) */

  GtkWidget *box;
  GtkWidget *explore;
  GtkWidget *progress;
  GtkSpinner *spinner;
  GtkLabel *step;
  GtkWidget *cancel;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (WdSampleGroup, wd_sample_group, GTK_TYPE_WIDGET)

static void
update (WdSampleGroup *self)
{
  const char *step = wd_sample_control_get_step (self->control);
  const GError *error = wd_sample_control_get_error (self->control);
  g_autofree char *problem = error != NULL ? wd_text_block (error->message) : NULL;
  gboolean had_focus = gtk_widget_get_focus_child (self->box) != NULL;
  gboolean was_busy = gtk_widget_get_visible (self->progress);

  gtk_label_set_text (self->step, step != NULL ? step : "");
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_spinner_set_spinning (self->spinner, step != NULL);
  gtk_widget_set_visible (self->progress, step != NULL);
  gtk_widget_set_visible (self->explore, step == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  /* What is pressed with the keyboard goes away with the focus. */
  if (had_focus && was_busy != (step != NULL))
    gtk_widget_grab_focus (step != NULL ? self->cancel : self->explore);
}

static void
wd_sample_group_dispose (GObject *object)
{
  WdSampleGroup *self = WD_SAMPLE_GROUP (object);

  g_clear_object (&self->control);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_sample_group_parent_class)->dispose (object);
}

static void
wd_sample_group_class_init (WdSampleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_sample_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/connections/wd-sample-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, box);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, explore);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, progress);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, step);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, cancel);
  gtk_widget_class_bind_template_child (widget_class, WdSampleGroup, problem);
}

static void
wd_sample_group_init (WdSampleGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_sample_group_set_control:
 * @self: a group
 * @control: what starts sample data
 */
void
wd_sample_group_set_control (WdSampleGroup *self, WdSampleControl *control)
{
  g_return_if_fail (WD_IS_SAMPLE_GROUP (self));

  if (!g_set_object (&self->control, control))
    return;
  g_signal_connect_object (control, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
