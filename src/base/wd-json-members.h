/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdJsonMember:
 * @key: (nullable): its name with its quotes, in the text; %NULL in an array
 * @key_length: bytes of it
 * @value: where its value begins, in the text
 * @length: bytes of it
 */
typedef struct {
  const char *key;
  gsize key_length;
  const char *value;
  gsize length;
} WdJsonMember;

/**
 * WdJsonMembers:
 * @next: (nullable): where the next member begins, in the text; %NULL behind the last one
 * @in_object: else in an array
 *
 * A way through what is in an object or an array, on the stack.
 */
typedef struct {
  const char *next;
  gboolean in_object;
} WdJsonMembers;

void     wd_json_members_begin (WdJsonMembers *self, const char *container);
gboolean wd_json_members_next (WdJsonMembers *self, WdJsonMember *member);

G_END_DECLS
