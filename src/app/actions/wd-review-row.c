/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An undelivered job: what it is, what both stores show of it, and the two ways to settle it. */

#include "app/actions/wd-review-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

struct _WdReviewRow {
  GtkWidget parent_instance;

  WdReviewItem *item;        /* (owned) (nullable) */
  gulong handler;

  GtkLabel *title;
  GtkWidget *badge;
  GtkLabel *wallet;
  GtkLabel *facts;
  GtkLabel *verdict;
  GtkLabel *last_error;
  GtkWidget *show;
  GtkWidget *send;
  GtkWidget *discard;
};

G_DEFINE_FINAL_TYPE (WdReviewRow, wd_review_row, GTK_TYPE_WIDGET)

static const struct {
  const char *word;
  const char *tone;
} looks[] = {
  [WD_OUTBOX_NOT_LOOKED_UP] = { N_("Not looked up"), NULL },
  [WD_OUTBOX_DELIVERED] = { N_("Delivered"), WD_TONE_OK },
  [WD_OUTBOX_DISCARDED] = { N_("Discarded"), NULL },
  [WD_OUTBOX_SENDABLE] = { N_("Not queued yet"), WD_TONE_CAUTION },
  [WD_OUTBOX_UNKNOWN] = { N_("Unknown"), WD_TONE_WRONG },
  [WD_OUTBOX_STUCK] = { N_("Unknown"), WD_TONE_WRONG },
};

static void
set_text (GtkLabel *label, const char *format, const char *text)
{
  g_autofree char *visible = text != NULL ? wd_format_visible (text, 600) : NULL;
  g_autoptr (GString) whole = g_string_new (format);

  if (visible != NULL)
    g_string_replace (whole, "%s", visible, 1);
  gtk_label_set_text (label, visible != NULL ? whole->str : "");
  gtk_widget_set_visible (GTK_WIDGET (label), visible != NULL);
}

/* “In queue gas-topup, 12 min ago, tried once”, all of it from the database. */
static char *
describe_facts (const WdOutboxEntry *entry)
{
  g_autofree char *queue = wd_format_visible (entry->queue != NULL ? entry->queue : "—", 64);
  g_autofree char *age = wd_format_age (entry->created_at, wd_time_now ());
  g_autofree char *attempts = wd_text_count (entry->attempts);

  return g_strdup_printf (ngettext ("Queue %s, written %s, tried %s time",
                                    "Queue %s, written %s, tried %s times",
                                    (gulong) entry->attempts), queue, age, attempts);
}

static void
update_row (WdReviewRow *self)
{
  const WdOutboxEntry *entry = wd_review_item_get_entry (self->item);
  gboolean retry = g_strcmp0 (entry->operation, "retry") == 0;
  g_autofree char *type
    = wd_format_visible (entry->job_type != NULL ? wd_job_type_label (entry->job_type) : "—", 64);
  g_autofree char *title = retry ? g_strdup_printf (_("%s, retry"), type) : g_strdup (type);
  g_autofree char *facts = describe_facts (entry);

  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_text (GTK_LABEL (self->badge), _(looks[entry->state].word));
  wd_tone_set (self->badge, looks[entry->state].tone);
  set_text (self->wallet, "%s", entry->wallet_address);
  set_text (self->facts, "%s", facts);
  set_text (self->verdict, "%s", entry->verdict);
  /* TRANSLATORS: %s is what a server said when it was last tried to send a job */
  set_text (self->last_error, _("Last attempt: %s"), entry->last_error);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show), "s", entry->job_log_id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->send), "s", entry->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->discard), "s", entry->id);
  gtk_widget_set_visible (self->show, entry->row_status != NULL);
  gtk_widget_set_visible (self->send, entry->state != WD_OUTBOX_STUCK
                                      && entry->state != WD_OUTBOX_DISCARDED);
}

static void
wd_review_row_dispose (GObject *object)
{
  WdReviewRow *self = WD_REVIEW_ROW (object);
  GtkWidget *child;

  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_review_row_parent_class)->dispose (object);
}

static void
wd_review_row_class_init (WdReviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_review_row_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-review-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, title);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, badge);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, wallet);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, facts);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, verdict);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, last_error);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, show);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, send);
  gtk_widget_class_bind_template_child (widget_class, WdReviewRow, discard);
}

static void
wd_review_row_init (WdReviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_item (WdReviewRow *self, WdReviewItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (update_row), self);
  update_row (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (WD_TYPE_REVIEW_ROW, NULL));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  set_item (WD_REVIEW_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  if (gtk_list_item_get_child (item) != NULL)
    set_item (WD_REVIEW_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * wd_review_row_set_up:
 * @view: a list of #WdReviewItem, which gets its rows
 */
void
wd_review_row_set_up (GtkListView *view)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (view, factory);
  wd_focus_one_stop (GTK_WIDGET (view));
}
