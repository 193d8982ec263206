/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bodies of what the service is asked to do. What is wrong is said in the words of the API that
 * clients know, which are the same in every language, with the name of the field. */

#include "wire/wd-wire-order.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-json-text.h"
#include "model/wd-flags.h"
#include "wire/wd-wire-body.h"
#include "wire/wd-wire-order-private.h"

/**
 * wd_wire_order_new:
 *
 * Returns: (transfer full): an order of nothing yet
 */
WdWireOrder *
wd_wire_order_new (void)
{
  WdWireOrder *self = g_new0 (WdWireOrder, 1);

  self->priority = WD_PRIORITY_NORMAL;
  self->needs_gas = self->needs_consolidation = WD_TRISTATE_UNSET;
  self->confirm = -1;
  self->unknown = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * wd_wire_order_free:
 * @self: (transfer full): an order
 */
void
wd_wire_order_free (WdWireOrder *self)
{
  g_free (self->wallet_address);
  g_free (self->user_id);
  g_free (self->trigger);
  g_free (self->job_id);
  g_ptr_array_unref (self->unknown);
  g_clear_pointer (&self->bulk, wd_bulk_request_free);
  g_clear_pointer (&self->filter, g_hash_table_unref);
  g_free (self->field);
  g_free (self);
}

/* Says what is wrong, and with which field. Returns: %FALSE */
gboolean
wd_wire_order_refuse (WdWireOrder *self, const char *field, GError **error, const char *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, text);
  g_free (self->field);
  self->field = g_strdup (field);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the value, taken out of @members; %NULL for none and null */
char *
wd_wire_order_take (GHashTable *members, const char *name)
{
  g_autofree char *key = NULL;
  char *value = NULL;

  if (g_hash_table_steal_extended (members, name, (gpointer *) &key, (gpointer *) &value)
      && strcmp (value, "null") == 0)
    g_clear_pointer (&value, g_free);
  return value;
}

/* An empty text is as none, as clients know it. */
gboolean
wd_wire_order_take_text (WdWireOrder *self, GHashTable *members, const char *name,
                         gboolean required, char **text, GError **error)
{
  g_autofree char *value = wd_wire_order_take (members, name);

  *text = NULL;
  if (value != NULL && *value != '"')
    return wd_wire_order_refuse (self, name, error, "%s must be a string", name);
  if (value != NULL && strstr (value, "\\u0000") != NULL)
    return wd_wire_order_refuse (self, name, error, "%s holds a control character", name);
  if (value != NULL && strcmp (value, "\"\"") != 0)
    *text = wd_json_text_decode (value, strlen (value));
  if (*text == NULL && required)
    return wd_wire_order_refuse (self, name, error, "%s is required", name);
  return TRUE;
}

gboolean
wd_wire_order_take_priority (WdWireOrder *self, GHashTable *members, GError **error)
{
  static const WdPriority known[] = { WD_PRIORITY_LOW, WD_PRIORITY_NORMAL, WD_PRIORITY_HIGH };
  g_autofree char *value = wd_wire_order_take (members, "priority");

  if (value == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *digits = g_strdup_printf ("%d", known[i]);

      if (strcmp (value, digits) == 0)
        {
          self->priority = known[i];
          return TRUE;
        }
    }
  return wd_wire_order_refuse (self, "priority", error,
                               "priority must be 1 (low), 5 (normal) or 10 (high)");
}

static gboolean
take_trigger (WdWireOrder *self, GHashTable *members, GError **error)
{
  if (!wd_wire_order_take_text (self, members, "triggered_by", FALSE, &self->trigger, error))
    return FALSE;
  if (self->trigger == NULL || g_strv_contains (wd_trigger_words (), self->trigger))
    return TRUE;
  return wd_wire_order_refuse (self, "triggered_by", error,
                               "triggered_by must be system, manual, deposit or schedule");
}

/* Returns: whether it is a boolean; unset where it is not there */
static gboolean
read_boolean (const char *value, WdTristate *boolean)
{
  *boolean = WD_TRISTATE_UNSET;
  if (value != NULL && strcmp (value, "true") == 0)
    *boolean = WD_TRISTATE_TRUE;
  else if (value != NULL && strcmp (value, "false") == 0)
    *boolean = WD_TRISTATE_FALSE;
  return value == NULL || *boolean != WD_TRISTATE_UNSET;
}

/* %FALSE where it is not there. */
gboolean
wd_wire_order_take_boolean (WdWireOrder *self, GHashTable *members, const char *name,
                            gboolean *boolean, GError **error)
{
  g_autofree char *text = wd_wire_order_take (members, name);
  WdTristate value;

  if (!read_boolean (text, &value))
    return wd_wire_order_refuse (self, name, error, "%s must be a boolean", name);
  *boolean = value == WD_TRISTATE_TRUE;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What is left is not known here. */
static void
note_unknown (WdWireOrder *self, GHashTable *members)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (self->unknown, g_strdup (name));
  g_ptr_array_sort (self->unknown, compare_names);
}

static gboolean
check_wallet (WdWireOrder *self, GError **error)
{
  if (wd_wallet_address_validate (self->wallet_address, error))
    return TRUE;
  self->field = g_strdup ("wallet_address");
  return FALSE;
}

/**
 * wd_wire_order_read_dispatch:
 * @self: a new order
 * @json: the body, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_INVALID_ARGUMENT; `field` says what it is about
 */
gboolean
wd_wire_order_read_dispatch (WdWireOrder *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GHashTable) members = wd_wire_body_parse (json, length, WD_WIRE_ORDER_DEPTH, error);

  if (members == NULL
      || !wd_wire_order_take_text (self, members, "wallet_address", TRUE, &self->wallet_address,
                                   error)
      || !check_wallet (self, error)
      || !wd_wire_order_take_text (self, members, "user_id", FALSE, &self->user_id, error)
      || !wd_wire_order_take_priority (self, members, error)
      || !take_trigger (self, members, error))
    return FALSE;
  if (self->user_id != NULL && !g_uuid_string_is_valid (self->user_id))
    return wd_wire_order_refuse (self, "user_id", error, "user_id must be a UUID");
  note_unknown (self, members);
  return TRUE;
}

/**
 * wd_wire_order_read_retry:
 * @self: a new order
 * @json: the body, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_INVALID_ARGUMENT; `field` says what it is about
 */
gboolean
wd_wire_order_read_retry (WdWireOrder *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GHashTable) members = wd_wire_body_parse (json, length, WD_WIRE_ORDER_DEPTH, error);

  if (members == NULL
      || !wd_wire_order_take_text (self, members, "job_id", TRUE, &self->job_id, error))
    return FALSE;
  if (!g_uuid_string_is_valid (self->job_id))
    return wd_wire_order_refuse (self, "job_id", error, "job_id must be the UUID of a job's row");
  if (!wd_wire_order_take_boolean (self, members, "reset_retry_count", &self->reset, error)
      || !wd_wire_order_take_boolean (self, members, "force", &self->force, error))
    return FALSE;
  note_unknown (self, members);
  return TRUE;
}

static gboolean
read_flags (WdWireOrder *self, const char *json, GError **error)
{
  g_autoptr (GHashTable) flags = wd_wire_body_parse (json, strlen (json), WD_WIRE_ORDER_DEPTH,
                                                        error);
  const struct {
    const char *name;
    WdTristate *value;
  } known[] = {
    { wd_flag_column (WD_FLAG_NEEDS_GAS), &self->needs_gas },
    { wd_flag_column (WD_FLAG_NEEDS_CONSOLIDATION), &self->needs_consolidation },
  };
  gsize n = 0;

  if (flags == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const char *value = g_hash_table_lookup (flags, known[i].name);

      if (!read_boolean (value, known[i].value))
        return wd_wire_order_refuse (self, known[i].name, error, "Flag %s must be a boolean",
                                     known[i].name);
      n += value != NULL;
    }
  if (g_hash_table_size (flags) > n)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, flags);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (strcmp (name, known[0].name) != 0 && strcmp (name, known[1].name) != 0)
          return wd_wire_order_refuse (self, "flags", error, "Invalid flag: %s",
                                       (const char *) name);
    }
  if (n == 0)
    return wd_wire_order_refuse (self, "flags", error,
                                 "flags is empty: name needs_gas, needs_consolidation or both");
  return TRUE;
}

/* Which flags, and to what. */
gboolean
wd_wire_order_take_flags (WdWireOrder *self, GHashTable *members, GError **error)
{
  g_autofree char *flags = wd_wire_order_take (members, "flags");

  if (flags == NULL || *flags != '{')
    return wd_wire_order_refuse (self, "flags", error, "flags object is required");
  return read_flags (self, flags, error);
}

/**
 * wd_wire_order_read_flags:
 * @self: a new order
 * @json: the body, with a zero byte behind it
 * @length: bytes of it
 * @error: %WD_ERROR_INVALID_ARGUMENT; `field` says what it is about
 */
gboolean
wd_wire_order_read_flags (WdWireOrder *self, const char *json, gsize length, GError **error)
{
  g_autoptr (GHashTable) members = wd_wire_body_parse (json, length, WD_WIRE_ORDER_DEPTH, error);

  if (members == NULL
      || !wd_wire_order_take_text (self, members, "wallet_address", TRUE, &self->wallet_address,
                                   error)
      || !check_wallet (self, error) || !wd_wire_order_take_flags (self, members, error))
    return FALSE;
  note_unknown (self, members);
  return TRUE;
}
