/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The states a job can be in, each with how many are: one of them is chosen. */

#include "app/queues/wd-queue-states.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-text.h"
#include "model/wd-words.h"

#define MOST_STATES 8

struct _WdQueueStates {
  GtkWidget parent_instance;

  GtkFlowBox *box;
  GtkToggleButton *buttons[MOST_STATES];
  const char *chosen;        /* one of the words */
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdQueueStates, wd_queue_states, GTK_TYPE_WIDGET)

static void
toggled_cb (WdQueueStates *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; wd_queue_state_words ()[i] != NULL; i++)
    if (self->buttons[i] == button && self->chosen != wd_queue_state_words ()[i])
      {
        self->chosen = wd_queue_state_words ()[i];
        g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
      }
}

static void
wd_queue_states_dispose (GObject *object)
{
  WdQueueStates *self = WD_QUEUE_STATES (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (wd_queue_states_parent_class)->dispose (object);
}

static void
wd_queue_states_class_init (WdQueueStatesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_queue_states_dispose;

  /**
   * WdQueueStates::chosen:
   *
   * Another state was chosen.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WD_TYPE_QUEUE_STATES, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
set_label (WdQueueStates *self, guint i, const char *number)
{
  /* TRANSLATORS: a state, and how many jobs are in it */
  g_autofree char *label = g_strdup_printf (_("%s %s"),
                                            wd_queue_state_label (wd_queue_state_words ()[i]),
                                            number);

  gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
}

static void
wd_queue_states_init (WdQueueStates *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (self->box, 2);
  gtk_flow_box_set_max_children_per_line (self->box, MOST_STATES);
  gtk_flow_box_set_column_spacing (self->box, 6);
  gtk_flow_box_set_row_spacing (self->box, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("States"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->chosen = wd_queue_state_words ()[0];
  for (guint i = 0; wd_queue_state_words ()[i] != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      set_label (self, i, "—");
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_flow_box_append (self->box, button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  for (guint i = 0; wd_queue_state_words ()[i] != NULL; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self,
                             G_CONNECT_SWAPPED);
}

/**
 * wd_queue_states_set_counts:
 * @self: the states
 * @counts: what the queue holds
 */
void
wd_queue_states_set_counts (WdQueueStates *self, const WdQueueCounts *counts)
{
  g_return_if_fail (WD_IS_QUEUE_STATES (self));

  for (guint i = 0; wd_queue_state_words ()[i] != NULL; i++)
    {
      g_autofree char *number
          = wd_text_count (wd_queue_counts_get (counts, wd_queue_state_words ()[i]));

      set_label (self, i, number);
    }
}

/**
 * wd_queue_states_choose:
 * @self: the states
 * @state: one of wd_queue_state_words(); others are ignored
 */
void
wd_queue_states_choose (WdQueueStates *self, const char *state)
{
  g_return_if_fail (WD_IS_QUEUE_STATES (self));

  for (guint i = 0; wd_queue_state_words ()[i] != NULL; i++)
    if (strcmp (wd_queue_state_words ()[i], state) == 0)
      gtk_toggle_button_set_active (self->buttons[i], TRUE);
}

/**
 * wd_queue_states_get_chosen:
 * @self: the states
 *
 * Returns: (transfer none): which is chosen
 */
const char *
wd_queue_states_get_chosen (WdQueueStates *self)
{
  g_return_val_if_fail (WD_IS_QUEUE_STATES (self), NULL);

  return self->chosen;
}
