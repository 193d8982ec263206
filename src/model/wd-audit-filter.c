/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-audit-filter.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

static gboolean
has_words (char **words)
{
  return words != NULL && *words != NULL;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * wd_audit_filter_new:
 *
 * Returns: (transfer full): a filter that lets every entry through
 */
WdAuditFilter *
wd_audit_filter_new (void)
{
  WdAuditFilter *self = g_new0 (WdAuditFilter, 1);

  self->from = WD_TIME_NONE;
  self->to = WD_TIME_NONE;
  return self;
}

/**
 * wd_audit_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): the same by itself
 */
WdAuditFilter *
wd_audit_filter_copy (const WdAuditFilter *self)
{
  WdAuditFilter *copy = wd_audit_filter_new ();

  copy->actions = g_strdupv (self->actions);
  copy->who = g_strdup (self->who);
  copy->target = g_strdup (self->target);
  copy->search = g_strdup (self->search);
  copy->from = self->from;
  copy->to = self->to;
  return copy;
}

/**
 * wd_audit_filter_free:
 * @self: (transfer full): a filter
 */
void
wd_audit_filter_free (WdAuditFilter *self)
{
  g_strfreev (self->actions);
  g_free (self->who);
  g_free (self->target);
  g_free (self->search);
  g_free (self);
}

/**
 * wd_audit_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both let the same entries through, as far as their fields tell
 */
gboolean
wd_audit_filter_equal (const WdAuditFilter *a, const WdAuditFilter *b)
{
  gboolean same_actions = has_words (a->actions) && has_words (b->actions)
                          ? g_strv_equal ((const char *const *) a->actions,
                                          (const char *const *) b->actions)
                          : has_words (a->actions) == has_words (b->actions);

  return same_actions
         && g_strcmp0 (a->who, b->who) == 0
         && g_strcmp0 (a->target, b->target) == 0
         && g_strcmp0 (a->search, b->search) == 0
         && a->from == b->from
         && a->to == b->to;
}

/**
 * wd_audit_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it lets every entry through
 */
gboolean
wd_audit_filter_is_empty (const WdAuditFilter *self)
{
  return !has_words (self->actions) && !has_text (self->who) && !has_text (self->target)
         && !has_text (self->search) && self->from == WD_TIME_NONE && self->to == WD_TIME_NONE;
}

/**
 * wd_audit_filter_validate:
 * @self: a filter
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Words are not checked: a later version may have written others.
 */
gboolean
wd_audit_filter_validate (const WdAuditFilter *self, GError **error)
{
  if (self->from == WD_TIME_NONE || self->to == WD_TIME_NONE || self->from <= self->to)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("The first day is after the last"));
  return FALSE;
}
