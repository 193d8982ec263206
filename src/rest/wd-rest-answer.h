/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "base/wd-time.h"
#include "wire/wd-wire-offers.h"

G_BEGIN_DECLS

/**
 * WdRestAnswer:
 * @host: who answered
 * @status: of HTTP
 * @phrase: what HTTP calls that
 * @text: the body, with a zero byte behind it
 * @length: bytes of it
 * @date: by the server's clock, or %WD_TIME_NONE
 * @retry_after_ms: when to ask again, in milliseconds; -1 where it does not say
 * @had_token: it was asked with one
 * @honours_keys: it says that it writes nothing twice under one key
 * @tells_offers: it says what it can do beside what all do
 * @offers: that
 * @key: (nullable): the key under which it wrote
 *
 * What came back, whatever it is.
 */
typedef struct {
  char *host;
  guint status;
  char *phrase;
  char *text;
  gsize length;
  WdTime date;
  int retry_after_ms;
  gboolean had_token;
  gboolean honours_keys;
  gboolean tells_offers;
  WdOffers offers;
  char *key;
} WdRestAnswer;

WdRestAnswer *wd_rest_answer_new (SoupMessage *message, GByteArray *body, const char *host);
void          wd_rest_answer_free (WdRestAnswer *self);
gboolean      wd_rest_answer_is_good (const WdRestAnswer *self);
gboolean      wd_rest_answer_is_redirect (const WdRestAnswer *self);
gboolean      wd_rest_answer_may_pass (const WdRestAnswer *self);
void          wd_rest_answer_explain (const WdRestAnswer *self, GError **error);
void          wd_rest_answer_prefix (const WdRestAnswer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRestAnswer, wd_rest_answer_free)

G_END_DECLS
