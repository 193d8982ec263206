/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What bulk work is asked for. Whatever has no meaning here is refused: who misspells a condition
 * would have more done than he wants. */

#include "wire/wd-wire-bulk-order.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-json-text.h"
#include "wire/wd-wire-body.h"
#include "wire/wd-wire-order-private.h"

/**
 * wd_wire_bulk_filter_name:
 * @operation: an operation
 *
 * Returns: (transfer none): the member that holds its filter
 */
const char *
wd_wire_bulk_filter_name (WdBulkOperation operation)
{
  return wd_bulk_operation_is_for_wallets (operation) ? "wallets" : "jobs";
}

/**
 * wd_wire_bulk_subjects_name:
 * @operation: an operation
 *
 * Returns: (transfer none): the member that names its subjects, instead of a filter
 */
const char *
wd_wire_bulk_subjects_name (WdBulkOperation operation)
{
  return wd_bulk_operation_is_for_wallets (operation) ? "wallet_addresses" : "job_ids";
}

/* The texts of an array, which is sound JSON. */
static gboolean
take_subjects (WdWireOrder *self, GHashTable *members, GError **error)
{
  const char *name = wd_wire_bulk_subjects_name (self->bulk->operation);
  g_autofree char *json = wd_wire_order_take (members, name);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  const char *p;

  if (json == NULL)
    return TRUE;
  if (*json != '[')
    return wd_wire_order_refuse (self, name, error, "%s must be an array", name);
  p = wd_json_text_skip_space (json + 1);
  while (*p != ']')
    {
      const char *value = p;

      p = wd_json_text_skip_value (value);
      if (*value != '"' || g_strstr_len (value, p - value, "\\u0000") != NULL)
        return wd_wire_order_refuse (self, name, error, "%s must hold nothing but strings", name);
      g_ptr_array_add (subjects, wd_json_text_decode (value, (gsize) (p - value)));
      p = wd_json_text_skip_space (p);
      if (*p == ',')
        p = wd_json_text_skip_space (p + 1);
    }
  if (subjects->len == 0)
    return wd_wire_order_refuse (self, name, error, "%s is empty", name);
  g_ptr_array_add (subjects, NULL);
  self->bulk->subjects = (char **) g_ptr_array_steal (subjects, NULL);
  return TRUE;
}

/* Returns: (transfer full) (nullable): a condition as a query would say it; %NULL for what is no
 *   single value */
static char *
plain_value (const char *json)
{
  if (*json == '{' || *json == '[' || strstr (json, "\\u0000") != NULL)
    return NULL;
  return *json == '"' ? wd_json_text_decode (json, strlen (json)) : g_strdup (json);
}

static gboolean
take_filter (WdWireOrder *self, GHashTable *members, GError **error)
{
  const char *name = wd_wire_bulk_filter_name (self->bulk->operation);
  g_autofree char *json = wd_wire_order_take (members, name);
  g_autoptr (GHashTable) conditions = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (json == NULL)
    return TRUE;
  if (*json != '{')
    return wd_wire_order_refuse (self, name, error, "%s must be an object", name);
  conditions = wd_wire_body_parse (json, strlen (json), WD_WIRE_ORDER_DEPTH, error);
  if (conditions == NULL)
    return FALSE;
  self->filter = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, conditions);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      char *plain = plain_value (value);

      if (plain == NULL)
        return wd_wire_order_refuse (self, key, error, "%.60s must be a single value",
                                     (const char *) key);
      /* A null is refused with what is not known: it would be no condition at all. */
      if (*plain == '\0' || strcmp (value, "null") == 0)
        {
          g_free (plain);
          return wd_wire_order_refuse (self, key, error, "%.60s is empty", (const char *) key);
        }
      g_hash_table_insert (self->filter, g_strdup (key), plain);
    }
  return TRUE;
}

static gboolean
take_options (WdWireOrder *self, GHashTable *members, GError **error)
{
  WdBulkRequest *bulk = self->bulk;

  switch (bulk->operation)
    {
    case WD_BULK_RETRY:
      return wd_wire_order_take_boolean (self, members, "reset_retry_count", &bulk->reset, error)
             && wd_wire_order_take_boolean (self, members, "force", &bulk->force, error);
    case WD_BULK_DISPATCH:
      if (!wd_wire_order_take_text (self, members, "job_type", TRUE, &bulk->job_type, error)
          || !wd_wire_order_take_text (self, members, "user_id", FALSE, &bulk->user_id, error)
          || !wd_wire_order_take_priority (self, members, error)
          || !wd_wire_order_take_boolean (self, members, "force", &bulk->force, error))
        return FALSE;
      bulk->priority = self->priority;
      return TRUE;
    case WD_BULK_SET_FLAGS:
    default:
      if (!wd_wire_order_take_flags (self, members, error))
        return FALSE;
      bulk->needs_gas = self->needs_gas;
      bulk->needs_consolidation = self->needs_consolidation;
      return TRUE;
    }
}

static gboolean
check_nothing_left (WdWireOrder *self, GHashTable *members, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, members);
  if (!g_hash_table_iter_next (&iter, &name, NULL))
    return TRUE;
  return wd_wire_order_refuse (self, name, error, "%.60s means nothing here",
                               (const char *) name);
}

static gboolean
take_operation (WdWireOrder *self, GHashTable *members, GError **error)
{
  g_autofree char *word = NULL;
  WdBulkOperation operation;

  if (!wd_wire_order_take_text (self, members, "operation", TRUE, &word, error))
    return FALSE;
  if (!wd_bulk_operation_from_word (word, &operation))
    return wd_wire_order_refuse (self, "operation", error,
                                 "operation must be dispatch, retry or set-flags");
  self->bulk = wd_bulk_request_new (operation);
  return TRUE;
}

/**
 * wd_wire_bulk_order_read:
 * @self: a new order
 * @json: the body, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_INVALID_ARGUMENT; `field` says what it is about
 *
 * Reads what bulk work is asked for: all of it but what the filter means.
 */
gboolean
wd_wire_bulk_order_read (WdWireOrder *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GHashTable) members = wd_wire_body_parse (json, length, WD_WIRE_ORDER_DEPTH, error);

  if (members == NULL || !take_operation (self, members, error)
      || !take_options (self, members, error) || !take_subjects (self, members, error)
      || !take_filter (self, members, error) || !check_nothing_left (self, members, error))
    return FALSE;
  if ((self->filter != NULL) == (self->bulk->subjects != NULL))
    return wd_wire_order_refuse (self, wd_wire_bulk_subjects_name (self->bulk->operation), error,
                                 "Name %s, or the filter %s, and not both",
                                 wd_wire_bulk_subjects_name (self->bulk->operation),
                                 wd_wire_bulk_filter_name (self->bulk->operation));
  return TRUE;
}

/**
 * wd_wire_bulk_order_read_go:
 * @self: a new order
 * @json: the body, with a zero byte behind it; none is as an empty object
 * @length: bytes of it
 * @error: %WD_ERROR_INVALID_ARGUMENT; `field` says what it is about
 *
 * Reads what goes with the word that a run, which the path names, is to go on, stop, or be given
 * up.
 */
gboolean
wd_wire_bulk_order_read_go (WdWireOrder *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GHashTable) members = NULL;
  g_autofree char *confirm = NULL;

  if (length == 0)
    return TRUE;
  members = wd_wire_body_parse (json, length, WD_WIRE_ORDER_DEPTH, error);
  if (members == NULL)
    return FALSE;
  confirm = wd_wire_order_take (members, "confirm");
  if (confirm != NULL
      && !g_ascii_string_to_signed (confirm, 10, 0, G_MAXINT64, &self->confirm, NULL))
    return wd_wire_order_refuse (self, "confirm", error, "confirm must be a whole number");
  return check_nothing_left (self, members, error);
}
