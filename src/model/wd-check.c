/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-check.h"

#include <string.h>

/**
 * wd_check_new:
 * @name: stable word
 * @status: how it stands
 * @format: what was found and what to do
 * @...: for @format
 *
 * Returns: (transfer full): a check
 */
WdCheck *
wd_check_new (const char *name, WdCheckStatus status, const char *format, ...)
{
  WdCheck *self = g_new0 (WdCheck, 1);
  va_list args;

  self->name = g_strdup (name);
  self->status = status;
  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
  return self;
}

/**
 * wd_check_take_remedy:
 * @self: a check
 * @remedy: (transfer full) (nullable): a part of its message
 *
 * Says which part of the message is what mends it.
 */
void
wd_check_take_remedy (WdCheck *self, char *remedy)
{
  g_return_if_fail (remedy == NULL || strstr (self->message, remedy) != NULL);

  g_free (self->remedy);
  self->remedy = remedy != NULL ? g_strstrip (remedy) : NULL;
}

/**
 * wd_check_dup_message:
 * @self: a check
 * @advices: sentences of a surface by #WdCheckAdvice
 *
 * Returns: (transfer full): the message with what to do about it here
 */
char *
wd_check_dup_message (const WdCheck *self, const char *const *advices)
{
  if (self->advice == WD_CHECK_NO_ADVICE)
    return g_strdup (self->message);
  return g_strconcat (self->message, ". ", advices[self->advice], NULL);
}

/**
 * wd_check_free:
 * @self: (transfer full): a check
 */
void
wd_check_free (WdCheck *self)
{
  g_free (self->name);
  g_free (self->message);
  g_free (self->remedy);
  g_free (self);
}

/**
 * wd_check_status_word:
 * @status: a status
 *
 * Returns: (transfer none): its word in doctor's document
 */
const char *
wd_check_status_word (WdCheckStatus status)
{
  static const char *const words[] = { "ok", "warning", "error", "unknown" };

  g_return_val_if_fail (status <= WD_CHECK_UNKNOWN, NULL);

  return words[status];
}
