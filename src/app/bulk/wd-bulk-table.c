/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words with a number behind each, under a title; nothing at all where there are none. */

#include "app/bulk/wd-bulk-table.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

struct _WdBulkTable {
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WdBulkTable, wd_bulk_table, GTK_TYPE_WIDGET)

static void
wd_bulk_table_dispose (GObject *object)
{
  WdBulkTable *self = WD_BULK_TABLE (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_bulk_table_parent_class)->dispose (object);
}

static void
wd_bulk_table_class_init (WdBulkTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_bulk_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wd_bulk_table_init (WdBulkTable *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 6);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wd_bulk_table_set_title:
 * @self: a table
 * @title: what is counted
 */
void
wd_bulk_table_set_title (WdBulkTable *self, const char *title)
{
  g_return_if_fail (WD_IS_BULK_TABLE (self));

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

/**
 * wd_bulk_table_clear:
 * @self: a table
 *
 * Takes all rows away.
 */
void
wd_bulk_table_clear (WdBulkTable *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (WD_IS_BULK_TABLE (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wd_bulk_table_add:
 * @self: a table
 * @title: what is counted; may hold anything
 * @subtitle: (nullable): more about it; likewise
 * @n: how many
 */
void
wd_bulk_table_add (WdBulkTable *self, const char *title, const char *subtitle, gint64 n)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = wd_text_count (n);
  g_autofree char *visible = wd_format_visible (title, 512);
  g_autofree char *more = subtitle != NULL ? wd_format_visible (subtitle, 512) : NULL;
  GtkWidget *label = gtk_label_new (number);

  g_return_if_fail (WD_IS_BULK_TABLE (self));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), visible);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), more != NULL ? more : "");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->list, row);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * wd_bulk_table_show_counts:
 * @self: a table
 * @run: a run with its counts
 *
 * Shows how many jobs or wallets of which type and network it is about.
 */
void
wd_bulk_table_show_counts (WdBulkTable *self, const WdBulkRun *run)
{
  wd_bulk_table_clear (self);
  for (guint i = 0; run->counts != NULL && i < run->counts->len; i++)
    {
      const WdBulkCount *count = run->counts->pdata[i];
      const char *network = count->network != NULL ? count->network : _("Unknown network");

      if (count->job_type != NULL)
        wd_bulk_table_add (self, wd_job_type_label (count->job_type), network, count->n);
      else
        wd_bulk_table_add (self, network, NULL, count->n);
    }
}
