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
#include "model/wd-wallet-trouble.h"

struct _WdWalletsPage {
  WdListPage parent_instance;

  GCancellable *networks_request;   /* (owned) (nullable) */
  gboolean knows_networks;
  WdWalletActions *actions;         /* (owned) */
  WdFilterButton *gas;
  WdFilterButton *consolidation;
  WdFilterButton *networks;
  WdFilterButton *troubles;
  WdRangeFilter *balance;
};

G_DEFINE_FINAL_TYPE (WdWalletsPage, wd_wallets_page, WD_TYPE_LIST_PAGE)

/* A bound that is out itself has a sign before it. */
static const char *
skip_sign (const char *text, gboolean upper)
{
  return *text == (upper ? '<' : '>') ? text + 1 : text;
}

static gboolean
is_amount (const char *text, gboolean upper)
{
  return wd_decimal_is_valid (skip_sign (text, upper));
}

static const WdRangeSpec balance_spec = {
  .name = N_("Balance"),
  .all_label = N_("Any balance"),
  .lower_label = N_("At least"),
  .upper_label = N_("At most"),
  .placeholder = N_("0.5"),
  .is_valid = is_amount,
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
show_flag (WdFilterButton *filter, WdTristate flag)
{
  char *words[] = { (char *) (flag == WD_TRISTATE_TRUE ? "true" : "false"), NULL };

  wd_filter_button_set_selected (filter, flag != WD_TRISTATE_UNSET ? words : NULL, NULL);
}

static void
read_bound (const char *text, gboolean upper, char **amount, gboolean *is_out)
{
  const char *bare = text != NULL ? skip_sign (text, upper) : NULL;

  g_free (*amount);
  *amount = g_strdup (bare);
  *is_out = bare != text;
}

static char *
write_bound (const char *amount, gboolean is_out, const char *sign)
{
  return amount != NULL ? g_strconcat (is_out ? sign : "", amount, NULL) : NULL;
}

static void
wd_wallets_page_read_filter (WdListPage *page, gpointer data)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (page);
  WdWalletFilter *filter = data;

  filter->needs_gas = read_flag (self->gas);
  filter->needs_consolidation = read_flag (self->consolidation);
  g_strfreev (filter->networks);
  filter->networks = wd_filter_button_get_selected (self->networks);
  g_strfreev (filter->not_networks);
  filter->not_networks = wd_filter_button_dup_excluded (self->networks);
  g_strfreev (filter->troubles);
  filter->troubles = wd_filter_button_get_selected (self->troubles);
  g_strfreev (filter->not_troubles);
  filter->not_troubles = wd_filter_button_dup_excluded (self->troubles);
  read_bound (wd_range_filter_get_lower (self->balance), FALSE, &filter->min_balance,
              &filter->above_min);
  read_bound (wd_range_filter_get_upper (self->balance), TRUE, &filter->max_balance,
              &filter->below_max);
}

static void
update_networks (WdWalletsPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->networks),
                          wd_filter_button_get_n_choices (self->networks) > 1
                            || wd_filter_is_in_force (WD_FILTER (self->networks)));
}

static void
wd_wallets_page_show_filter (WdListPage *page, gconstpointer data)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (page);
  const WdWalletFilter *filter = data;
  g_autofree char *lower = write_bound (filter->min_balance, filter->above_min, ">");
  g_autofree char *upper = write_bound (filter->max_balance, filter->below_max, "<");

  show_flag (self->gas, filter->needs_gas);
  show_flag (self->consolidation, filter->needs_consolidation);
  wd_filter_button_set_selected (self->networks, filter->networks, filter->not_networks);
  wd_filter_button_set_selected (self->troubles, filter->troubles, filter->not_troubles);
  wd_range_filter_set_bounds (self->balance, lower, upper);
  update_networks (self);
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
  self->knows_networks = networks[0] != NULL;
  wd_list_page_set_known (WD_LIST_PAGE (self), "network", networks);
  for (guint i = 0; networks[i] != NULL; i++)
    {
      g_autofree char *label = wd_format_visible (networks[i], 64);

      wd_filter_button_add (self->networks, networks[i], label);
    }
  update_networks (self);
}

/* Which networks there are is asked once; a failure is made up for with the next refresh. */
static void
wd_wallets_page_refresh (WdListPage *page)
{
  WdWalletsPage *self = WD_WALLETS_PAGE (page);

  if (self->networks_request != NULL || self->knows_networks)
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
  page_class->show_filter = wd_wallets_page_show_filter;
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
  self->troubles = wd_filter_button_new (_("Trouble"), _("Any state"), TRUE);
  for (const char *const *word = wd_wallet_trouble_words (); *word != NULL; word++)
    wd_filter_button_add (self->troubles, *word, wd_wallet_trouble_word_label (*word));
  self->balance = wd_range_filter_new (&balance_spec);
  wd_list_page_add_filter (page, WD_FILTER (self->gas));
  wd_list_page_add_filter (page, WD_FILTER (self->consolidation));
  wd_list_page_add_filter (page, WD_FILTER (self->networks));
  wd_list_page_add_filter (page, WD_FILTER (self->troubles));
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
    .page = "wallets",
    .list = wd_workspace_get_wallets (workspace),
    .kind = wd_list_kind_wallets (),
    .table = wd_wallet_table_spec (),
    .language = wd_filter_language_wallets (),
    .search_name = N_("Search wallets"),
    .search_hint = N_("Search address or user, or needs:gas balance:>0.5"),
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
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();

  g_return_if_fail (WD_IS_WALLETS_PAGE (self));

  filter->needs_gas = needs_gas ? WD_TRISTATE_TRUE : WD_TRISTATE_UNSET;
  filter->needs_consolidation = needs_consolidation ? WD_TRISTATE_TRUE : WD_TRISTATE_UNSET;
  wd_list_page_show_filter (WD_LIST_PAGE (self), filter);
}
