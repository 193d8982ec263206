/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One wallet: what it is and needs, what may be done with it, and every job that ran for it. */

#include "app/wallets/wd-wallet-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-flow-holder.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-text-scale.h"
#include "app/common/wd-text.h"
#include "app/wallets/wd-wallet-buttons.h"
#include "app/wallets/wd-wallet-facts.h"
#include "app/wallets/wd-wallet-flags.h"
#include "app/wallets/wd-wallet-marks.h"
#include "app/wallets/wd-wallet-note.h"
#include "app/wallets/wd-wallet-timeline.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

#define TICKS_PER_TELLING 5
/* Of the narrowest window, in pixels: has room for the jobs or the facts. */
#define NARROW_WIDTH 520

struct _WdWalletPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  char *whole_address;       /* (owned) */
  WdWalletDetail *detail;    /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): of the last request */
  GCancellable *request;     /* (owned) (nullable) */
  guint ticks;               /* since ages were told */
  guint fold_source;

  GtkWidget *content;
  GtkLabel *address;
  GtkLabel *network;
  GtkLabel *age;
  GtkLabel *note;
  WdWalletMarks *marks;
  WdWalletFlags *flags;
  GtkBox *actions;
  GtkWidget *triggers;
  GtkWidget *empty_triggers;
  GtkWidget *facts_edge;
  GtkWidget *facts_scroller;
  GtkWidget *switcher;
  GtkToggleButton *show_jobs;
  AdwLeaflet *leaflet;
  WdWalletTimeline *timeline;
  WdWalletFacts *facts;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWalletPage, wd_wallet_page, GTK_TYPE_WIDGET)

static gboolean
is_missing (WdWalletPage *self)
{
  return g_error_matches (self->error, WD_ERROR, WD_ERROR_NOT_FOUND);
}

static void
update_note (WdWalletPage *self)
{
  g_autofree char *note = wd_wallet_note_describe (self->detail, self->error);

  if (note != NULL)
    gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
update_ages (WdWalletPage *self)
{
  if (self->detail != NULL)
    wd_wallet_facts_update (self->facts, self->detail, wd_time_now ());
  wd_wallet_marks_update (self->marks, self->detail, wd_time_now ());
  wd_wallet_timeline_tell (self->timeline);
}

static void
update_fold (WdWalletPage *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean has_facts = self->detail != NULL;
  /* By the one that tells of it: GTK 4.18 turns it off before it turns on the other. */
  gboolean shows_facts = !gtk_toggle_button_get_active (self->show_jobs);

  gtk_widget_set_visible (self->switcher, folded && has_facts);
  gtk_widget_set_visible (self->facts_edge, has_facts);
  gtk_widget_set_visible (self->facts_scroller, has_facts);
  adw_leaflet_set_visible_child_name (self->leaflet,
                                      shows_facts && has_facts ? "facts" : "jobs");
}

/* There is nothing to trigger for a wallet that is not there. */
static void
update_triggers (WdWalletPage *self)
{
  gtk_widget_set_visible (self->triggers, !is_missing (self));
  gtk_widget_set_visible (self->empty_triggers, !is_missing (self));
}

static void
update_network (WdWalletPage *self)
{
  const char *network = self->detail != NULL ? self->detail->wallet->network : NULL;
  g_autofree char *visible = network != NULL ? wd_format_visible (network, 64) : NULL;

  gtk_label_set_text (self->network, visible != NULL ? visible : "");
  gtk_widget_set_visible (GTK_WIDGET (self->network), visible != NULL);
}

/* State to widgets, all of it. */
static void
update_page (WdWalletPage *self)
{
  gboolean is_old = self->detail != NULL && self->error != NULL;

  update_network (self);
  wd_wallet_flags_update (self->flags, self->detail);
  update_triggers (self);
  update_note (self);
  update_fold (self);
  update_ages (self);
  if (is_old)
    gtk_widget_add_css_class (self->content, "old");
  else
    gtk_widget_remove_css_class (self->content, "old");
}

static void
report (WdWalletPage *self)
{
  WdPagedList *list = wd_wallet_timeline_get_list (self->timeline);

  wd_workspace_report (self->workspace, WD_FEED_WALLET,
                       self->error != NULL ? self->error : wd_paged_list_get_error (list));
}

static void
detail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWalletPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdWalletDetail) detail =
    wd_backend_load_wallet_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (detail != NULL || is_missing (self))
    {
      g_autofree char *age = wd_text_as_of (wd_time_now ());

      gtk_label_set_text (self->age, age);
      g_clear_pointer (&self->detail, wd_wallet_detail_unref);
      self->detail = g_steal_pointer (&detail);
    }
  report (self);
  update_page (self);
}

static void
load (WdWalletPage *self)
{
  if (self->request != NULL)
    return;
  self->request = g_cancellable_new ();
  wd_backend_load_wallet_async (wd_workspace_get_backend (self->workspace), self->whole_address,
                                self->request, detail_cb, g_object_ref (self));
}

static void
refresh_cb (WdWalletPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  load (self);
  wd_paged_list_refresh (wd_wallet_timeline_get_list (self->timeline));
}

static void
tick_cb (WdWalletPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || ++self->ticks < TICKS_PER_TELLING)
    return;
  self->ticks = 0;
  update_ages (self);
}

static void
job_activated_cb (WdWalletPage *self, const char *id)
{
  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, id,
                 wd_wallet_timeline_get_list (self->timeline));
}

static void
copy_cb (WdWalletPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->whole_address);
}

static gboolean
folded_cb (gpointer data)
{
  WdWalletPage *self = data;

  self->fold_source = 0;
  update_fold (self);
  return G_SOURCE_REMOVE;
}

/* Comes amid an allocation, when nothing can be shown or hidden. */
static void
fold_cb (WdWalletPage *self)
{
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, folded_cb, self, NULL);
}

static void
wd_wallet_page_map (GtkWidget *widget)
{
  WdWalletPage *self = WD_WALLET_PAGE (widget);

  GTK_WIDGET_CLASS (wd_wallet_page_parent_class)->map (widget);
  update_ages (self);
  refresh_cb (self);
}

/* What nobody looks at is no trouble. */
static void
wd_wallet_page_unmap (GtkWidget *widget)
{
  WdWalletPage *self = WD_WALLET_PAGE (widget);

  if (self->workspace != NULL)
    wd_workspace_report (self->workspace, WD_FEED_WALLET, NULL);
  GTK_WIDGET_CLASS (wd_wallet_page_parent_class)->unmap (widget);
}

static gboolean
wd_wallet_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return wd_focus_parts (widget, direction, GTK_WIDGET_CLASS (wd_wallet_page_parent_class));
}

static gboolean
wd_wallet_page_grab_focus (GtkWidget *widget)
{
  return (gtk_widget_get_focusable (widget)
          && gtk_widget_grab_focus (GTK_WIDGET (WD_WALLET_PAGE (widget)->timeline)))
         || GTK_WIDGET_CLASS (wd_wallet_page_parent_class)->grab_focus (widget);
}

static void
wd_wallet_page_dispose (GObject *object)
{
  WdWalletPage *self = WD_WALLET_PAGE (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_handle_id (&self->fold_source, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_wallet_page_parent_class)->dispose (object);
}

static void
wd_wallet_page_finalize (GObject *object)
{
  WdWalletPage *self = WD_WALLET_PAGE (object);

  g_clear_pointer (&self->detail, wd_wallet_detail_unref);
  g_clear_error (&self->error);
  g_free (self->whole_address);
  G_OBJECT_CLASS (wd_wallet_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  g_type_ensure (WD_TYPE_FLOW_HOLDER);
  g_type_ensure (WD_TYPE_WALLET_TIMELINE);
  g_type_ensure (WD_TYPE_WALLET_FACTS);
  g_type_ensure (WD_TYPE_WALLET_FLAGS);
  g_type_ensure (WD_TYPE_WALLET_MARKS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wallets/wd-wallet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, address);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, network);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, note);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, marks);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, flags);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, actions);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, facts_edge);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, facts_scroller);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, show_jobs);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, WdWalletPage, facts);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_fold);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
}

static void
wd_wallet_page_class_init (WdWalletPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_wallet_page_dispose;
  object_class->finalize = wd_wallet_page_finalize;
  widget_class->map = wd_wallet_page_map;
  widget_class->unmap = wd_wallet_page_unmap;
  widget_class->focus = wd_wallet_page_focus;
  widget_class->grab_focus = wd_wallet_page_grab_focus;

  /**
   * WdWalletPage::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_WALLET_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);

  bind_children (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_wallet_page_init (WdWalletPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_text_scale_adapt_width (GTK_WIDGET (self->timeline), NARROW_WIDTH);
  wd_text_scale_adapt_width (self->facts_scroller, NARROW_WIDTH);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Wallet"), -1);
}

/**
 * wd_wallet_page_new:
 * @workspace: where the wallet is
 * @address: of the wallet
 *
 * Returns: (transfer floating): a page that reads the wallet and its jobs
 */
WdWalletPage *
wd_wallet_page_new (WdWorkspace *workspace, const char *address)
{
  WdWalletPage *self = g_object_new (WD_TYPE_WALLET_PAGE, NULL);
  g_autofree char *shown = wd_format_address (address);
  g_autofree char *whole = wd_format_visible (address, 512);

  self->workspace = g_object_ref (workspace);
  self->whole_address = g_strdup (address);
  gtk_label_set_text (self->address, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->address), whole);
  self->triggers = wd_wallet_buttons_new_triggers (address);
  gtk_box_append (self->actions, self->triggers);
  wd_wallet_buttons_add_show_jobs (self->actions, address);
  self->empty_triggers = wd_wallet_buttons_new_triggers (address);
  wd_wallet_timeline_set_empty_child (self->timeline, self->empty_triggers);
  wd_wallet_timeline_start (self->timeline, wd_workspace_get_backend (workspace), address);
  g_signal_connect_object (self->timeline, "job-activated", G_CALLBACK (job_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_wallet_timeline_get_list (self->timeline), "state-changed",
                           G_CALLBACK (report), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  update_page (self);
  load (self);
  return self;
}

/**
 * wd_wallet_page_is_ready:
 * @self: a page
 *
 * Returns: whether the wallet and its jobs are on screen
 */
gboolean
wd_wallet_page_is_ready (WdWalletPage *self)
{
  WdPagedList *list;

  g_return_val_if_fail (WD_IS_WALLET_PAGE (self), FALSE);

  list = wd_wallet_timeline_get_list (self->timeline);
  return (self->detail != NULL || is_missing (self))
         && wd_paged_list_get_read_at (list) != WD_TIME_NONE && !wd_paged_list_is_loading (list);
}
