/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One undelivered job, as it was read last. */

#include "app/actions/wd-review-item.h"

struct _WdReviewItem {
  GObject parent_instance;

  WdOutboxEntry *entry;      /* (owned) */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdReviewItem, wd_review_item, G_TYPE_OBJECT)

static void
wd_review_item_finalize (GObject *object)
{
  WdReviewItem *self = WD_REVIEW_ITEM (object);

  wd_outbox_entry_unref (self->entry);
  G_OBJECT_CLASS (wd_review_item_parent_class)->finalize (object);
}

static void
wd_review_item_class_init (WdReviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_review_item_finalize;

  /**
   * WdReviewItem::changed:
   *
   * It was read again.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_REVIEW_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_review_item_init (WdReviewItem *self)
{
}

/**
 * wd_review_item_new:
 * @entry: of the outbox; the item takes a reference
 *
 * Returns: (transfer full): an item
 */
WdReviewItem *
wd_review_item_new (WdOutboxEntry *entry)
{
  WdReviewItem *self = g_object_new (WD_TYPE_REVIEW_ITEM, NULL);

  self->entry = wd_outbox_entry_ref (entry);
  return self;
}

/**
 * wd_review_item_get_entry:
 * @self: an item
 *
 * Returns: (transfer none): its entry, until another is set
 */
const WdOutboxEntry *
wd_review_item_get_entry (WdReviewItem *self)
{
  return self->entry;
}

/**
 * wd_review_item_set_entry:
 * @self: an item
 * @entry: the same entry as it is now; the item takes a reference
 *
 * Emits `changed`.
 */
void
wd_review_item_set_entry (WdReviewItem *self, WdOutboxEntry *entry)
{
  wd_outbox_entry_ref (entry);
  wd_outbox_entry_unref (self->entry);
  self->entry = entry;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
