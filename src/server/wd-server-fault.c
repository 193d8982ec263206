/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-fault.h"

#include <string.h>

#include "base/wd-error.h"

/* Without a message the error's own is told: those are about what the client sent. */
static const struct {
  WdError code;
  guint status;
  guint retry_after;
  const char *message;
} faults[] = {
  { WD_ERROR_INVALID_ARGUMENT, 400, 0, NULL },
  { WD_ERROR_NOT_FOUND, 404, 0, NULL },
  { WD_ERROR_REFUSED, 409, 0, NULL },
  { WD_ERROR_DUPLICATE, 409, 0, NULL },
  { WD_ERROR_NOT_FAILED, 400, 0, NULL },
  { WD_ERROR_RETRIES_EXHAUSTED, 400, 0, NULL },
  { WD_ERROR_NOT_IN_QUEUE, 400, 0, NULL },
  { WD_ERROR_NOT_SUPPORTED, 400, 0, NULL },
  { WD_ERROR_READ_ONLY, 403, 0, "This service is read-only: nothing was written" },
  { WD_ERROR_NOT_MIGRATED, 503, 0, "The database is not migrated: nothing was written" },
  { WD_ERROR_PERMISSION, 500, 0, "The service may not do this in its database" },
  { WD_ERROR_NO_CONNECTION, 503, 5, "A server behind this service cannot be reached" },
  { WD_ERROR_AUTHENTICATION, 503, 5, "A server behind this service cannot be reached" },
  { WD_ERROR_TIMED_OUT, 503, 5, "A server behind this service did not answer in time" },
  { WD_ERROR_UNKNOWN_OUTCOME, 504, 0,
    "It is not known whether this was done: look at the newest jobs before you ask again, or ask "
    "again under the same Idempotency-Key" },
  { WD_ERROR_LAYOUT, 409, 0, "The queue is read-only for this service: nothing was written" },
  { WD_ERROR_BUSY, 409, 1, "Somebody is changing the same rows: nothing was written, ask again" },
};

/* Errors of a server name it. */
static gboolean
is_about_a_server (const GError *error)
{
  return strstr (error->message, "PostgreSQL ") != NULL
         || strstr (error->message, "Redis ") != NULL;
}

/**
 * wd_server_fault_describe:
 * @error: why something was not done
 *
 * Returns: what to tell; its strings are static or those of @error
 */
WdServerFault
wd_server_fault_describe (const GError *error)
{
  WdServerFault fault = { 500, "Internal error", wd_error_code_name (WD_ERROR_FAILED), 0 };

  if (wd_error_is_cancelled (error))
    return (WdServerFault) { 503, "This took too long and was given up", "cancelled", 5 };
  if (error->domain != WD_ERROR)
    return fault;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if ((int) faults[i].code == error->code)
      {
        fault.status = faults[i].status;
        fault.retry_after = faults[i].retry_after;
        fault.code = wd_error_code_name (error->code);
        if (faults[i].message != NULL)
          fault.message = faults[i].message;
        else
          fault.message = is_about_a_server (error) ? "This was refused" : error->message;
      }
  return fault;
}
