/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-record.h"

G_BEGIN_DECLS

typedef enum {
  WD_CHECK_OK,
  WD_CHECK_WARNING,
  WD_CHECK_ERROR,
  WD_CHECK_UNKNOWN,
} WdCheckStatus;

/**
 * WdCheckAdvice:
 * @WD_CHECK_NO_ADVICE: @message says what to do, or there is nothing
 * @WD_CHECK_MIGRATE: apply the migrations
 * @WD_CHECK_SEND: look at what was not delivered, and send it
 *
 * What to do about a finding where each surface has a way of its own.
 */
typedef enum {
  WD_CHECK_NO_ADVICE,
  WD_CHECK_MIGRATE,
  WD_CHECK_SEND,
} WdCheckAdvice;

/**
 * WdCheck:
 * @name: stable word, such as `redis-eviction`
 * @status: how it stands
 * @message: what was found, and what to do about it
 * @advice: what to do about it, for a surface to say after @message
 * @remedy: (nullable): the statements within @message that mend it, to be run as they stand
 *
 * One line of doctor's.
 */
typedef struct {
  char *name;
  WdCheckStatus status;
  char *message;
  WdCheckAdvice advice;
  char *remedy;
} WdCheck;

WdCheck    *wd_check_new (const char *name, WdCheckStatus status, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
void        wd_check_take_remedy (WdCheck *self, char *remedy);
char       *wd_check_dup_message (const WdCheck *self, const char *const *advices);
void        wd_check_free (WdCheck *self);
const char *wd_check_status_word (WdCheckStatus status);

G_END_DECLS
