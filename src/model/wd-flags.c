/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-flags.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-request.h"
#include "model/wd-result.h"

static const struct {
  const char *column;
  const char *label;
  const char *job_type;
} flags[] = {
  [WD_FLAG_NEEDS_GAS] = { "needs_gas", N_("needs gas"), "gas-topup" },
  [WD_FLAG_NEEDS_CONSOLIDATION] = { "needs_consolidation", N_("needs consolidation"),
                                    "consolidation" },
};

/**
 * wd_flag_column:
 * @flag: a flag
 *
 * Returns: (transfer none): its column in `user_wallets`
 */
const char *
wd_flag_column (WdFlag flag)
{
  g_return_val_if_fail (flag < G_N_ELEMENTS (flags), NULL);

  return flags[flag].column;
}

/**
 * wd_flag_label:
 * @flag: a flag
 *
 * Returns: (transfer none): its name for people, translated
 */
const char *
wd_flag_label (WdFlag flag)
{
  g_return_val_if_fail (flag < G_N_ELEMENTS (flags), NULL);

  return _(flags[flag].label);
}

/**
 * wd_flag_job_type:
 * @flag: a flag
 *
 * Returns: (transfer none): the jobs that see to it
 */
const char *
wd_flag_job_type (WdFlag flag)
{
  g_return_val_if_fail (flag < G_N_ELEMENTS (flags), NULL);

  return flags[flag].job_type;
}

/**
 * wd_flag_from_column:
 * @column: a column of `user_wallets`
 * @flag: (out): which flag that is
 *
 * Returns: whether it is one
 */
gboolean
wd_flag_from_column (const char *column, WdFlag *flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_strcmp0 (flags[i].column, column) == 0)
      {
        *flag = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_flag_change_new:
 * @id: (nullable): the wallet's UUID
 * @address: of the wallet
 * @before: the value it had; unset is null
 * @after: the value it gets; likewise
 *
 * The texts are copied.
 *
 * Returns: (transfer full): a change; free it with wd_flag_change_free()
 */
WdFlagChange *
wd_flag_change_new (const char *id, const char *address, WdTristate before, WdTristate after)
{
  WdFlagChange *self = g_new0 (WdFlagChange, 1);

  self->id = g_strdup (id);
  self->address = g_strdup (address);
  self->before = before;
  self->after = after;
  return self;
}

/**
 * wd_flag_change_free:
 * @self: (transfer full): a change
 */
void
wd_flag_change_free (WdFlagChange *self)
{
  g_free (self->id);
  g_free (self->address);
  g_free (self);
}

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) wd_flag_change_free);
}

static gpointer
copy_change (gconstpointer source, gpointer data)
{
  const WdFlagChange *change = source;

  return wd_flag_change_new (change->id, change->address, change->before, change->after);
}

static void
clear_result (WdFlagResult *self)
{
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
}

WD_DEFINE_RECORD (WdFlagResult, wd_flag_result, clear_result)

/**
 * wd_flag_result_create:
 * @flag: which flag was asked for
 *
 * Returns: (transfer full): a result with nothing changed and nothing left
 */
WdFlagResult *
wd_flag_result_create (WdFlag flag)
{
  WdFlagResult *self = wd_flag_result_new ();

  self->flag = flag;
  self->changed = new_changes ();
  self->left = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  return self;
}

/**
 * wd_flag_request_new:
 * @flag: which flag
 * @addresses: (array zero-terminated=1): of which wallets; repetitions are left out
 * @value: what to set it to
 *
 * Returns: (transfer full): a request
 */
WdFlagRequest *
wd_flag_request_new (WdFlag flag, const char *const *addresses, gboolean value)
{
  WdFlagRequest *self = g_new0 (WdFlagRequest, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->flag = flag;
  self->changes = new_changes ();
  for (; *addresses != NULL; addresses++)
    if (g_hash_table_add (seen, (gpointer) *addresses))
      g_ptr_array_add (self->changes,
                       wd_flag_change_new (NULL, *addresses, WD_TRISTATE_UNSET,
                                           value ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE));
  return self;
}

/**
 * wd_flag_request_new_undo:
 * @result: what was done
 *
 * Returns: (transfer full): a request that takes it back
 */
WdFlagRequest *
wd_flag_request_new_undo (const WdFlagResult *result)
{
  WdFlagRequest *self = g_new0 (WdFlagRequest, 1);

  self->flag = result->flag;
  self->changes = g_ptr_array_copy (result->changed, copy_change, NULL);
  g_ptr_array_set_free_func (self->changes, (GDestroyNotify) wd_flag_change_free);
  self->undo = TRUE;
  return self;
}

/**
 * wd_flag_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): a copy of it and of its changes
 */
WdFlagRequest *
wd_flag_request_copy (const WdFlagRequest *self)
{
  return wd_flag_request_new_part (self, 0, self->changes->len);
}

/**
 * wd_flag_request_new_part:
 * @self: a request
 * @first: number of a change
 * @n: of how many changes from there on; fewer where there are not so many
 *
 * Returns: (transfer full): a request for that part alone
 */
WdFlagRequest *
wd_flag_request_new_part (const WdFlagRequest *self, guint first, guint n)
{
  WdFlagRequest *part = g_new0 (WdFlagRequest, 1);

  part->flag = self->flag;
  part->changes = new_changes ();
  for (guint i = first; i < self->changes->len && i - first < n; i++)
    g_ptr_array_add (part->changes, copy_change (self->changes->pdata[i], NULL));
  part->undo = self->undo;
  return part;
}

/**
 * wd_flag_request_free:
 * @self: (transfer full): a request; its changes go with it
 */
void
wd_flag_request_free (WdFlagRequest *self)
{
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/**
 * wd_flag_request_validate:
 * @self: a request
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_flag_request_validate (const WdFlagRequest *self, GError **error)
{
  if (self->changes->len == 0)
    return wd_wallet_address_validate (NULL, error);
  for (guint i = 0; i < self->changes->len; i++)
    if (!wd_wallet_address_validate (((WdFlagChange *) self->changes->pdata[i])->address, error))
      return FALSE;
  return TRUE;
}
