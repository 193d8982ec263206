/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Flags of wallets. A flag raised again by itself could be one that a worker has just taken down,
 * so a lost answer is not sent again here either. */

#include "rest/wd-rest-flags.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-request.h"
#include "model/wd-result.h"
#include "rest/wd-rest-order.h"
#include "rest/wd-rest-wallets.h"
#include "wire/wd-wire-send.h"
#include "wire/wd-wire-read-answer.h"

static WdWallet *
order_flags (WdRestClient *client, const char *address, WdTristate needs_gas,
             WdTristate needs_consolidation, GError **error)
{
  g_autofree char *body = wd_wire_send_flags (address, needs_gas, needs_consolidation);
  g_autoptr (WdRestAnswer) answer =
    wd_rest_order_send (client, "/api/wallets/set-flags", body, error);
  WdWallet *wallet;

  if (answer == NULL)
    {
      if (g_error_matches (*error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
        g_prefix_error (error, _("Not known whether the flag was set; look at the wallet: "));
      return NULL;
    }
  wallet = wd_wire_read_written_wallet (answer->text, answer->length, error);
  if (wallet == NULL)
    wd_rest_order_doubt (answer, error);
  return wallet;
}

/**
 * wd_rest_set_flags:
 * @client: whom to ask
 * @address: of the wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 *
 * Returns: (transfer full): the wallet as it is now
 */
WdWallet *
wd_rest_set_flags (WdRestClient *client, const char *address, WdTristate needs_gas,
                   WdTristate needs_consolidation, GError **error)
{
  if (!wd_wallet_address_validate (address, error)
      || !wd_profile_check_writable (wd_rest_client_get_profile (client), error))
    return NULL;
  if (needs_gas == WD_TRISTATE_UNSET && needs_consolidation == WD_TRISTATE_UNSET)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Name a flag to set"));
      return NULL;
    }
  return order_flags (client, address, needs_gas, needs_consolidation, error);
}

static void
leave (WdFlagResult *result, const char *address, int code, const char *text)
{
  g_ptr_array_add (result->left,
                   wd_refusal_new (address, g_error_new_literal (WD_ERROR, code, text)));
}

static WdTristate
get_flag (const WdWallet *wallet, WdFlag flag)
{
  return flag == WD_FLAG_NEEDS_GAS ? wallet->needs_gas : wallet->needs_consolidation;
}

static const WdWallet *
find_wallet (GPtrArray *wallets, const char *address)
{
  for (guint i = 0; i < wallets->len; i++)
    if (g_str_equal (((const WdWallet *) wallets->pdata[i])->address, address))
      return wallets->pdata[i];
  return NULL;
}

/* Returns: whether @change is still to be sent, and what to set the flag to */
static gboolean
prepare (const WdFlagRequest *request, const WdFlagChange *change, const WdWallet *wallet,
         gboolean is_complete, WdTristate *value, WdFlagResult *result)
{
  WdTristate now = wallet != NULL ? get_flag (wallet, request->flag) : WD_TRISTATE_UNSET;

  *value = request->undo ? change->before : change->after;
  if (wallet == NULL && is_complete)
    leave (result, change->address, WD_ERROR_NOT_FOUND, _("Wallet not found"));
  else if (wallet == NULL)
    leave (result, change->address, WD_ERROR_NOT_SUPPORTED,
           _("The wallet cannot be found: there are too many to look through"));
  else if (request->undo && now != change->after)
    leave (result, change->address, WD_ERROR_REFUSED,
           _("The flag was changed again since then"));
  else if (*value == WD_TRISTATE_UNSET)
    leave (result, change->address, WD_ERROR_NOT_SUPPORTED,
           _("A remote dashboard sets a flag or takes it down; this one had no value"));
  else if (now == *value)
    result->n_same++;
  else
    return TRUE;
  return FALSE;
}

/* @error: why nothing more is to be sent */
static void
change_one (WdRestClient *client, WdFlag flag, const WdFlagChange *change, const WdWallet *before,
            WdTristate value, WdFlagResult *result, GError **error)
{
  gboolean is_gas = flag == WD_FLAG_NEEDS_GAS;
  g_autoptr (GError) local = NULL;
  g_autoptr (WdWallet) wallet =
    order_flags (client, change->address, is_gas ? value : WD_TRISTATE_UNSET,
                 is_gas ? WD_TRISTATE_UNSET : value, &local);

  if (wallet != NULL)
    {
      g_ptr_array_add (result->changed, wd_flag_change_new (before->id, before->address,
                                                            get_flag (before, flag), value));
      return;
    }
  leave (result, change->address, local->code, local->message);
  if (wd_error_may_pass (local))
    g_propagate_error (error, g_steal_pointer (&local));
}

/**
 * wd_rest_change_flag:
 * @client: whom to ask
 * @request: which flag of which wallets
 * @cancellable: (nullable): stops between two wallets
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * One wallet after the other, and not in one transaction. Worker.
 *
 * Returns: (transfer full): what was changed from what, and what was left
 */
WdFlagResult *
wd_rest_change_flag (WdRestClient *client, const WdFlagRequest *request,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdFlagResult) result = wd_flag_result_create (request->flag);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) wallets = NULL;
  g_auto (GStrv) addresses = NULL;
  g_autoptr (GError) silence = NULL;
  gboolean is_complete;

  if (!wd_flag_request_validate (request, error)
      || !wd_profile_check_writable (wd_rest_client_get_profile (client), error))
    return NULL;
  for (guint i = 0; i < request->changes->len; i++)
    g_strv_builder_add (builder, ((const WdFlagChange *) request->changes->pdata[i])->address);
  addresses = g_strv_builder_end (builder);
  wallets = wd_rest_find_wallets (client, (const char *const *) addresses, &is_complete,
                                  cancellable, error);
  if (wallets == NULL)
    return NULL;
  for (guint i = 0; i < request->changes->len; i++)
    {
      const WdFlagChange *change = request->changes->pdata[i];
      const WdWallet *wallet = find_wallet (wallets, change->address);
      g_autoptr (GError) stopped = NULL;
      WdTristate value;

      if (!prepare (request, change, wallet, is_complete, &value, result))
        continue;
      if (silence != NULL
          || g_cancellable_set_error_if_cancelled (cancellable, &stopped))
        g_ptr_array_add (result->left,
                         wd_refusal_new_untried (change->address,
                                                 silence != NULL ? silence : stopped));
      else
        change_one (client, request->flag, change, wallet, value, result, &silence);
    }
  if (silence == NULL || result->changed->len > 0)
    return g_steal_pointer (&result);
  g_propagate_error (error, g_steal_pointer (&silence));
  return NULL;
}
