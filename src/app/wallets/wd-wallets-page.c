/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of wallets with its filters. */

#include "app/wallets/wd-wallets-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-button.h"
#include "app/common/wd-range-filter.h"
#include "app/wallets/wd-wallet-actions.h"
#include "app/wallets/wd-wallet-columns.h"
#include "base/wd-decimal.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdWalletsPage {
  WdListPage parent_instance;

  GCancellable *networks_request;   /* (owned) (nullable) */
  WdWalletActions *actions;         /* (owned) */
  WdFilterButton *gas;
  WdFilterButton *consolidation;
  WdFilterButton *networks;
  WdRangeFilter *balance;
};

G_DEFINE_FINAL_TYPE (WdWalletsPage, wd_wallets_page, WD_TYPE_LIST_PAGE)

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

static gpointer
wd_wallets_page_read_filter (WdListPage *page, const char *search)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (page);
  WdWalletFilter *filter = wd_wallet_filter_new ();

  filter->search = g_strdup (search);
  filter->needs_gas = read_flag (self->gas);
  filter->needs_consolidation = read_flag (self->consolidation);
  filter->networks = wd_filter_button_get_selected (self->networks);
  filter->min_balance = g_strdup (wd_range_filter_get_lower (self->balance));
  filter->max_balance = g_strdup (wd_range_filter_get_upper (self->balance));
  return filter;
}

static void
wd_wallets_page_row_activated (WdListPage *page, WdRow *row)
{
  const WdWallet *wallet = wd_row_get_record (row);

  gtk_widget_activate_action (GTK_WIDGET (page), "win.show-wallet", "s", wallet->address);
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
wd_wallets_page_refresh (WdListPage *page)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (page);

  if (self->networks_request != NULL || wd_filter_button_get_n_choices (self->networks) > 0)
    return;
  self->networks_request = g_cancellable_new ();
  wd_backend_list_networks_async (wd_workspace_get_backend (wd_list_page_get_workspace (page)),
                                  self->networks_request, networks_cb, g_object_ref (self));
}

static void
wd_wallets_page_dispose (GObject *object)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (object);

  if (self->networks_request != NULL)
    g_cancellable_cancel (self->networks_request);
  g_clear_object (&self->networks_request);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (wd_wallets_page_parent_class)->dispose (object);
}

static void
wd_wallets_page_class_init (WdWalletsPageClass *klass)
{
  WdListPageClass *page_class = WD_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_wallets_page_dispose;
  page_class->read_filter = wd_wallets_page_read_filter;
  page_class->row_activated = wd_wallets_page_row_activated;
  page_class->refresh = wd_wallets_page_refresh;
}

static void
wd_wallets_page_init (WdWalletsPage *self)
{
}

static WdFilterButton *
new_flag_filter (const char *name, const char *all, const char *yes, const char *no)
{
  WdFilterButton *filter = wd_filter_button_new (name, all, FALSE);

  wd_filter_button_add (filter, "true", yes);
  wd_filter_button_add (filter, "false", no);
  return filter;
}

static void
add_filters (WdWalletsPage *self)
{
  WdListPage *page = WD_LIST_PAGE (self);

  self->gas = new_flag_filter (_("Gas"), _("Any gas"), _("Needs gas"), _("Has gas"));
  self->consolidation = new_flag_filter (_("Consolidation"), _("Any consolidation"),
                                         _("Needs consolidation"), _("Consolidated"));
  self->networks = wd_filter_button_new (_("Network"), _("All networks"), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->networks), FALSE);
  self->balance = wd_range_filter_new (&balance_spec);
  wd_list_page_add_filter (page, WD_FILTER (self->gas));
  wd_list_page_add_filter (page, WD_FILTER (self->consolidation));
  wd_list_page_add_filter (page, WD_FILTER (self->networks));
  wd_list_page_add_filter (page, WD_FILTER (self->balance));
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
  WdListPage *page = WD_LIST_PAGE (self);
  WdListPageSpec spec = {
    .list = wd_workspace_get_wallets (workspace),
    .kind = wd_list_kind_wallets (),
    .table = wd_wallet_table_spec (),
    .search_name = N_("Search wallets"),
    .search_hint = N_("Search address or user"),
  };

  wd_list_page_set_up (page, workspace, &spec);
  add_filters (self);
  self->actions = wd_wallet_actions_new (GTK_WIDGET (self), wd_list_page_get_table (page),
                                         workspace);
  wd_list_page_ask (page);
  return self;
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

  wd_list_page_clear (WD_LIST_PAGE (self), NULL);
  wd_filter_button_set_selected (self->gas, needs_gas ? yes : NULL);
  wd_filter_button_set_selected (self->consolidation, needs_consolidation ? yes : NULL);
  wd_list_page_ask (WD_LIST_PAGE (self));
}
