/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a dialog waits for, with a button that stops it (“dialog.stop”). What is answered at once
 * does not flicker: the row comes when it takes longer. */

#include "app/actions/wd-sending-row.h"

#define SHOWN_AFTER_MS 300

struct _WdSendingRow {
  GtkWidget parent_instance;

  guint source;              /* until it is shown */

  GtkRevealer *revealer;
  GtkSpinner *spinner;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WdSendingRow, wd_sending_row, GTK_TYPE_WIDGET)

static void
set_shown (WdSendingRow *self, gboolean shown)
{
  gtk_revealer_set_reveal_child (self->revealer, shown);
  gtk_spinner_set_spinning (self->spinner, shown);
}

static gboolean
show_cb (gpointer data)
{
  WdSendingRow *self = data;

  self->source = 0;
  set_shown (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
wd_sending_row_dispose (GObject *object)
{
  WdSendingRow *self = WD_SENDING_ROW (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_sending_row_parent_class)->dispose (object);
}

static void
wd_sending_row_class_init (WdSendingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_sending_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-sending-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSendingRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, WdSendingRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdSendingRow, label);
}

static void
wd_sending_row_init (WdSendingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_sending_row_begin:
 * @self: a row
 *
 * Something is under way: shows it if that takes long.
 */
void
wd_sending_row_begin (WdSendingRow *self)
{
  g_return_if_fail (WD_IS_SENDING_ROW (self));

  if (self->source == 0)
    self->source = g_timeout_add (SHOWN_AFTER_MS, show_cb, self);
}

/**
 * wd_sending_row_end:
 * @self: a row
 *
 * Nothing is under way any more.
 */
void
wd_sending_row_end (WdSendingRow *self)
{
  g_return_if_fail (WD_IS_SENDING_ROW (self));

  g_clear_handle_id (&self->source, g_source_remove);
  set_shown (self, FALSE);
}

/**
 * wd_sending_row_set_text:
 * @self: a row
 * @text: what is waited for, and how far it is
 */
void
wd_sending_row_set_text (WdSendingRow *self, const char *text)
{
  g_return_if_fail (WD_IS_SENDING_ROW (self));

  gtk_label_set_text (self->label, text);
}
