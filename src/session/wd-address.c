/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

/**
 * wd_address_new:
 *
 * Returns: (transfer full): an address of which everything is the default
 */
WdAddress *
wd_address_new (void)
{
  WdAddress *self = g_new0 (WdAddress, 1);

  for (guint i = 0; i < WD_ADDRESS_N_FIELDS; i++)
    self->fields[i] = g_strdup ("");
  self->rest = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * wd_address_free:
 * @self: (transfer full) (nullable): an address
 */
void
wd_address_free (WdAddress *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < WD_ADDRESS_N_FIELDS; i++)
    g_free (self->fields[i]);
  g_ptr_array_unref (self->rest);
  g_free (self);
}

/**
 * wd_address_get:
 * @self: (nullable): an address
 * @field: which part
 *
 * Returns: (transfer none): its text, empty where the default holds
 */
const char *
wd_address_get (const WdAddress *self, WdAddressField field)
{
  g_return_val_if_fail (field < WD_ADDRESS_N_FIELDS, "");

  return self != NULL ? self->fields[field] : "";
}

/**
 * wd_address_set:
 * @self: an address
 * @field: which part
 * @value: (nullable): its text; %NULL is the default
 */
void
wd_address_set (WdAddress *self, WdAddressField field, const char *value)
{
  char *copy = g_strdup (value != NULL ? value : "");

  g_return_if_fail (field < WD_ADDRESS_N_FIELDS);

  g_free (self->fields[field]);
  self->fields[field] = copy;
}

/**
 * wd_address_append_rest:
 * @self: an address
 * @url: gets the parameters that no field shows
 * @is_first: whether none stands there yet
 */
void
wd_address_append_rest (const WdAddress *self, GString *url, gboolean is_first)
{
  for (guint i = 0; i < self->rest->len; i++)
    {
      g_string_append_c (url, is_first ? '?' : '&');
      g_string_append (url, self->rest->pdata[i]);
      is_first = FALSE;
    }
}

/**
 * wd_address_check_port:
 * @self: an address
 * @server: what stands there, for the message
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether its port, or each of several, is one or the default
 */
gboolean
wd_address_check_port (const WdAddress *self, const char *server, GError **error)
{
  g_auto (GStrv) ports = g_strsplit (self->fields[WD_ADDRESS_PORT], ",", -1);

  for (char **port = ports; *port != NULL; port++)
    if (**port != '\0' && !g_ascii_string_to_unsigned (*port, 10, 1, G_MAXUINT16, NULL, NULL))
      {
        g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                     _("The port of %s is not a number from 1 to 65535"), server);
        return FALSE;
      }
  return TRUE;
}
