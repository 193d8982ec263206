/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of one page of the jobs of a queue. What is read again goes into the same rows by id, so
 * that the selection stays with its job wherever that stands by then. */

#include "app/queues/wd-queue-jobs-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-table-columns.h"
#include "app/common/wd-table-layout.h"
#include "app/queues/wd-queue-job-columns.h"

struct _WdQueueJobsView {
  GtkWidget parent_instance;

  GListStore *rows;          /* (owned) (element-type WdRow) */
  GPtrArray *columns;        /* (owned) (element-type WdTableColumn) */
  WdTableLayout *layout;     /* (owned) */

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE (WdQueueJobsView, wd_queue_jobs_view, GTK_TYPE_WIDGET)

/* A job with a row has a page of its own; of others there is what their queue says. */
static void
activate_cb (WdQueueJobsView *self, guint position)
{
  g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  const WdQueueJobEntry *entry = row != NULL ? wd_row_get_record (row) : NULL;

  if (entry == NULL)
    return;
  if (entry->row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", entry->row->id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-queue-job", "(ss)",
                                entry->job->queue, entry->job->id);
}

static void
wd_queue_jobs_view_dispose (GObject *object)
{
  WdQueueJobsView *self = WD_QUEUE_JOBS_VIEW (object);

  g_clear_object (&self->layout);
  if (self->columns != NULL)
    wd_table_columns_remove (self->view, self->columns);
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (wd_queue_jobs_view_parent_class)->dispose (object);
}

static void
wd_queue_jobs_view_class_init (WdQueueJobsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_queue_jobs_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_queue_jobs_view_init (WdQueueJobsView *self)
{
  guint n_columns;
  const WdColumnSpec *columns = wd_queue_job_columns (&n_columns);
  GtkSingleSelection *selection;

  self->rows = g_list_store_new (WD_TYPE_ROW);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->rows)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (selection)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "pane");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Jobs in the queue"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  gtk_widget_set_parent (GTK_WIDGET (self->scroller), GTK_WIDGET (self));
  self->columns = wd_table_columns_add (self->view, columns, n_columns);
  self->layout = wd_table_layout_new (GTK_WIDGET (self), self->view,
                                      gtk_scrolled_window_get_hadjustment (self->scroller),
                                      self->columns, NULL);
  wd_copy_keys_add (self->view, wd_queue_job_columns_copy ());
}

static gboolean
has_same_jobs (GListModel *rows, const GPtrArray *entries)
{
  if (g_list_model_get_n_items (rows) != entries->len)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (WdRow) row = g_list_model_get_item (rows, i);

      if (strcmp (wd_row_get_id (row), ((WdQueueJobEntry *) entries->pdata[i])->job->id) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (element-type WdRow): rows of the new jobs, those of before where a job
 * has one */
static GPtrArray *
make_rows (GListModel *before, const GPtrArray *entries)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        g_object_unref);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (before); i++)
    {
      WdRow *row = g_list_model_get_item (before, i);

      g_hash_table_insert (known, g_strdup (wd_row_get_id (row)), row);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      WdQueueJobEntry *entry = entries->pdata[i];
      WdRow *row = g_hash_table_lookup (known, entry->job->id);

      g_ptr_array_add (rows, row != NULL ? g_object_ref (row)
                                         : wd_row_new (wd_queue_job_columns_kind (), entry));
    }
  return rows;
}

/**
 * wd_queue_jobs_view_show:
 * @self: a table
 * @page: what to show
 */
void
wd_queue_jobs_view_show (WdQueueJobsView *self, const WdQueueJobs *page)
{
  WdTableColumn *when;

  g_return_if_fail (WD_IS_QUEUE_JOBS_VIEW (self));

  when = self->columns->pdata[wd_queue_job_columns_get_when ()];
  gtk_column_view_column_set_title (wd_table_column_get_column (when),
                                    wd_queue_job_columns_name_when (page->request->state));
  if (!has_same_jobs (G_LIST_MODEL (self->rows), page->entries))
    {
      g_autoptr (GPtrArray) rows = make_rows (G_LIST_MODEL (self->rows), page->entries);

      g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                           rows->pdata, rows->len);
    }
  for (guint i = 0; i < page->entries->len; i++)
    {
      g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (wd_row_replace (row, page->entries->pdata[i]))
        wd_row_tell (row);
    }
}

/**
 * wd_queue_jobs_view_tick:
 * @self: a table
 * @now: the present
 *
 * Tells ages anew.
 */
void
wd_queue_jobs_view_tick (WdQueueJobsView *self, WdTime now)
{
  g_return_if_fail (WD_IS_QUEUE_JOBS_VIEW (self));

  for (guint i = 0; i < self->columns->len; i++)
    wd_table_column_tick (self->columns->pdata[i], now);
}
