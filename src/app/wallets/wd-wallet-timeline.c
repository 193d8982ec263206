/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All jobs of one wallet: those under way first, then day by day; read page by page as one goes. */

#include "app/wallets/wd-wallet-timeline.h"

#include <adwaita.h>

#include "app/common/wd-focus.h"
#include "app/jobs/wd-job-columns.h"
#include "app/wallets/wd-timeline-slots.h"
#include "base/wd-error.h"

struct _WdWalletTimeline {
  GtkWidget parent_instance;

  WdPagedList *list;        /* (owned) (nullable) */
  WdTimelineSlots *slots;   /* (owned) (nullable) */
  gboolean at_top;

  GtkWidget *stack;
  GtkWidget *spinner;
  GtkWidget *scroller;
  GtkListView *view;
  GtkWidget *pill;
  GtkWidget *pill_button;
  AdwStatusPage *message;
  AdwStatusPage *empty;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWalletTimeline, wd_wallet_timeline, GTK_TYPE_WIDGET)

static void
update_pill (WdWalletTimeline *self)
{
  gboolean or_more;
  guint n_new = wd_paged_list_get_n_new (self->list, &or_more);
  g_autofree char *text = NULL;

  if (n_new > 0)
    {
      text = wd_job_table_spec ()->format_new (n_new, or_more);
      gtk_button_set_label (GTK_BUTTON (self->pill_button), text);
    }
  gtk_widget_set_can_target (self->pill, n_new > 0);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->pill), n_new > 0);
}

static const char *
choose_child (WdWalletTimeline *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "rows";
  if (wd_paged_list_get_read_at (self->list) != WD_TIME_NONE)
    return wd_paged_list_is_loading (self->list) ? "loading" : "empty";
  return wd_paged_list_get_error (self->list) != NULL ? "message" : "loading";
}

/* The focus of whoever opened the page before its jobs came, which waits at what holds this. */
static void
take_focus (WdWalletTimeline *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (GTK_WIDGET (self), focus))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* State to widgets. */
static void
update_timeline (WdWalletTimeline *self)
{
  const GError *error = wd_paged_list_get_error (self->list);
  const char *child = choose_child (self);

  if (error != NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->message, text);
      gtk_widget_add_css_class (GTK_WIDGET (self), "old");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "old");
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), child);
  take_focus (self);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), g_str_equal (child, "loading"));
  update_pill (self);
}

/* More jobs than can be sorted by what they do stand in the order of the index. */
static void
state_changed_cb (WdWalletTimeline *self)
{
  if (g_error_matches (wd_paged_list_get_error (self->list), WD_ERROR, WD_ERROR_NOT_SUPPORTED)
      && wd_paged_list_get_sort (self->list, NULL) == WD_SORT_UNDER_WAY)
    wd_paged_list_set_query (self->list, wd_paged_list_get_filter (self->list), WD_SORT_CREATED,
                             FALSE);
  else
    update_timeline (self);
}

static void
scroll_to_top (WdWalletTimeline *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
  self->at_top = TRUE;
}

/* Whoever looks at the top goes on looking at the top when rows come in above. */
static void
items_changed_cb (WdWalletTimeline *self, guint position, guint removed, guint added)
{
  wd_timeline_slots_queue_headings (self->slots);
  if (self->at_top && position == 0 && added > 0)
    scroll_to_top (self);
}

static void
viewport_cb (WdWalletTimeline *self)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  double row_height = n_items > 0 ? gtk_adjustment_get_upper (adjustment) / n_items : 0;
  double first;

  if (row_height < 1)
    return;
  first = gtk_adjustment_get_value (adjustment) / row_height;
  self->at_top = first < 0.5;
  wd_paged_list_set_viewport (self->list, self->at_top ? 0 : 1 + (guint) first,
                              1 + (guint) (gtk_adjustment_get_page_size (adjustment)
                                           / row_height));
}

static void
pill_cb (WdWalletTimeline *self)
{
  scroll_to_top (self);
  wd_paged_list_reload (self->list);
}

static void
activate_cb (WdWalletTimeline *self, guint position)
{
  g_autoptr (WdRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL && wd_row_get_record (row) != NULL)
    g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, wd_row_get_id (row));
}

static void
wd_wallet_timeline_dispose (GObject *object)
{
  WdWalletTimeline *self = WD_WALLET_TIMELINE (object);

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_list_view_set_model (self->view, NULL);
      gtk_list_view_set_factory (self->view, NULL);
      g_object_run_dispose (G_OBJECT (self->list));
    }
  g_clear_object (&self->list);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_wallet_timeline_parent_class)->dispose (object);
}

static void
wd_wallet_timeline_finalize (GObject *object)
{
  g_clear_pointer (&WD_WALLET_TIMELINE (object)->slots, wd_timeline_slots_free);
  G_OBJECT_CLASS (wd_wallet_timeline_parent_class)->finalize (object);
}

/* What is not on screen would take the focus and keep it: no key does anything then. */
static gboolean
wd_wallet_timeline_grab_focus (GtkWidget *widget)
{
  GtkWidget *view = GTK_WIDGET (WD_WALLET_TIMELINE (widget)->view);

  return gtk_widget_get_mapped (view) && gtk_widget_grab_focus (view);
}

static void
wd_wallet_timeline_class_init (WdWalletTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_wallet_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_wallet_timeline_finalize;
  widget_class->grab_focus = wd_wallet_timeline_grab_focus;

  /**
   * WdWalletTimeline::job-activated:
   * @id: of its row
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_WALLET_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wallets/wd-wallet-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, view);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, pill);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, pill_button);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, message);
  gtk_widget_class_bind_template_child (widget_class, WdWalletTimeline, empty);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pill_cb);
}

static void
wd_wallet_timeline_init (WdWalletTimeline *self)
{
  self->at_top = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_focus_one_stop (GTK_WIDGET (self->view));
}

/**
 * wd_wallet_timeline_start:
 * @self: a timeline without a wallet
 * @backend: whom to ask
 * @address: of the wallet
 */
void
wd_wallet_timeline_start (WdWalletTimeline *self, WdBackend *backend, const char *address)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  GtkAdjustment *adjustment;
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (WD_IS_WALLET_TIMELINE (self));
  g_return_if_fail (self->list == NULL);

  self->list = wd_paged_list_new (wd_list_kind_jobs (), backend);
  g_signal_connect_object (self->list, "state-changed", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->slots = wd_timeline_slots_new (self->view, self->list);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->list))));
  gtk_list_view_set_model (self->view, selection);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (viewport_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (viewport_cb), self,
                           G_CONNECT_SWAPPED);
  filter->wallet = g_strdup (address);
  wd_paged_list_set_query (self->list, filter, WD_SORT_UNDER_WAY, FALSE);
}

/**
 * wd_wallet_timeline_get_list:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): what it shows
 */
WdPagedList *
wd_wallet_timeline_get_list (WdWalletTimeline *self)
{
  g_return_val_if_fail (WD_IS_WALLET_TIMELINE (self), NULL);

  return self->list;
}

/**
 * wd_wallet_timeline_tell:
 * @self: a timeline
 *
 * Tells ages anew, and days, of which a new one may have begun.
 */
void
wd_wallet_timeline_tell (WdWalletTimeline *self)
{
  g_return_if_fail (WD_IS_WALLET_TIMELINE (self));

  if (self->slots != NULL)
    wd_timeline_slots_tell (self->slots, wd_time_now ());
}

/**
 * wd_wallet_timeline_set_empty_child:
 * @self: a timeline
 * @child: what to offer where no job has run yet
 */
void
wd_wallet_timeline_set_empty_child (WdWalletTimeline *self, GtkWidget *child)
{
  g_return_if_fail (WD_IS_WALLET_TIMELINE (self));

  adw_status_page_set_child (self->empty, child);
}
