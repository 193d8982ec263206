/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of both tables, in all the shapes in which sites have them. */

#include "wire/wd-wire-read-row.h"

#include <string.h>

#include "base/wd-json-text.h"
#include "wire/wd-wire-job.h"
#include "wire/wd-wire-read.h"
#include "wire/wd-wire-wallet.h"

/* Tables without `started_at` have `processed_at`. */
static const WdWireAlias job_aliases[] = {
  { "processed_at", "started_at", FALSE },
  { NULL },
};

/* A server that has to send a number for an amount sends its digits beside it. Where there is
 * `last_sync_at`, workers write that. */
static const WdWireAlias wallet_aliases[] = {
  { "balance_exact", "balance", TRUE },
  { "on_chain_balance_exact", "on_chain_balance", TRUE },
  { "trx_balance_exact", "trx_balance", TRUE },
  { "locked_balance_exact", "locked_balance", TRUE },
  { "total_balance_exact", "total_balance", TRUE },
  { "last_sync_at", "last_sync", TRUE },
  { NULL },
};

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * wd_wire_read_job:
 * @object: where an object begins, in valid JSON
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the row of `job_logs`
 */
WdJob *
wd_wire_read_job (const char *object, GError **error)
{
  g_autoptr (WdJob) job = wd_job_new ();

  if (!wd_wire_read_fields (wd_wire_job_fields (), job_aliases, object, job, error))
    return NULL;
  if (!is_filled (job->id))
    wd_wire_read_refuse ("id", error);
  else if (!is_filled (job->job_id))
    wd_wire_read_refuse ("job_id", error);
  else if (!is_filled (job->job_type))
    wd_wire_read_refuse ("job_type", error);
  else if (!is_filled (job->status))
    wd_wire_read_refuse ("status", error);
  else
    return g_steal_pointer (&job);
  return NULL;
}

/**
 * wd_wire_read_wallet:
 * @object: where an object begins, in valid JSON
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the row of `user_wallets`
 */
WdWallet *
wd_wire_read_wallet (const char *object, GError **error)
{
  g_autoptr (WdWallet) wallet = wd_wallet_new ();

  if (!wd_wire_read_fields (wd_wire_wallet_fields (), wallet_aliases, object, wallet, error))
    return NULL;
  if (is_filled (wallet->address))
    return g_steal_pointer (&wallet);
  wd_wire_read_refuse ("address", error);
  return NULL;
}

static gboolean
is_usual (const char *name)
{
  for (const WdWireField *field = wd_wire_wallet_fields (); field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return TRUE;
  for (const WdWireAlias *alias = wallet_aliases; alias->name != NULL; alias++)
    if (strcmp (alias->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* A column beyond the usual ones, as what its value looks like. */
static void
add_field (WdWalletDetail *detail, const char *name, const WdJsonMember *member)
{
  g_autofree char *text = *member->value == '"'
                            ? wd_json_text_decode (member->value, member->length)
                            : g_strndup (member->value, member->length);
  WdTime time = WD_TIME_NONE;
  WdWalletFieldKind kind = WD_WALLET_FIELD_TEXT;

  if (strcmp (text, "true") == 0 || strcmp (text, "false") == 0)
    kind = WD_WALLET_FIELD_BOOLEAN;
  else if (*member->value == '-' || g_ascii_isdigit (*member->value))
    kind = WD_WALLET_FIELD_AMOUNT;
  else if (g_str_has_suffix (name, "_at") && *member->value == '"'
           && wd_time_parse (text, FALSE, &time, NULL))
    kind = WD_WALLET_FIELD_TIME;
  wd_wallet_detail_add (detail, name, kind, *member->value == 'n' ? NULL : text, time);
}

/**
 * wd_wire_read_wallet_detail:
 * @object: where an object begins, in valid JSON
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the row of `user_wallets` with every column that was sent
 */
WdWalletDetail *
wd_wire_read_wallet_detail (const char *object, GError **error)
{
  WdWallet *wallet = wd_wire_read_wallet (object, error);
  WdWalletDetail *detail;
  WdJsonMembers members;
  WdJsonMember member;

  if (wallet == NULL)
    return NULL;
  detail = wd_wallet_detail_create (wallet);
  wd_json_members_begin (&members, object);
  while (wd_json_members_next (&members, &member))
    {
      g_autofree char *name = wd_json_text_decode (member.key, member.key_length);

      detail->has_needs_gas |= strcmp (name, "needs_gas") == 0;
      detail->has_needs_consolidation |= strcmp (name, "needs_consolidation") == 0;
      if (!is_usual (name) && wd_wallet_detail_find (detail, name) == NULL)
        add_field (detail, name, &member);
    }
  return detail;
}
