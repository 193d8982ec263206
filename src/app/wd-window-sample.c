/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window and sample data: the way there, the mark on every page, the way back. */

#include <glib/gi18n-lib.h>

#include "app/connections/wd-sample-control.h"
#include "app/wd-window-private.h"

/* Whether what is shown is invented. */
gboolean
wd_window_is_sample (WdWindow *self)
{
  return self->workspace != NULL && wd_workspace_get_profile (self->workspace)->sample != NULL;
}

/* Stands over every page, also over what lies above it. */
void
wd_window_update_sample (WdWindow *self)
{
  gboolean is_sample = wd_window_is_sample (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.leave-sample", is_sample);
  if (!is_sample)
    {
      wd_banner_hide (self->sample_mark);
      return;
    }
  wd_banner_show (self->sample_mark,
                  _("Sample data: all wallets and jobs are invented, and no money moves."), NULL,
                  FALSE);
  wd_banner_set_button (self->sample_mark, _("Leave Sample Data"), "win.leave-sample");
}

static WdSampleControl *
get_control (GtkWidget *widget)
{
  return wd_connections_get_sample (WD_WINDOW (widget)->connections);
}

static void
explore_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_sample_control_start (get_control (widget));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_sample_control_cancel (get_control (widget));
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *target)
{
  wd_sample_control_leave (get_control (widget));
}

void
wd_window_install_sample_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.explore-sample", NULL, explore_action);
  gtk_widget_class_install_action (widget_class, "win.cancel-sample", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "win.leave-sample", NULL, leave_action);
}
