/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-profile.h"
#include "session/wd-alert-answer.h"

G_BEGIN_DECLS

/**
 * WdAlertWork:
 * @WD_ALERT_WORK_LOOK: at a reading, or only at what others did
 * @WD_ALERT_WORK_ACKNOWLEDGE: an incident
 * @WD_ALERT_WORK_SNOOZE: an incident
 * @WD_ALERT_WORK_SAVE_RULES: for the next readings
 * @WD_ALERT_WORK_LOAD_HISTORY: besides
 *
 * What is to be done at a desk.
 */
typedef enum {
  WD_ALERT_WORK_LOOK,
  WD_ALERT_WORK_ACKNOWLEDGE,
  WD_ALERT_WORK_SNOOZE,
  WD_ALERT_WORK_SAVE_RULES,
  WD_ALERT_WORK_LOAD_HISTORY,
} WdAlertWork;

/**
 * WdAlertRequest:
 * @work: what is to be done
 * @reading: (owned) (nullable): what was measured
 * @zone: (owned): in which quiet hours are meant
 * @notifies: whether whoever asks tells people of what they are to be told
 * @id: (owned) (nullable): of an incident
 * @rules: (owned) (nullable): to be kept
 * @until: of a snooze
 * @now: when it was asked
 * @answer: (owned) (nullable): what became of it
 *
 * One request. The worker has it until it is answered.
 */
typedef struct {
  WdAlertWork work;
  WdReading *reading;
  GTimeZone *zone;
  gboolean notifies;
  char *id;
  WdAlertRules *rules;
  WdTime until;
  WdTime now;
  WdAlertAnswer *answer;
} WdAlertRequest;

/**
 * WdAlertDesk:
 *
 * Where requests about the alerts of one connection are worked off, one after the other.
 */
typedef struct _WdAlertDesk WdAlertDesk;

WdAlertDesk *wd_alert_desk_new (const WdProfile *profile);
void         wd_alert_desk_free (WdAlertDesk *self);
void         wd_alert_desk_work (GTask *task, gpointer resource, gpointer task_data,
                                 GCancellable *cancellable);
void         wd_alert_request_free (WdAlertRequest *self);

char *wd_alert_desk_make_key (const WdProfile *profile);

G_END_DECLS
