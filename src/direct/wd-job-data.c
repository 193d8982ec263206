/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-job-data.h"

#include <json-glib/json-glib.h>

#include "base/wd-json-text.h"

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * wd_job_data_read:
 * @data: (nullable): of a job, as JSON text
 * @wallet: (out) (transfer full) (nullable): the address of its wallet
 * @user: (out) (transfer full) (nullable): UUID of the wallet's owner
 *
 * By the names that sites use.
 */
void
wd_job_data_read (const char *data, char **wallet, char **user)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonObject *object;
  const char *address, *owner;

  *wallet = *user = NULL;
  /* json-glib takes a piece of the stack for each level. */
  if (data == NULL || !wd_json_text_is_valid (data)
      || !json_parser_load_from_data (parser, data, -1, NULL))
    return;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  object = json_node_get_object (root);
  address = text_member (object, "wallet_address");
  if (address == NULL)
    address = text_member (object, "walletAddress");
  owner = text_member (object, "user_id");
  if (owner == NULL)
    owner = text_member (object, "userId");
  *wallet = g_strdup (address);
  *user = owner != NULL && g_uuid_string_is_valid (owner) ? g_strdup (owner) : NULL;
}
