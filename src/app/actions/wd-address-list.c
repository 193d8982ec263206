/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/actions/wd-address-list.h"

#include "model/wd-request.h"

/* What people paste addresses between. */
#define SEPARATORS " \t\r\n,;|\"'“”<>()[]{}"

static void
add_word (WdAddressList *self, GHashTable *seen, const char *word)
{
  if (!wd_wallet_address_validate (word, NULL))
    self->n_invalid++;
  else if (g_hash_table_contains (seen, word))
    self->n_repeated++;
  else
    {
      char *address = g_strdup (word);

      g_ptr_array_add (self->addresses, address);
      g_hash_table_add (seen, address);
    }
}

/**
 * wd_address_list_parse:
 * @text: as typed or pasted: addresses with anything between them that is none
 *
 * Returns: (transfer full): the addresses in it, in their order
 */
WdAddressList *
wd_address_list_parse (const char *text)
{
  WdAddressList *self = g_new0 (WdAddressList, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) word = g_string_new (NULL);

  self->addresses = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != 0 && !g_unichar_isspace (c) && g_utf8_strchr (SEPARATORS, -1, c) == NULL)
        {
          g_string_append_unichar (word, c);
          continue;
        }
      if (word->len > 0)
        add_word (self, seen, word->str);
      g_string_truncate (word, 0);
      if (c == 0)
        break;
    }
  return self;
}

/**
 * wd_address_list_free:
 * @self: (transfer full): a list
 */
void
wd_address_list_free (WdAddressList *self)
{
  g_ptr_array_unref (self->addresses);
  g_free (self);
}
