/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-ears.h"
#include "model/wd-profile.h"
#include "rest/wd-rest-server.h"

G_BEGIN_DECLS

WdEars *wd_rest_ears_new (WdProfile *profile, WdRestServer *server);

G_END_DECLS
