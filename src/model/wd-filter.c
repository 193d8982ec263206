/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-filter.h"

#include <glib/gi18n-lib.h>

#include "base/wd-decimal.h"
#include "base/wd-error.h"

static gboolean
words_equal (char **a, char **b)
{
  if (a == NULL || b == NULL)
    return (a == NULL || *a == NULL) && (b == NULL || *b == NULL);
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/* An empty text restricts nothing, as does none. */
static gboolean
text_equal (const char *a, const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* A bound that moves with the clock is the same whenever it was set. */
static gboolean
bound_equal (WdTime a, gint64 a_ago, WdTime b, gint64 b_ago)
{
  if (a == WD_TIME_NONE || b == WD_TIME_NONE)
    return a == b;
  return a_ago == b_ago && (a_ago != 0 || a == b);
}

/**
 * wd_uuid_validate:
 * @text: (nullable): text that should be a UUID; %NULL passes
 * @what: the field's name, for the message
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_uuid_validate (const char *text, const char *what, GError **error)
{
  if (text == NULL || g_uuid_string_is_valid (text))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("%s: “%s” is not a UUID"), what, text);
  return FALSE;
}

/**
 * wd_job_filter_new:
 *
 * Returns: (transfer full): a filter that lets every job through
 */
WdJobFilter *
wd_job_filter_new (void)
{
  WdJobFilter *self = g_new0 (WdJobFilter, 1);

  self->from = WD_TIME_NONE;
  self->to = WD_TIME_NONE;
  self->completed_from = WD_TIME_NONE;
  self->completed_to = WD_TIME_NONE;
  self->retries_from = self->retries_to = -1;
  return self;
}

/**
 * wd_job_filter_set_now:
 * @self: a filter
 * @now: the time
 *
 * Moves the bounds that are so long ago.
 */
void
wd_job_filter_set_now (WdJobFilter *self, WdTime now)
{
  g_return_if_fail (self != NULL);

  if (self->from_ago != 0)
    self->from = now - self->from_ago;
  if (self->to_ago != 0)
    self->to = now - self->to_ago;
  if (self->completed_from_ago != 0)
    self->completed_from = now - self->completed_from_ago;
  if (self->completed_to_ago != 0)
    self->completed_to = now - self->completed_to_ago;
}

/**
 * wd_job_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): a filter of its own that selects the same
 */
WdJobFilter *
wd_job_filter_copy (const WdJobFilter *self)
{
  WdJobFilter *copy = wd_job_filter_new ();

  copy->statuses = g_strdupv (self->statuses);
  copy->types = g_strdupv (self->types);
  copy->triggers = g_strdupv (self->triggers);
  copy->not_statuses = g_strdupv (self->not_statuses);
  copy->not_types = g_strdupv (self->not_types);
  copy->not_triggers = g_strdupv (self->not_triggers);
  copy->wallet = g_strdup (self->wallet);
  copy->user = g_strdup (self->user);
  copy->from = self->from;
  copy->to = self->to;
  copy->from_ago = self->from_ago;
  copy->to_ago = self->to_ago;
  copy->completed_from = self->completed_from;
  copy->completed_to = self->completed_to;
  copy->completed_from_ago = self->completed_from_ago;
  copy->completed_to_ago = self->completed_to_ago;
  copy->retries_from = self->retries_from;
  copy->retries_to = self->retries_to;
  copy->error = g_strdup (self->error);
  copy->not_error = g_strdup (self->not_error);
  copy->data = wd_data_tests_copy (self->data);
  copy->search = g_strdup (self->search);
  copy->words = g_strdup (self->words);
  copy->id_prefix = g_strdup (self->id_prefix);
  copy->error_group = g_strdup (self->error_group);
  return copy;
}

/**
 * wd_job_filter_free:
 * @self: (transfer full): a filter
 */
void
wd_job_filter_free (WdJobFilter *self)
{
  g_strfreev (self->statuses);
  g_strfreev (self->types);
  g_strfreev (self->triggers);
  g_strfreev (self->not_statuses);
  g_strfreev (self->not_types);
  g_strfreev (self->not_triggers);
  g_free (self->wallet);
  g_free (self->user);
  g_free (self->error);
  g_free (self->not_error);
  g_clear_pointer (&self->data, g_ptr_array_unref);
  g_free (self->search);
  g_free (self->words);
  g_free (self->id_prefix);
  g_free (self->error_group);
  g_free (self);
}

/**
 * wd_job_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both ask for the same in the same words; words in another order differ
 */
gboolean
wd_job_filter_equal (const WdJobFilter *a, const WdJobFilter *b)
{
  return words_equal (a->statuses, b->statuses)
         && words_equal (a->types, b->types)
         && words_equal (a->triggers, b->triggers)
         && words_equal (a->not_statuses, b->not_statuses)
         && words_equal (a->not_types, b->not_types)
         && words_equal (a->not_triggers, b->not_triggers)
         && g_strcmp0 (a->wallet, b->wallet) == 0
         && g_strcmp0 (a->user, b->user) == 0
         && bound_equal (a->from, a->from_ago, b->from, b->from_ago)
         && bound_equal (a->to, a->to_ago, b->to, b->to_ago)
         && bound_equal (a->completed_from, a->completed_from_ago, b->completed_from,
                         b->completed_from_ago)
         && bound_equal (a->completed_to, a->completed_to_ago, b->completed_to,
                         b->completed_to_ago)
         && a->retries_from == b->retries_from
         && a->retries_to == b->retries_to
         && text_equal (a->error, b->error)
         && text_equal (a->not_error, b->not_error)
         && wd_data_tests_equal (a->data, b->data)
         && text_equal (a->search, b->search)
         && text_equal (a->words, b->words)
         && text_equal (a->id_prefix, b->id_prefix)
         && g_strcmp0 (a->error_group, b->error_group) == 0;
}

/**
 * wd_job_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it lets every job through
 */
gboolean
wd_job_filter_is_empty (const WdJobFilter *self)
{
  g_autoptr (WdJobFilter) all = wd_job_filter_new ();

  return wd_job_filter_equal (self, all);
}

static gboolean
validate_range (WdTime from, WdTime to, GError **error)
{
  if (from == WD_TIME_NONE || to == WD_TIME_NONE || from <= to)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("The first day is after the last"));
  return FALSE;
}

/**
 * wd_job_filter_validate:
 * @self: a filter
 * @error: %WD_ERROR_INVALID_ARGUMENT, naming the field
 *
 * Words are not checked: a database may have others than ours, and a filter on one that it
 * has not finds nothing.
 */
gboolean
wd_job_filter_validate (const WdJobFilter *self, GError **error)
{
  if (!wd_uuid_validate (self->user, "user", error)
      || !validate_range (self->from, self->to, error)
      || !validate_range (self->completed_from, self->completed_to, error))
    return FALSE;
  if (self->retries_to >= 0 && self->retries_from > self->retries_to)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The least number of retries is above the greatest"));
      return FALSE;
    }
  return TRUE;
}

/**
 * wd_wallet_filter_new:
 *
 * Returns: (transfer full): a filter that lets every wallet through
 */
WdWalletFilter *
wd_wallet_filter_new (void)
{
  WdWalletFilter *self = g_new0 (WdWalletFilter, 1);

  self->needs_gas = WD_TRISTATE_UNSET;
  self->needs_consolidation = WD_TRISTATE_UNSET;
  return self;
}

/**
 * wd_wallet_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): a filter of its own that selects the same
 */
WdWalletFilter *
wd_wallet_filter_copy (const WdWalletFilter *self)
{
  WdWalletFilter *copy = wd_wallet_filter_new ();

  copy->needs_gas = self->needs_gas;
  copy->needs_consolidation = self->needs_consolidation;
  copy->networks = g_strdupv (self->networks);
  copy->not_networks = g_strdupv (self->not_networks);
  copy->troubles = g_strdupv (self->troubles);
  copy->not_troubles = g_strdupv (self->not_troubles);
  copy->min_balance = g_strdup (self->min_balance);
  copy->max_balance = g_strdup (self->max_balance);
  copy->above_min = self->above_min;
  copy->below_max = self->below_max;
  copy->user = g_strdup (self->user);
  copy->search = g_strdup (self->search);
  copy->address_prefix = g_strdup (self->address_prefix);
  return copy;
}

/**
 * wd_wallet_filter_free:
 * @self: (transfer full): a filter
 */
void
wd_wallet_filter_free (WdWalletFilter *self)
{
  g_strfreev (self->networks);
  g_strfreev (self->not_networks);
  g_strfreev (self->troubles);
  g_strfreev (self->not_troubles);
  g_free (self->min_balance);
  g_free (self->max_balance);
  g_free (self->user);
  g_free (self->search);
  g_free (self->address_prefix);
  g_free (self);
}

/**
 * wd_wallet_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both ask for the same in the same words: `1` and `1.0` are different balances
 */
gboolean
wd_wallet_filter_equal (const WdWalletFilter *a, const WdWalletFilter *b)
{
  return a->needs_gas == b->needs_gas
         && a->needs_consolidation == b->needs_consolidation
         && words_equal (a->networks, b->networks)
         && g_strcmp0 (a->min_balance, b->min_balance) == 0
         && words_equal (a->not_networks, b->not_networks)
         && words_equal (a->troubles, b->troubles)
         && words_equal (a->not_troubles, b->not_troubles)
         && g_strcmp0 (a->max_balance, b->max_balance) == 0
         && (a->min_balance == NULL || a->above_min == b->above_min)
         && (a->max_balance == NULL || a->below_max == b->below_max)
         && g_strcmp0 (a->user, b->user) == 0
         && text_equal (a->search, b->search)
         && text_equal (a->address_prefix, b->address_prefix);
}

/**
 * wd_wallet_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether it selects every wallet
 */
gboolean
wd_wallet_filter_is_empty (const WdWalletFilter *self)
{
  g_autoptr (WdWalletFilter) all = wd_wallet_filter_new ();

  return wd_wallet_filter_equal (self, all);
}

static gboolean
validate_amount (const char *amount, const char *what, GError **error)
{
  if (amount == NULL || wd_decimal_is_valid (amount))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("%s: “%s” is not an amount"), what,
               amount);
  return FALSE;
}

/**
 * wd_wallet_filter_validate:
 * @self: a filter
 * @error: %WD_ERROR_INVALID_ARGUMENT, naming the field
 */
gboolean
wd_wallet_filter_validate (const WdWalletFilter *self, GError **error)
{
  if (!wd_uuid_validate (self->user, "user", error)
      || !validate_amount (self->min_balance, "min_balance", error)
      || !validate_amount (self->max_balance, "max_balance", error))
    return FALSE;
  if (self->min_balance != NULL && self->max_balance != NULL
      && wd_decimal_compare (self->min_balance, self->max_balance)
           > (self->above_min || self->below_max ? -1 : 0))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The least balance is above the greatest"));
      return FALSE;
    }
  return TRUE;
}
