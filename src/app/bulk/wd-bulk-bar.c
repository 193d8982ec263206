/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bulk runs of all connections that were opened, below whatever page is shown: all of the one
 * that is shown, and of the others what was begun here, until it is dismissed. */

#include "app/bulk/wd-bulk-bar.h"

#include "app/bulk/wd-bulk-row.h"

/* Numbers that change more often cannot be read. */
#define TICK_MS 250

struct _WdBulkBar {
  GtkWidget parent_instance;

  GPtrArray *workspaces;     /* (owned) (element-type WdWorkspace) */
  WdWorkspace *shown;        /* not owned: one of them, or %NULL */
  guint tick;                /* while anything is worked on here */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdBulkBar, wd_bulk_bar, GTK_TYPE_WIDGET)

static WdBulkRow *
get_next (GtkWidget *row)
{
  return (WdBulkRow *) gtk_widget_get_next_sibling (row);
}

static WdBulkRow *
get_first (WdBulkBar *self)
{
  return (WdBulkRow *) gtk_widget_get_first_child (GTK_WIDGET (self));
}

static gboolean
tick_cb (gpointer data)
{
  WdBulkBar *self = data;

  for (WdBulkRow *row = get_first (self); row != NULL; row = get_next (GTK_WIDGET (row)))
    wd_bulk_row_tick (row);
  return G_SOURCE_CONTINUE;
}

static void
update (WdBulkBar *self)
{
  gboolean active = wd_bulk_bar_is_active (self);

  for (WdBulkRow *row = get_first (self); row != NULL; row = get_next (GTK_WIDGET (row)))
    wd_bulk_row_set_foreign (row, wd_bulk_row_get_workspace (row) != self->shown);
  if (active && self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  else if (!active)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static void
changed_cb (WdBulkBar *self)
{
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static WdBulkRow *
find_row (WdBulkBar *self, WdBulkWork *work)
{
  for (WdBulkRow *row = get_first (self); row != NULL; row = get_next (GTK_WIDGET (row)))
    if (wd_bulk_row_get_work (row) == work)
      return row;
  return NULL;
}

static WdWorkspace *
find_workspace (WdBulkBar *self, GListModel *runs)
{
  for (guint i = 0; i < self->workspaces->len; i++)
    if (G_LIST_MODEL (wd_workspace_get_bulk (self->workspaces->pdata[i])) == runs)
      return self->workspaces->pdata[i];
  return NULL;
}

static gboolean
has_work (GListModel *runs, WdBulkWork *work)
{
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (WdBulkWork) one = g_list_model_get_item (runs, i);

      if (one == work)
        return TRUE;
    }
  return FALSE;
}

/* There are a few at most. */
static void
items_changed_cb (GListModel *runs, guint position, guint removed, guint added, WdBulkBar *self)
{
  WdWorkspace *workspace = find_workspace (self, runs);
  WdBulkRow *next;

  for (WdBulkRow *row = get_first (self); row != NULL; row = next)
    {
      next = get_next (GTK_WIDGET (row));
      if (wd_bulk_row_get_workspace (row) == workspace
          && !has_work (runs, wd_bulk_row_get_work (row)))
        gtk_widget_unparent (GTK_WIDGET (row));
    }
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (WdBulkWork) work = g_list_model_get_item (runs, i);

      if (find_row (self, work) == NULL)
        gtk_widget_set_parent (wd_bulk_row_new (workspace, work), GTK_WIDGET (self));
    }
  changed_cb (self);
}

static void
wd_bulk_bar_dispose (GObject *object)
{
  WdBulkBar *self = WD_BULK_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->tick, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->workspaces, 0);
  self->shown = NULL;
  G_OBJECT_CLASS (wd_bulk_bar_parent_class)->dispose (object);
}

static void
wd_bulk_bar_finalize (GObject *object)
{
  g_ptr_array_unref (WD_BULK_BAR (object)->workspaces);
  G_OBJECT_CLASS (wd_bulk_bar_parent_class)->finalize (object);
}

static void
wd_bulk_bar_class_init (WdBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_bulk_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_bar_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);

  /**
   * WdBulkBar::changed:
   *
   * A run was begun, paused, ended, or found.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_BULK_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_bulk_bar_init (WdBulkBar *self)
{
  self->workspaces = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_orientable_set_orientation (
    GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/**
 * wd_bulk_bar_add:
 * @self: a bar
 * @workspace: of a connection whose runs it shows from now on
 */
void
wd_bulk_bar_add (WdBulkBar *self, WdWorkspace *workspace)
{
  WdBulkRuns *runs;

  g_return_if_fail (WD_IS_BULK_BAR (self));

  runs = wd_workspace_get_bulk (workspace);
  g_ptr_array_add (self->workspaces, g_object_ref (workspace));
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (runs, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  items_changed_cb (G_LIST_MODEL (runs), 0, 0, 0, self);
}

/**
 * wd_bulk_bar_remove:
 * @self: a bar
 * @workspace: of a connection that is not used any more; what this program works on is paused
 */
void
wd_bulk_bar_remove (WdBulkBar *self, WdWorkspace *workspace)
{
  WdBulkRuns *runs;
  WdBulkRow *next;

  g_return_if_fail (WD_IS_BULK_BAR (self));

  runs = wd_workspace_get_bulk (workspace);
  g_signal_handlers_disconnect_by_data (runs, self);
  wd_bulk_runs_let_go (runs);
  for (WdBulkRow *row = get_first (self); row != NULL; row = next)
    {
      next = get_next (GTK_WIDGET (row));
      if (wd_bulk_row_get_workspace (row) == workspace)
        gtk_widget_unparent (GTK_WIDGET (row));
    }
  if (self->shown == workspace)
    self->shown = NULL;
  g_ptr_array_remove (self->workspaces, workspace);
  changed_cb (self);
}

/**
 * wd_bulk_bar_set_shown:
 * @self: a bar
 * @workspace: (nullable): whose pages are shown
 */
void
wd_bulk_bar_set_shown (WdBulkBar *self, WdWorkspace *workspace)
{
  g_return_if_fail (WD_IS_BULK_BAR (self));

  self->shown = workspace;
  update (self);
}

/**
 * wd_bulk_bar_has_rows:
 * @self: a bar
 *
 * Returns: whether it shows any run
 */
gboolean
wd_bulk_bar_has_rows (WdBulkBar *self)
{
  g_return_val_if_fail (WD_IS_BULK_BAR (self), FALSE);

  for (WdBulkRow *row = get_first (self); row != NULL; row = get_next (GTK_WIDGET (row)))
    if (gtk_widget_get_visible (GTK_WIDGET (row)))
      return TRUE;
  return FALSE;
}

/**
 * wd_bulk_bar_is_active:
 * @self: a bar
 *
 * Returns: whether this program works on any run
 */
gboolean
wd_bulk_bar_is_active (WdBulkBar *self)
{
  g_return_val_if_fail (WD_IS_BULK_BAR (self), FALSE);

  for (guint i = 0; i < self->workspaces->len; i++)
    if (wd_bulk_runs_is_active (wd_workspace_get_bulk (self->workspaces->pdata[i])))
      return TRUE;
  return FALSE;
}

/**
 * wd_bulk_bar_holds:
 * @self: a bar
 *
 * Returns: whether this program has to stay for any run
 */
gboolean
wd_bulk_bar_holds (WdBulkBar *self)
{
  g_return_val_if_fail (WD_IS_BULK_BAR (self), FALSE);

  for (guint i = 0; i < self->workspaces->len; i++)
    if (wd_bulk_runs_hold (wd_workspace_get_bulk (self->workspaces->pdata[i])))
      return TRUE;
  return FALSE;
}

/**
 * wd_bulk_bar_let_go:
 * @self: a bar
 *
 * Lets what this program works on rest, each after the slice under way.
 */
void
wd_bulk_bar_let_go (WdBulkBar *self)
{
  g_return_if_fail (WD_IS_BULK_BAR (self));

  for (guint i = 0; i < self->workspaces->len; i++)
    wd_bulk_runs_let_go (wd_workspace_get_bulk (self->workspaces->pdata[i]));
}
