/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdAddressField:
 * @WD_ADDRESS_HOST: a name or an IP address; an absolute path is a socket
 * @WD_ADDRESS_PORT: its number
 * @WD_ADDRESS_DATABASE: name in PostgreSQL, number in Redis
 * @WD_ADDRESS_USER: role or ACL user
 * @WD_ADDRESS_TLS: PostgreSQL's `sslmode`; in Redis `on`
 *
 * The parts of an address that people fill in one by one.
 */
typedef enum {
  WD_ADDRESS_HOST,
  WD_ADDRESS_PORT,
  WD_ADDRESS_DATABASE,
  WD_ADDRESS_USER,
  WD_ADDRESS_TLS,
} WdAddressField;

#define WD_ADDRESS_N_FIELDS (WD_ADDRESS_TLS + 1)

/**
 * WdAddress:
 * @fields: (array fixed-size=5): by #WdAddressField, decoded; empty where the default holds
 * @rest: (element-type utf8): other parameters as `key=value`, percent-encoded
 *
 * An address in parts, without its password.
 */
typedef struct {
  char *fields[WD_ADDRESS_N_FIELDS];
  GPtrArray *rest;
} WdAddress;

WdAddress  *wd_address_new (void);
void        wd_address_free (WdAddress *self);
const char *wd_address_get (const WdAddress *self, WdAddressField field);
void        wd_address_set (WdAddress *self, WdAddressField field, const char *value);
void        wd_address_append_rest (const WdAddress *self, GString *url, gboolean is_first);
gboolean    wd_address_check_port (const WdAddress *self, const char *server, GError **error);

WdAddress         *wd_address_parse_postgres (const char *text, GError **error);
char              *wd_address_format_postgres (const WdAddress *self);
gboolean           wd_address_check_postgres (const WdAddress *self, GError **error);
const char *const *wd_address_tls_modes (void);

WdAddress *wd_address_parse_redis (const char *text, GError **error);
char      *wd_address_format_redis (const WdAddress *self);
gboolean   wd_address_check_redis (const WdAddress *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAddress, wd_address_free)

G_END_DECLS
