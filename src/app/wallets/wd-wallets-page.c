/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of wallets with its filters. */

#include "app/wallets/wd-wallets-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-bar.h"
#include "app/common/wd-filter-button.h"
#include "app/common/wd-range-filter.h"
#include "app/wallets/wd-wallet-actions.h"
#include "app/wallets/wd-wallet-columns.h"
#include "base/wd-decimal.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdWalletsPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;           /* (owned) */
  GCancellable *networks_request;   /* (owned) (nullable) */
  WdTable *table;
  WdWalletActions *actions;         /* (owned) */
  WdFilterButton *gas;
  WdFilterButton *consolidation;
  WdFilterButton *networks;
  WdRangeFilter *balance;

  WdFilterBar *bar;
  GtkEditable *search;
};

enum {
  SIGNAL_WALLET_ACTIVATED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdWalletsPage, wd_wallets_page, GTK_TYPE_WIDGET)

static const WdRangeSpec balance_spec = {
  .name = N_("Balance"),
  .all_label = N_("Any balance"),
  .lower_label = N_("At least"),
  .upper_label = N_("At most"),
  .placeholder = N_("0.5"),
  .is_valid = wd_decimal_is_valid,
};

static WdTristate
read_flag (WdFilterButton *filter)
{
  g_auto (GStrv) words = wd_filter_button_get_selected (filter);

  if (words == NULL)
    return WD_TRISTATE_UNSET;
  return g_strcmp0 (words[0], "true") == 0 ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
}

static void
filter_cb (WdWalletsPage *self)
{
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
  g_autofree char *search = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));
  gconstpointer before = wd_paged_list_get_filter (wd_workspace_get_wallets (self->workspace));

  filter->search = *search != '\0' ? g_steal_pointer (&search) : NULL;
  filter->needs_gas = read_flag (self->gas);
  filter->needs_consolidation = read_flag (self->consolidation);
  filter->networks = wd_filter_button_get_selected (self->networks);
  filter->min_balance = g_strdup (wd_range_filter_get_lower (self->balance));
  filter->max_balance = g_strdup (wd_range_filter_get_upper (self->balance));
  if (before == NULL || !wd_wallet_filter_equal (before, filter))
    wd_table_set_filter (self->table, filter);
}

/* Escape: back to all rows, and to the table. */
static void
stop_search_cb (WdWalletsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

static void
clear_filters_cb (WdWalletsPage *self)
{
  wd_wallets_page_show (self, FALSE, FALSE);
}

static void
row_activated_cb (WdWalletsPage *self, WdRow *row)
{
  const WdWallet *wallet = wd_row_get_record (row);

  g_signal_emit (self, signals[SIGNAL_WALLET_ACTIVATED], 0, wallet->address);
}

static void
refused_cb (WdWalletsPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
}

static void
networks_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWalletsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) networks = wd_backend_list_networks_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->networks_request);
  if (networks == NULL)
    return;
  for (guint i = 0; networks[i] != NULL; i++)
    {
      g_autofree char *label = wd_format_visible (networks[i], 64);

      wd_filter_button_add (self->networks, networks[i], label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->networks),
                          wd_filter_button_get_n_choices (self->networks) > 1);
}

/* Which networks there are is asked once; a failure is made up for with the next refresh. */
static void
load_networks (WdWalletsPage *self)
{
  if (self->networks_request != NULL || wd_filter_button_get_n_choices (self->networks) > 0)
    return;
  self->networks_request = g_cancellable_new ();
  wd_backend_list_networks_async (wd_workspace_get_backend (self->workspace),
                                  self->networks_request, networks_cb, g_object_ref (self));
}

static void
tick_cb (WdWalletsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_table_tick (self->table);
}

static void
refresh_cb (WdWalletsPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  wd_paged_list_refresh (wd_workspace_get_wallets (self->workspace));
  load_networks (self);
}

static void
wd_wallets_page_map (GtkWidget *widget)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (widget);

  GTK_WIDGET_CLASS (wd_wallets_page_parent_class)->map (widget);
  wd_table_tell_ages (self->table);
  refresh_cb (self);
}

static void
wd_wallets_page_dispose (GObject *object)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (object);
  GtkWidget *child;

  if (self->networks_request != NULL)
    g_cancellable_cancel (self->networks_request);
  g_clear_object (&self->networks_request);
  g_clear_object (&self->actions);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_wallets_page_parent_class)->dispose (object);
}

static void
wd_wallets_page_class_init (WdWalletsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_wallets_page_dispose;
  widget_class->map = wd_wallets_page_map;

  signals[SIGNAL_WALLET_ACTIVATED] =
    g_signal_new ("wallet-activated", WD_TYPE_WALLETS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REFUSED] =
    g_signal_new ("refused", WD_TYPE_WALLETS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WD_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wallets/wd-wallets-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWalletsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WdWalletsPage, search);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
wd_wallets_page_init (WdWalletsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static WdFilterButton *
add_flag_filter (WdWalletsPage *self, const char *name, const char *all, const char *yes,
                 const char *no)
{
  WdFilterButton *filter = wd_filter_button_new (name, all, FALSE);

  wd_filter_button_add (filter, "true", yes);
  wd_filter_button_add (filter, "false", no);
  return filter;
}

static void
add_filter (WdWalletsPage *self, gpointer filter)
{
  wd_filter_bar_add (self->bar, GTK_WIDGET (filter));
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
}

/**
 * wd_wallets_page_new:
 * @workspace: whose wallets
 *
 * Returns: (transfer floating): a page; asks for all wallets unless they were asked for already
 */
WdWalletsPage *
wd_wallets_page_new (WdWorkspace *workspace)
{
  WdWalletsPage *self = g_object_new (WD_TYPE_WALLETS_PAGE, NULL);
  WdPagedList *wallets = wd_workspace_get_wallets (workspace);

  self->workspace = g_object_ref (workspace);
  self->gas = add_flag_filter (self, _("Gas"), _("Any gas"), _("Needs gas"), _("Has gas"));
  self->consolidation = add_flag_filter (self, _("Consolidation"), _("Any consolidation"),
                                         _("Needs consolidation"), _("Consolidated"));
  self->networks = wd_filter_button_new (_("Network"), _("All networks"), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->networks), FALSE);
  self->balance = wd_range_filter_new (&balance_spec);
  add_filter (self, self->gas);
  add_filter (self, self->consolidation);
  add_filter (self, self->networks);
  add_filter (self, self->balance);
  self->table = wd_table_new (wd_wallet_table_spec (), wallets);
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->table), GTK_WIDGET (self));
  self->actions = wd_wallet_actions_new (GTK_WIDGET (self), self->table, workspace);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "clear-filters", G_CALLBACK (clear_filters_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  if (wd_paged_list_get_filter (wallets) == NULL)
    filter_cb (self);
  return self;
}

/**
 * wd_wallets_page_focus_search:
 * @self: a page
 *
 * Puts the focus into the search entry.
 */
void
wd_wallets_page_focus_search (WdWalletsPage *self)
{
  g_return_if_fail (WD_IS_WALLETS_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * wd_wallets_page_dup_selected:
 * @self: a page
 *
 * Returns: (transfer full) (array zero-terminated=1): addresses of the selected wallets
 */
char **
wd_wallets_page_dup_selected (WdWalletsPage *self)
{
  g_return_val_if_fail (WD_IS_WALLETS_PAGE (self), NULL);

  return wd_wallet_actions_dup_addresses (self->actions);
}

/**
 * wd_wallets_page_focus_rows:
 * @self: a page
 *
 * Back to the row that had the focus.
 */
void
wd_wallets_page_focus_rows (WdWalletsPage *self)
{
  g_return_if_fail (WD_IS_WALLETS_PAGE (self));

  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

/**
 * wd_wallets_page_show:
 * @self: a page
 * @needs_gas: only wallets that do
 * @needs_consolidation: only wallets that do
 *
 * Replaces all filters and the search.
 */
void
wd_wallets_page_show (WdWalletsPage *self, gboolean needs_gas, gboolean needs_consolidation)
{
  static const char *const yes[] = { "true", NULL };

  g_return_if_fail (WD_IS_WALLETS_PAGE (self));

  wd_filter_button_set_selected (self->gas, needs_gas ? yes : NULL);
  wd_filter_button_set_selected (self->consolidation, needs_consolidation ? yes : NULL);
  wd_filter_button_set_selected (self->networks, NULL);
  wd_range_filter_set_preset (self->balance, -1);
  gtk_editable_set_text (self->search, "");
  filter_cb (self);
}
