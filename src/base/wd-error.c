/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-error.h"

#include <gio/gio.h>

G_DEFINE_QUARK (wd-error-quark, wd_error)

/**
 * wd_error_code_name:
 * @code: a #WdError
 *
 * Returns: (transfer none): the word that stands for @code in JSON documents
 */
const char *
wd_error_code_name (int code)
{
  static const char *const names[] = {
    [WD_ERROR_FAILED] = "failed",
    [WD_ERROR_INVALID_ARGUMENT] = "invalid-argument",
    [WD_ERROR_NOT_FOUND] = "not-found",
    [WD_ERROR_REFUSED] = "refused",
    [WD_ERROR_DUPLICATE] = "duplicate",
    [WD_ERROR_NOT_FAILED] = "not-failed",
    [WD_ERROR_RETRIES_EXHAUSTED] = "retries-exhausted",
    [WD_ERROR_NOT_IN_QUEUE] = "not-in-queue",
    [WD_ERROR_READ_ONLY] = "read-only",
    [WD_ERROR_NOT_MIGRATED] = "not-migrated",
    [WD_ERROR_PERMISSION] = "permission",
    [WD_ERROR_NO_CONNECTION] = "no-connection",
    [WD_ERROR_AUTHENTICATION] = "authentication",
    [WD_ERROR_TIMED_OUT] = "timed-out",
    [WD_ERROR_UNKNOWN_OUTCOME] = "unknown-outcome",
    [WD_ERROR_LAYOUT] = "layout",
    [WD_ERROR_PROTOCOL] = "protocol",
    [WD_ERROR_BUSY] = "busy",
    [WD_ERROR_NO_KEYRING] = "no-keyring",
    [WD_ERROR_NOT_SUPPORTED] = "not-supported",
  };

  if (code < 0 || code >= (int) G_N_ELEMENTS (names))
    return names[WD_ERROR_FAILED];
  return names[code];
}

/**
 * wd_error_is_cancelled:
 * @error: (nullable): an error
 *
 * Returns: whether @error only says that the caller's own cancellable was triggered
 */
gboolean
wd_error_is_cancelled (const GError *error)
{
  return error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * wd_error_may_pass:
 * @error: (nullable): an error
 *
 * Returns: whether the same may well succeed a little later, without anybody mending anything here
 */
gboolean
wd_error_may_pass (const GError *error)
{
  return g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION)
         || g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT)
         || g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
         || g_error_matches (error, WD_ERROR, WD_ERROR_BUSY);
}

/**
 * wd_error_doubt:
 * @error: (inout) (optional): why a write that was begun was not seen to its end
 *
 * Gives it the code %WD_ERROR_UNKNOWN_OUTCOME, whatever it was: nobody may conclude from it that
 * nothing was done.
 */
void
wd_error_doubt (GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || *error == NULL)
    return;
  cause = g_steal_pointer (error);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME, cause->message);
}
