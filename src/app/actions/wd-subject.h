/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WdSubjectState:
 * @WD_SUBJECT_READY: nothing was done to it
 * @WD_SUBJECT_SENDING: under way
 * @WD_SUBJECT_DONE: done; never again
 * @WD_SUBJECT_UNDELIVERED: written, and not known to be in its queue; never again
 * @WD_SUBJECT_REFUSED: nothing was done to it, and why; may be tried again
 * @WD_SUBJECT_UNKNOWN: may have been done; never again from here
 */
typedef enum {
  WD_SUBJECT_READY,
  WD_SUBJECT_SENDING,
  WD_SUBJECT_DONE,
  WD_SUBJECT_UNDELIVERED,
  WD_SUBJECT_REFUSED,
  WD_SUBJECT_UNKNOWN,
} WdSubjectState;

#define WD_TYPE_SUBJECT (wd_subject_get_type ())
G_DECLARE_FINAL_TYPE (WdSubject, wd_subject, WD, SUBJECT, GObject)

WdSubject     *wd_subject_new (const char *key, const char *title);
const char    *wd_subject_get_key (WdSubject *self);
const char    *wd_subject_get_title (WdSubject *self);
void           wd_subject_set_removable (WdSubject *self);
gboolean       wd_subject_is_removable (WdSubject *self);
void           wd_subject_describe (WdSubject *self, const char *subtitle, const char *figure);
const char    *wd_subject_get_subtitle (WdSubject *self);
const char    *wd_subject_get_figure (WdSubject *self);
void           wd_subject_warn (WdSubject *self, const char *warning, const char *offer,
                                const char *job);
const char    *wd_subject_get_warning (WdSubject *self);
const char    *wd_subject_get_offer (WdSubject *self);
const char    *wd_subject_get_job (WdSubject *self);
void           wd_subject_accept (WdSubject *self, gboolean accepted);
gboolean       wd_subject_is_accepted (WdSubject *self);
void           wd_subject_settle (WdSubject *self, WdSubjectState state, const char *outcome,
                                  const char *job);
WdSubjectState wd_subject_get_state (WdSubject *self);
const char    *wd_subject_get_outcome (WdSubject *self);
const char    *wd_subject_get_outcome_job (WdSubject *self);
gboolean       wd_subject_is_open (WdSubject *self);
gboolean       wd_subject_may_go (WdSubject *self);

G_END_DECLS
