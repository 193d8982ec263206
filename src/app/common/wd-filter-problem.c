/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a filter: underlined in its entry and, while nobody types there, said in a
 * line of its own. While somebody does, what is offered below the entry says it. */

#include "app/common/wd-filter-problem.h"

#include <glib/gi18n-lib.h>

struct _WdFilterProblem {
  GtkWidget parent_instance;

  GtkEntry *entry;              /* not owned: lives as long, or what is wrong is not set */
  GtkEventController *focus;    /* not owned: the entry's, likewise */
  gboolean is_wrong;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (WdFilterProblem, wd_filter_problem, GTK_TYPE_WIDGET)

static void
update (WdFilterProblem *self)
{
  GtkEventControllerFocus *focus = GTK_EVENT_CONTROLLER_FOCUS (self->focus);

  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->is_wrong && !gtk_event_controller_focus_contains_focus (focus));
}

static void
mark (GtkEntry *entry, const char *message, WdTextSpan span)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkAccessible *accessible = GTK_ACCESSIBLE (entry);

  if (message != NULL)
    {
      PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

      underline->start_index = span.start;
      underline->end_index = span.end;
      pango_attr_list_insert (attributes, underline);
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_entry_set_attributes (entry, attributes);
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_PRIMARY,
                                     message != NULL ? "dialog-warning-symbolic"
                                                     : "edit-find-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), message);
}

static void
wd_filter_problem_dispose (GObject *object)
{
  g_clear_pointer (&WD_FILTER_PROBLEM (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_filter_problem_parent_class)->dispose (object);
}

static void
wd_filter_problem_class_init (WdFilterProblemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_filter_problem_dispose;
  gtk_widget_class_set_css_name (widget_class, "filterproblem");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wd_filter_problem_init (WdFilterProblem *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->label, "error-line");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wd_filter_problem_new:
 * @entry: where the filter is typed
 *
 * Returns: (transfer floating): what says nothing yet
 */
WdFilterProblem *
wd_filter_problem_new (GtkEntry *entry)
{
  WdFilterProblem *self = g_object_new (WD_TYPE_FILTER_PROBLEM, NULL);

  self->entry = entry;
  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (self->focus, "notify::contains-focus", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (entry), self->focus);
  return self;
}

/**
 * wd_filter_problem_set:
 * @self: what says it
 * @message: (nullable): what is wrong, a sentence without its full stop; %NULL for nothing
 * @span: where
 */
void
wd_filter_problem_set (WdFilterProblem *self, const char *message, WdTextSpan span)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WD_IS_FILTER_PROBLEM (self));

  mark (self->entry, message, span);
  if (message != NULL)
    /* TRANSLATORS: what is wrong with a filter, a sentence without its full stop */
    text = g_strdup_printf (_("%s. The rows are still those of the filter before."), message);
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  self->is_wrong = message != NULL;
  update (self);
}
