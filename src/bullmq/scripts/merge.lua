-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: the other way of merging the two waiting lists.

-- Moves the ids of `paused` before those of `wait`, in order. Returns whether all were moved, and
-- an error's text.
local function move_paused_to_wait(queue)
  if queue.in_paused == 0 then
    return true
  end
  if queue.in_wait == 0 then
    local problem = try('RENAME', key.paused, key.wait)
    return not problem, problem
  end
  -- Pushed but not cut off, an id would run twice: cutting must be allowed before that.
  local problem = try('LTRIM', key.paused, 0, -1)
  local most = math.min(queue.in_paused, MOST_MOVED)
  for at = 0, problem and -1 or most - 1, 1000 do
    local n = math.min(1000, most - at)
    local ids
    problem, ids = try('LRANGE', key.paused, 0, n - 1)
    problem = problem or try('RPUSH', key.wait, unpack(ids))
    if problem then
      break
    end
    try('LTRIM', key.paused, n, -1)
  end
  return not problem and queue.in_paused <= MOST_MOVED, problem
end
