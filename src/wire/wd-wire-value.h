/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-json-writer.h"
#include "base/wd-time.h"
#include "model/wd-wallet.h"

G_BEGIN_DECLS

/* Members whose model value may say “none”, which is null in every document. */

void wd_wire_time_member (WdJsonWriter *writer, const char *name, WdTime time);
void wd_wire_count_member (WdJsonWriter *writer, const char *name, gint64 count);
void wd_wire_int_member (WdJsonWriter *writer, const char *name, gint64 value);
void wd_wire_tristate_member (WdJsonWriter *writer, const char *name, WdTristate value);
void wd_wire_raw_member (WdJsonWriter *writer, const char *name, const char *json);
void wd_wire_strings_member (WdJsonWriter *writer, const char *name, const char *const *values);

G_END_DECLS
