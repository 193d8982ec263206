/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The desktop as confined programs ask it; others may. */
#define WD_PORTAL      "org.freedesktop.portal.Desktop"
#define WD_PORTAL_PATH "/org/freedesktop/portal/desktop"
