/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WdJsonWriter WdJsonWriter;

WdJsonWriter *wd_json_writer_new (void);
WdJsonWriter *wd_json_writer_new_sized (gsize size);
char         *wd_json_writer_finish (WdJsonWriter *self);
char         *wd_json_writer_finish_line (WdJsonWriter *self);
void          wd_json_writer_free (WdJsonWriter *self);

void wd_json_writer_begin_object (WdJsonWriter *self);
void wd_json_writer_end_object (WdJsonWriter *self);
void wd_json_writer_begin_array (WdJsonWriter *self);
void wd_json_writer_end_array (WdJsonWriter *self);
void wd_json_writer_name (WdJsonWriter *self, const char *name);
void wd_json_writer_string (WdJsonWriter *self, const char *value);
void wd_json_writer_int (WdJsonWriter *self, gint64 value);
void wd_json_writer_boolean (WdJsonWriter *self, gboolean value);
void wd_json_writer_null (WdJsonWriter *self);
void wd_json_writer_raw (WdJsonWriter *self, const char *json);

void wd_json_writer_string_member (WdJsonWriter *self, const char *name, const char *value);
void wd_json_writer_int_member (WdJsonWriter *self, const char *name, gint64 value);
void wd_json_writer_boolean_member (WdJsonWriter *self, const char *name, gboolean value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdJsonWriter, wd_json_writer_free)

G_END_DECLS
