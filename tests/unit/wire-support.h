/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "model/wd-job.h"

G_BEGIN_DECLS

#define MIDDAY G_GINT64_CONSTANT (1763899200123456)     /* 2025-11-23T12:00:00.123456Z */

char  *finish (WdJsonWriter *writer);
void   assert_has (const char *document, const char *part);
void   assert_members (const char *document, const char *path, const char *const *expected);
WdJob *make_job (const char *data);

G_END_DECLS
