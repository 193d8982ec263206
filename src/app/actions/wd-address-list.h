/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdAddressList:
 * @addresses: (element-type utf8): what can be an address, each once
 * @n_invalid: words that cannot
 * @n_repeated: words that came before
 */
typedef struct {
  GPtrArray *addresses;
  guint n_invalid;
  guint n_repeated;
} WdAddressList;

WdAddressList *wd_address_list_parse (const char *text);
void           wd_address_list_free (WdAddressList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAddressList, wd_address_list_free)

G_END_DECLS
