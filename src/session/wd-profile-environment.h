/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"

G_BEGIN_DECLS

WdProfile *wd_profile_from_environment (GError **error);

G_END_DECLS
