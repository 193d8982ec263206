/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of a platform's wallets, and done to them. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_list_wallets_async:
 * @self: a backend
 * @filter: which
 * @page: how many, and after which
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * @filter and @page are copied; as wd_backend_list_jobs_async().
 */
void
wd_backend_list_wallets_async (WdBackend *self, const WdWalletFilter *filter,
                               const WdPageRequest *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_wallets_async,
                               "list_wallets");
  WD_BACKEND_GET_IFACE (self)->list_wallets (self, filter, page, task);
}

/**
 * wd_backend_list_wallets_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): a page of #WdWallet
 */
WdPage *
wd_backend_list_wallets_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_wallet_async:
 * @self: a backend
 * @address: of a wallet, exactly
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_load_wallet_async (WdBackend *self, const char *address, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));
  g_return_if_fail (address != NULL);

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_wallet_async,
                               "load_wallet");
  WD_BACKEND_GET_IFACE (self)->load_wallet (self, address, task);
}

/**
 * wd_backend_load_wallet_finish:
 * @self: a backend
 * @result: of the call
 * @error: %WD_ERROR_NOT_FOUND, else in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the wallet with every column an admin may see
 */
WdWalletDetail *
wd_backend_load_wallet_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_list_networks_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * For the choices of a filter: the names as they stand in the database, which may be any.
 */
void
wd_backend_list_networks_async (WdBackend *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_list_networks_async,
                               "list_networks");
  WD_BACKEND_GET_IFACE (self)->list_networks (self, task);
}

/**
 * wd_backend_list_networks_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (array zero-terminated=1): the networks wallets are on
 */
char **
wd_backend_list_networks_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_load_outlook_async:
 * @self: a backend
 * @addresses: (array zero-terminated=1): of any number of wallets
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_load_outlook_async (WdBackend *self, const char *const *addresses,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_task (self, cancellable, callback, data, wd_backend_load_outlook_async,
                               "load_outlook");
  WD_BACKEND_GET_IFACE (self)->load_outlook (self, addresses, task);
}

/**
 * wd_backend_load_outlook_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): which of them exist, and their jobs under way
 */
WdOutlook *
wd_backend_load_outlook_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_set_flags_async:
 * @self: a backend
 * @address: of the wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * One transaction, which also writes down who did it. %WD_ERROR_NOT_FOUND for a wallet that is not
 * there.
 */
void
wd_backend_set_flags_async (WdBackend *self, const char *address, WdTristate needs_gas,
                            WdTristate needs_consolidation, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data, wd_backend_set_flags_async,
                                     "set_flags");
  WD_BACKEND_GET_IFACE (self)->set_flags (self, address, needs_gas, needs_consolidation, task);
}

/**
 * wd_backend_set_flags_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the wallet as it is now
 */
WdWallet *
wd_backend_set_flags_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_backend_change_flag_async:
 * @self: a backend
 * @request: which flag of which wallets. An error means that nothing was written, except
 *   %WD_ERROR_UNKNOWN_OUTCOME
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_backend_change_flag_async (WdBackend *self, const WdFlagRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WD_IS_BACKEND (self));

  task = wd_backend_make_write_task (self, cancellable, callback, data,
                                     wd_backend_change_flag_async, "change_flag");
  WD_BACKEND_GET_IFACE (self)->change_flag (self, request, task);
}

/**
 * wd_backend_change_flag_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what was changed from what, and what was left
 */
WdFlagResult *
wd_backend_change_flag_finish (WdBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
