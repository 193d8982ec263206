/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sample/wd-sample-site.h"

G_BEGIN_DECLS

void wd_sample_workers_run (WdSampleSite *site, GCancellable *cancellable);

G_END_DECLS
