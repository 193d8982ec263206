/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The jobs that an order about a queue is about, or those it left and why: an id and what is said
 * of it. There may be thousands. */

#include "app/queues/wd-queue-lines.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-focus.h"
#include "app/queues/wd-queue-text.h"
#include "base/wd-format.h"

struct _WdQueueLines {
  GtkWidget parent_instance;

  GtkStringList *lines;      /* (owned): an id and, after a tab, what is said of it */
};

G_DEFINE_FINAL_TYPE (WdQueueLines, wd_queue_lines, GTK_TYPE_WIDGET)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *id = gtk_label_new (NULL), *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (id), 0);
  gtk_label_set_ellipsize (GTK_LABEL (id), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (id, "monospace");
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (box, "subject");
  gtk_box_append (GTK_BOX (box), id);
  gtk_box_append (GTK_BOX (box), details);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *line = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *details = gtk_widget_get_last_child (box);
  g_auto (GStrv) parts = g_strsplit (gtk_string_object_get_string (line), "\t", 2);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), parts[0]);
  gtk_label_set_text (GTK_LABEL (details), parts[1]);
  gtk_widget_set_tooltip_text (details, parts[1]);
}

static void
wd_queue_lines_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_queue_lines_parent_class)->dispose (object);
}

static void
wd_queue_lines_finalize (GObject *object)
{
  g_object_unref (WD_QUEUE_LINES (object)->lines);
  G_OBJECT_CLASS (wd_queue_lines_parent_class)->finalize (object);
}

static void
wd_queue_lines_class_init (WdQueueLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_queue_lines_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_lines_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_queue_lines_init (WdQueueLines *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *view;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *model;

  self->lines = gtk_string_list_new (NULL);
  model = G_LIST_MODEL (g_object_ref (self->lines));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (model)), factory);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (view), TRUE);
  wd_focus_one_stop (view);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Jobs"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 48);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "subjects");
  gtk_widget_set_valign (scroller, GTK_ALIGN_START);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

static void
clear (WdQueueLines *self)
{
  gtk_string_list_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                          NULL);
}

static void
add (WdQueueLines *self, const char *id, const char *details)
{
  g_autofree char *visible = wd_format_visible (id, 256);

  gtk_string_list_take (self->lines, g_strdup_printf ("%s\t%s", visible, details));
}

static void
show (WdQueueLines *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_list_model_get_n_items (G_LIST_MODEL (self->lines)) > 0);
}

/**
 * wd_queue_lines_show_plan:
 * @self: lines
 * @plan: (nullable): whose jobs to list
 */
void
wd_queue_lines_show_plan (WdQueueLines *self, const WdQueuePlan *plan)
{
  g_return_if_fail (WD_IS_QUEUE_LINES (self));

  clear (self);
  for (guint i = 0; plan != NULL && i < plan->items->len; i++)
    {
      const WdQueueItem *item = plan->items->pdata[i];
      g_autofree char *details = wd_queue_text_item (item);

      add (self, item->id, details);
    }
  show (self);
}

/**
 * wd_queue_lines_show_left:
 * @self: lines
 * @report: whose refusals to list
 */
void
wd_queue_lines_show_left (WdQueueLines *self, const WdOutboxReport *report)
{
  g_return_if_fail (WD_IS_QUEUE_LINES (self));

  clear (self);
  for (guint i = 0; i < report->left->len; i++)
    {
      const WdRefusal *refusal = report->left->pdata[i];
      g_autofree char *reason = wd_format_visible (refusal->error->message, 500);

      add (self, refusal->subject, reason);
    }
  show (self);
}
