/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-run.h"
#include "app/actions/wd-subject.h"
#include "app/wd-window.h"

G_BEGIN_DECLS

#define WD_TYPE_ACTION_DIALOG (wd_action_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (WdActionDialog, wd_action_dialog, WD, ACTION_DIALOG, AdwWindow)

/**
 * WdActionDialogClass:
 * @add_requests: puts the requests for some subjects into a run
 * @get_key: of the subject that a job of a result is about
 * @describe_go: what the main button says for so many subjects, with its mnemonic
 * @describe_done: a sentence about so many that were done, of which so many are not delivered yet
 * @describe_question: what a production connection asks before so many
 * @look: reads what there is to know of the subjects, between wd_action_dialog_begin_reading() and
 *   wd_action_dialog_end_reading()
 * @unreadable: why nothing can be sent while that cannot be read, to be translated
 * @is_ready: whether it is known what would happen; else the button cannot be pressed
 * @update: state to the widgets of the subclass
 * @get_job_type: (nullable): of what kind the jobs are that are shown where several were done
 * @removed: (nullable): a subject was taken off the list
 *
 * All returned texts are owned by the caller.
 */
struct _WdActionDialogClass {
  AdwWindowClass parent_class;

  void (*add_requests) (WdActionDialog *self, WdActionRun *run, GPtrArray *subjects);
  const char *(*get_key) (const WdJob *job);
  char *(*describe_go) (WdActionDialog *self, guint n_subjects);
  char *(*describe_done) (WdActionDialog *self, guint n_done, guint n_undelivered);
  char *(*describe_question) (WdActionDialog *self, guint n_subjects);
  void (*look) (WdActionDialog *self);
  const char *unreadable;
  gboolean (*is_ready) (WdActionDialog *self);
  void (*update) (WdActionDialog *self);
  const char *(*get_job_type) (WdActionDialog *self);
  void (*removed) (WdActionDialog *self);
};

void         wd_action_dialog_set_up (WdActionDialog *self, WdWindow *window,
                                      WdWorkspace *workspace);
WdWorkspace *wd_action_dialog_get_workspace (WdActionDialog *self);
void         wd_action_dialog_set_controls (WdActionDialog *self, GtkWidget *controls);
void         wd_action_dialog_add_subject (WdActionDialog *self, WdSubject *subject);
WdSubject   *wd_action_dialog_find_subject (WdActionDialog *self, const char *key);
GListModel  *wd_action_dialog_get_subjects (WdActionDialog *self);
void         wd_action_dialog_set_trouble (WdActionDialog *self, const char *text,
                                           const char *details);
void         wd_action_dialog_set_summary (WdActionDialog *self, const char *summary);
void         wd_action_dialog_set_list_name (WdActionDialog *self, const char *name);
gboolean     wd_action_dialog_is_running (WdActionDialog *self);

GCancellable *wd_action_dialog_begin_reading (WdActionDialog *self);
void          wd_action_dialog_stop_reading (WdActionDialog *self);
gboolean      wd_action_dialog_end_reading (WdActionDialog *self, GError *error);

void         wd_action_dialog_update (WdActionDialog *self);

G_END_DECLS
