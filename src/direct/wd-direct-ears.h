/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-ears.h"
#include "direct/wd-queue-news.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

WdEars *wd_direct_ears_new (WdProfile *profile, WdQueueNews *news);

G_END_DECLS
