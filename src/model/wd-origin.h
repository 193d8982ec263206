/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-actor.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdOrigin:
 * @name: who asks: the name of a token
 * @address: (nullable): from where
 * @key: (nullable): under which the answer is kept: asked twice, it is done once
 * @hash: (nullable): of what is asked under @key, as text
 *
 * On whose behalf a program does something, where that is not the person who runs it. Immutable
 * once published.
 */
typedef struct {
  char *name;
  char *address;
  char *key;
  char *hash;
} WdOrigin;

WD_DECLARE_RECORD (WdOrigin, wd_origin)

WdOrigin *wd_origin_create (const char *name, const char *address);
WdActor   wd_origin_get_actor (const WdOrigin *self);

G_END_DECLS
