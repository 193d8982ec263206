/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of a timeline that are on screen. Each goes by the job above it, too, which says whether
 * a heading stands between them, so all are filled anew where one comes, goes or changes. */

#include "app/wallets/wd-timeline-slots.h"

#include "app/wallets/wd-timeline-row.h"

/* One list item and the row in it. */
typedef struct {
  WdTimelineSlots *self;    /* not owned */
  GtkListItem *item;        /* not owned: it owns the row */
  WdTimelineRow *row;       /* not owned */
  WdRow *record;            /* (owned) (nullable): bound to it */
  gulong handler;
} Slot;

struct _WdTimelineSlots {
  WdPagedList *list;        /* (owned) */
  GHashTable *by_item;      /* (owned) (element-type GtkListItem Slot) */
  guint headings_source;
};

static void
unbind_slot (Slot *slot)
{
  if (slot->record != NULL)
    g_signal_handler_disconnect (slot->record, slot->handler);
  g_clear_object (&slot->record);
}

static void
free_slot (gpointer data)
{
  unbind_slot (data);
  g_free (data);
}

static void
fill_slot (Slot *slot, WdTime now)
{
  guint position = gtk_list_item_get_position (slot->item);
  WdSort sort = wd_paged_list_get_sort (slot->self->list, NULL);
  g_autoptr (WdRow) above = NULL;

  if (position > 0 && position != GTK_INVALID_LIST_POSITION)
    above = g_list_model_get_item (G_LIST_MODEL (slot->self->list), position - 1);
  wd_timeline_row_set (slot->row, wd_row_get_record (slot->record),
                       above != NULL ? wd_row_get_record (above) : NULL,
                       sort == WD_SORT_UNDER_WAY, now);
}

/* A row that comes, goes or changes changes what stands above the next one, too. */
static gboolean
headings_cb (gpointer data)
{
  WdTimelineSlots *self = data;
  WdTime now = wd_time_now ();
  GHashTableIter iter;
  gpointer slot;

  self->headings_source = 0;
  g_hash_table_iter_init (&iter, self->by_item);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    if (((Slot *) slot)->record != NULL)
      fill_slot (slot, now);
  return G_SOURCE_REMOVE;
}

static void
record_cb (Slot *slot)
{
  fill_slot (slot, wd_time_now ());
  wd_timeline_slots_queue_headings (slot->self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  WdTimelineSlots *self = data;
  Slot *slot = g_new0 (Slot, 1);

  slot->self = self;
  slot->item = item;
  slot->row = WD_TIMELINE_ROW (wd_timeline_row_new ());
  g_hash_table_insert (self->by_item, item, slot);
  gtk_list_item_set_child (item, GTK_WIDGET (slot->row));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Slot *slot = g_hash_table_lookup (((WdTimelineSlots *) data)->by_item, item);

  unbind_slot (slot);
  slot->record = g_object_ref (gtk_list_item_get_item (item));
  slot->handler = g_signal_connect_swapped (slot->record, "notify::record",
                                            G_CALLBACK (record_cb), slot);
  fill_slot (slot, wd_time_now ());
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Slot *slot = g_hash_table_lookup (((WdTimelineSlots *) data)->by_item, item);

  if (slot != NULL)
    unbind_slot (slot);
}

static void
teardown_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_hash_table_remove (((WdTimelineSlots *) data)->by_item, item);
}

/**
 * wd_timeline_slots_new:
 * @view: shows @list, soon
 * @list: of jobs
 *
 * Returns: (transfer full): what makes and fills the rows of @view until it gets another factory
 */
WdTimelineSlots *
wd_timeline_slots_new (GtkListView *view, WdPagedList *list)
{
  WdTimelineSlots *self = g_new0 (WdTimelineSlots, 1);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->list = g_object_ref (list);
  self->by_item = g_hash_table_new_full (NULL, NULL, NULL, free_slot);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  g_signal_connect (factory, "teardown", G_CALLBACK (teardown_cb), self);
  gtk_list_view_set_factory (view, factory);
  return self;
}

/**
 * wd_timeline_slots_free:
 * @self: (transfer full): rows of a view that is gone
 */
void
wd_timeline_slots_free (WdTimelineSlots *self)
{
  g_clear_handle_id (&self->headings_source, g_source_remove);
  g_hash_table_unref (self->by_item);
  g_object_unref (self->list);
  g_free (self);
}

/**
 * wd_timeline_slots_queue_headings:
 * @self: rows
 *
 * Fills all of them before the next frame: positions are not settled amid a change of the list.
 */
void
wd_timeline_slots_queue_headings (WdTimelineSlots *self)
{
  if (self->headings_source == 0)
    self->headings_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, headings_cb, self, NULL);
}

/**
 * wd_timeline_slots_tell:
 * @self: rows
 * @now: the present
 *
 * Tells ages anew, and days, of which a new one may have begun.
 */
void
wd_timeline_slots_tell (WdTimelineSlots *self, WdTime now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_item);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Slot *slot = value;

      if (slot->record == NULL)
        continue;
      fill_slot (slot, now);
      wd_timeline_row_tell (slot->row, now);
    }
}
