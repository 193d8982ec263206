/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/actions/wd-action-dialog.h"
#include "app/actions/wd-sending-row.h"
#include "app/common/wd-banner.h"

G_BEGIN_DECLS

typedef struct {
  WdWindow *window;          /* (weak) (nullable) */
  WdWorkspace *workspace;    /* (owned) (nullable) */
  GListStore *subjects;      /* (owned) */
  GHashTable *by_key;        /* (owned) (element-type utf8 WdSubject) */
  GSimpleActionGroup *actions;   /* (owned) */
  GCancellable *reading;     /* (owned) (nullable) */
  GError *read_error;        /* (owned) (nullable): why nothing newer is known of the subjects */
  gboolean asking;           /* a question is on screen */
  gboolean updating;         /* subjects are being set right, all at once */
  GCancellable *question;    /* (owned) (nullable) */
  GPtrArray *asked;          /* (owned) (nullable) (element-type WdSubject): what that is about */
  WdActionRun *run;          /* (owned) (nullable): while requests are under way */
  gboolean stopping;
  guint n_refused;           /* of the run */
  guint n_done;              /* by the dialog, so the two below */
  guint n_undelivered;
  char *done_job;            /* (owned) (nullable): the last one done */
  char *trouble;             /* (owned) (nullable): why nothing can be sent now */
  char *trouble_details;     /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): what ended the last run early */

  AdwWindowTitle *title;
  GtkButton *cancel;
  GtkButton *go;
  WdSendingRow *sending;
  WdBanner *banner;
  GtkBox *body;
  GtkLabel *summary;
  GtkWidget *scroller;
  GtkListView *view;
} WdActionDialogPrivate;

WdActionDialogPrivate *wd_action_dialog_get_private (WdActionDialog *self);

/* Its state, and that to widgets. */
GPtrArray *wd_action_dialog_collect (WdActionDialogPrivate *priv);
void       wd_action_dialog_update_progress (WdActionDialogPrivate *priv);

/* What it knows of its subjects. */
void wd_action_dialog_refresh (WdActionDialog *self);

/* Its run. */
void wd_action_dialog_begin (WdActionDialog *self);
void wd_action_dialog_tell_done (WdActionDialog *self, WdActionDialogPrivate *priv);
void wd_action_dialog_leave (WdActionDialog *self);

G_END_DECLS
