/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/wallets/wd-wallet-note.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"

/**
 * wd_wallet_note_describe:
 * @detail: (nullable): the wallet, where it was read
 * @error: (nullable): why it was not read again
 *
 * Returns: (transfer full) (nullable): what one should know before reading on about the wallet
 */
char *
wd_wallet_note_describe (const WdWalletDetail *detail, const GError *error)
{
  int n;

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    return g_strdup (_("The database has no wallet with this address, or no longer has it. Jobs "
                       "that name it are listed all the same."));
  if (error != NULL && detail == NULL)
    return wd_text_block (error->message);
  if (detail == NULL || detail->n_rows < 2)
    return NULL;
  n = (int) MIN (detail->n_rows, G_MAXINT);
  return g_strdup_printf (ngettext ("%d row of the table of wallets has this address; the newest "
                                    "is shown.",
                                    "%d rows of the table of wallets have this address; the "
                                    "newest is shown.", (gulong) n), n);
}
