/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of entries that the review dialog shows. */

#include "app/actions/wd-review-items.h"

/**
 * wd_review_items_count_safe:
 * @items: of #WdReviewItem
 *
 * Returns: how many entries can be sent safely
 */
guint
wd_review_items_count_safe (GListStore *items)
{
  guint n_safe = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (items)); i++)
    {
      g_autoptr (WdReviewItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);

      n_safe += wd_review_item_get_entry (item)->state == WD_OUTBOX_SENDABLE;
    }
  return n_safe;
}

/**
 * wd_review_items_find:
 * @items: of #WdReviewItem
 * @id: of an entry; its letters may be of either case
 *
 * Returns: (transfer none) (nullable): the item of that entry, which @items holds
 */
WdReviewItem *
wd_review_items_find (GListStore *items, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (items)); i++)
    {
      g_autoptr (WdReviewItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);

      if (g_ascii_strcasecmp (wd_review_item_get_entry (item)->id, id) == 0)
        return item;
    }
  return NULL;
}

/**
 * wd_review_items_take:
 * @items: of #WdReviewItem
 * @entries: (element-type WdOutboxEntry): what they are to be about, in this order
 *
 * Entries that stay keep their rows, so that nothing moves under the pointer without need.
 */
void
wd_review_items_take (GListStore *items, GPtrArray *entries)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    g_hash_table_add (there, ((WdOutboxEntry *) entries->pdata[i])->id);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (items)); i-- > 0;)
    {
      g_autoptr (WdReviewItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);

      if (!g_hash_table_contains (there, wd_review_item_get_entry (item)->id))
        g_list_store_remove (items, i);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (WdReviewItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);
      WdOutboxEntry *entry = entries->pdata[i];

      if (item != NULL && g_strcmp0 (wd_review_item_get_entry (item)->id, entry->id) == 0)
        wd_review_item_set_entry (item, entry);
      else
        {
          g_autoptr (WdReviewItem) fresh = wd_review_item_new (entry);

          g_list_store_insert (items, i, fresh);
        }
    }
}
