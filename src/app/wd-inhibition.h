/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WdInhibition WdInhibition;

WdInhibition *wd_inhibition_new (const char *reason);
void          wd_inhibition_free (WdInhibition *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdInhibition, wd_inhibition_free)

G_END_DECLS
