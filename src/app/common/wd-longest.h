/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint wd_longest_age (void);
guint wd_longest_job_status (void);
guint wd_longest_job_type (void);
guint wd_longest_trigger (void);

G_END_DECLS
