/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest line, and most data of one event, in bytes. */
#define WD_SSE_LINE_MAX 16384
#define WD_SSE_DATA_MAX 65536

/**
 * WdSseFunc:
 * @name: of the event; `message` where it has none
 * @data: of it, lines joined, with a zero byte behind it
 * @length: bytes of it
 * @user_data: as given
 * @error: why no more is wanted
 *
 * Takes one event.
 */
typedef gboolean (*WdSseFunc) (const char *name, const char *data, gsize length,
                               gpointer user_data, GError **error);

/**
 * WdSseParser:
 *
 * Server-sent events out of bytes, as they come. One thread.
 */
typedef struct _WdSseParser WdSseParser;

WdSseParser *wd_sse_parser_new (WdSseFunc func, gpointer data);
void         wd_sse_parser_free (WdSseParser *self);
void         wd_sse_parser_begin (WdSseParser *self);
gboolean     wd_sse_parser_feed (WdSseParser *self, const guint8 *bytes, gsize length,
                                 GError **error);
const char  *wd_sse_parser_get_last_id (WdSseParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSseParser, wd_sse_parser_free)

G_END_DECLS
