/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  WD_FIELD_PLAIN = 0,
  WD_FIELD_IDENTITY = 1 << 0,   /* monospaced, with a button that copies it */
  WD_FIELD_COPY = 1 << 1,       /* with a button that copies it */
} WdFieldFlags;

#define WD_TYPE_FIELD_LIST (wd_field_list_get_type ())
G_DECLARE_FINAL_TYPE (WdFieldList, wd_field_list, WD, FIELD_LIST, GtkWidget)

void wd_field_list_set_captions (WdFieldList *self, GtkSizeGroup *captions);
void wd_field_list_set (WdFieldList *self, const char *caption, const char *value,
                        WdFieldFlags flags);
void wd_field_list_set_whole (WdFieldList *self, const char *caption, const char *value,
                              const char *whole, WdFieldFlags flags);
void wd_field_list_set_link (WdFieldList *self, const char *caption, const char *name,
                             const char *action, const char *target);
void wd_field_list_set_visible (WdFieldList *self, const char *caption, gboolean visible);

G_END_DECLS
