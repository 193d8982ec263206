/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"

G_BEGIN_DECLS

WdProfile *wd_profile_open (const char *name, GCancellable *cancellable, GError **keyring_error,
                            GError **error);

G_END_DECLS
