/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-profile-backend.h"

#include "direct/wd-direct-backend.h"
#include "rest/wd-rest-backend.h"

/**
 * wd_profile_make_backend:
 * @profile: where to connect
 *
 * Returns: (transfer full): what asks that connection's servers, or its remote dashboard; it
 *   connects with its first call
 */
WdBackend *
wd_profile_make_backend (WdProfile *profile)
{
  return profile->api_url != NULL ? wd_rest_backend_new (profile) : wd_direct_backend_new (profile);
}

/**
 * wd_profile_close_backend:
 * @backend: one that wd_profile_make_backend() made and nobody will ask any more
 * @milliseconds: to wait at most for each lane
 *
 * For a program about to exit: takes leave of the servers in good order. Blocks.
 */
void
wd_profile_close_backend (WdBackend *backend, guint milliseconds)
{
  if (WD_IS_REST_BACKEND (backend))
    wd_rest_backend_close (WD_REST_BACKEND (backend), milliseconds);
  else
    wd_direct_backend_close (WD_DIRECT_BACKEND (backend), milliseconds);
}

/**
 * wd_profile_sees_queues:
 * @profile: a connection
 * @backend: its own
 *
 * Returns: whether it sees queues, when nothing is in the way
 */
gboolean
wd_profile_sees_queues (const WdProfile *profile, WdBackend *backend)
{
  return profile->api_url == NULL ? profile->redis_url != NULL
                                  : wd_backend_get_lack (backend, WD_ABILITY_QUEUES) == NULL;
}
