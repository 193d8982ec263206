/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/wd-cli-status.h"

#include "base/wd-error.h"
#include "model/wd-result.h"

static const int statuses[] = {
  [WD_ERROR_FAILED] = WD_CLI_FAILED,
  [WD_ERROR_INVALID_ARGUMENT] = WD_CLI_USAGE,
  [WD_ERROR_NOT_FOUND] = WD_CLI_NOT_FOUND,
  [WD_ERROR_REFUSED] = WD_CLI_REFUSED,
  [WD_ERROR_DUPLICATE] = WD_CLI_REFUSED,
  [WD_ERROR_NOT_FAILED] = WD_CLI_REFUSED,
  [WD_ERROR_RETRIES_EXHAUSTED] = WD_CLI_REFUSED,
  [WD_ERROR_NOT_IN_QUEUE] = WD_CLI_REFUSED,
  [WD_ERROR_READ_ONLY] = WD_CLI_REFUSED,
  [WD_ERROR_NOT_MIGRATED] = WD_CLI_REFUSED,
  [WD_ERROR_PERMISSION] = WD_CLI_FAILED,
  [WD_ERROR_NO_CONNECTION] = WD_CLI_NO_CONNECTION,
  [WD_ERROR_AUTHENTICATION] = WD_CLI_NO_CONNECTION,
  [WD_ERROR_TIMED_OUT] = WD_CLI_NO_CONNECTION,
  [WD_ERROR_UNKNOWN_OUTCOME] = WD_CLI_NO_CONNECTION,
  [WD_ERROR_LAYOUT] = WD_CLI_REFUSED,
  [WD_ERROR_PROTOCOL] = WD_CLI_FAILED,
  [WD_ERROR_BUSY] = WD_CLI_FAILED,
  [WD_ERROR_NO_KEYRING] = WD_CLI_FAILED,
  [WD_ERROR_NOT_SUPPORTED] = WD_CLI_FAILED,
};

/* Of several subjects, what a script must know first: that it may be unknown what was done, then
 * that something broke, then that something was refused. */
static const int gravity[] = {
  [WD_CLI_DONE] = 0,
  [WD_CLI_USAGE] = 1,
  [WD_CLI_NOT_FOUND] = 2,
  [WD_CLI_REFUSED] = 3,
  [WD_CLI_FAILED] = 4,
  [WD_CLI_NO_CONNECTION] = 5,
};

/**
 * wd_cli_exit_status:
 * @error: (nullable): why a command failed
 *
 * Returns: the status to exit with
 */
int
wd_cli_exit_status (const GError *error)
{
  if (error == NULL)
    return WD_CLI_DONE;
  if (error->domain != WD_ERROR || error->code < 0
      || error->code >= (int) G_N_ELEMENTS (statuses))
    return WD_CLI_FAILED;
  return statuses[error->code];
}

/**
 * wd_cli_graver:
 * @a: (nullable): an error
 * @b: (nullable): another
 *
 * Returns: (transfer none) (nullable): the one that decides the exit status; @a where both weigh
 *   the same
 */
const GError *
wd_cli_graver (const GError *a, const GError *b)
{
  return gravity[wd_cli_exit_status (b)] > gravity[wd_cli_exit_status (a)] ? b : a;
}

/**
 * wd_cli_gravest:
 * @refusals: (element-type WdRefusal): what was not done
 *
 * Returns: (transfer none) (nullable): the error that decides the exit status
 */
const GError *
wd_cli_gravest (const GPtrArray *refusals)
{
  const GError *gravest = NULL;

  for (guint i = 0; i < refusals->len; i++)
    gravest = wd_cli_graver (gravest, ((const WdRefusal *) refusals->pdata[i])->error);
  return gravest;
}
