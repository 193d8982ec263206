/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/wd-alert-engine.h"

G_BEGIN_DECLS

/**
 * WdAlertAnswer:
 * @changes: (owned) (element-type WdAlertChange): since the last answer
 * @incidents: (owned) (element-type WdIncident): open ones, and lately resolved ones
 * @history: (owned) (nullable) (element-type WdIncident): what was, the newest first, if asked for
 * @rules: (owned): what is an incident
 * @problem: (owned) (nullable): what of the files could not be read or written, in sentences
 *
 * What became of a request.
 */
typedef struct {
  GPtrArray *changes;
  GPtrArray *incidents;
  GPtrArray *history;
  WdAlertRules *rules;
  char *problem;
} WdAlertAnswer;

void wd_alert_answer_free (WdAlertAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAlertAnswer, wd_alert_answer_free)

G_END_DECLS
