/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdError:
 * @WD_ERROR_FAILED: none of the others; the message says all there is
 * @WD_ERROR_INVALID_ARGUMENT: a value the caller gave cannot be right
 * @WD_ERROR_NOT_FOUND: the wallet, job, queue or profile named does not exist
 * @WD_ERROR_REFUSED: understood, possible, and not done on purpose
 * @WD_ERROR_DUPLICATE: a job of this type is already under way for the wallet
 * @WD_ERROR_NOT_FAILED: only failed jobs can be retried
 * @WD_ERROR_RETRIES_EXHAUSTED: the job has used its retries and no reset was asked
 * @WD_ERROR_NOT_IN_QUEUE: its queue no longer holds the job, and it cannot be put back
 * @WD_ERROR_READ_ONLY: the profile forbids writes
 * @WD_ERROR_NOT_MIGRATED: our schema is missing or too old
 * @WD_ERROR_PERMISSION: the server's roles or ACL forbid it
 * @WD_ERROR_NO_CONNECTION: the server cannot be reached, or the connection broke
 * @WD_ERROR_AUTHENTICATION: the server refused the credentials
 * @WD_ERROR_TIMED_OUT: no answer within the deadline; nothing was written
 * @WD_ERROR_UNKNOWN_OUTCOME: a write was sent and its answer never came
 * @WD_ERROR_LAYOUT: the queue's layout is not one we may write to
 * @WD_ERROR_PROTOCOL: the answer breaks the protocol or its bounds
 * @WD_ERROR_BUSY: rows are locked by somebody else; nothing was written
 * @WD_ERROR_NO_KEYRING: no secret service answers
 * @WD_ERROR_NOT_SUPPORTED: this connection cannot do it
 *
 * The one error domain. The edges (postgres/, redis/, rest/) map what their servers say to these
 * codes; everything above switches on the code and never reads a message.
 */
typedef enum {
  WD_ERROR_FAILED,
  WD_ERROR_INVALID_ARGUMENT,
  WD_ERROR_NOT_FOUND,
  WD_ERROR_REFUSED,
  WD_ERROR_DUPLICATE,
  WD_ERROR_NOT_FAILED,
  WD_ERROR_RETRIES_EXHAUSTED,
  WD_ERROR_NOT_IN_QUEUE,
  WD_ERROR_READ_ONLY,
  WD_ERROR_NOT_MIGRATED,
  WD_ERROR_PERMISSION,
  WD_ERROR_NO_CONNECTION,
  WD_ERROR_AUTHENTICATION,
  WD_ERROR_TIMED_OUT,
  WD_ERROR_UNKNOWN_OUTCOME,
  WD_ERROR_LAYOUT,
  WD_ERROR_PROTOCOL,
  WD_ERROR_BUSY,
  WD_ERROR_NO_KEYRING,
  WD_ERROR_NOT_SUPPORTED,
} WdError;

#define WD_ERROR (wd_error_quark ())
GQuark wd_error_quark (void);

const char *wd_error_code_name (int code);
gboolean    wd_error_is_cancelled (const GError *error);
gboolean    wd_error_may_pass (const GError *error);
void        wd_error_doubt (GError **error);

G_END_DECLS
