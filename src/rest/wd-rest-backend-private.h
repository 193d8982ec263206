/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rest/wd-rest-backend.h"

G_BEGIN_DECLS

void wd_rest_backend_add_refusals (WdBackendInterface *iface);

G_END_DECLS
