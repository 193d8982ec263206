-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: what a script answers for each of many jobs. Nearly all say “done”: so there is a
-- character for each job, and a word with its detail only for those that say more.

local CHARACTERS = { done = 'd', already = 'a', discarded = 'x', exists = 'e' }

local function new_answer(n)
  return { n = n, characters = {}, rest = {} }
end

local function set_answer(answer, i, word, why)
  local character = CHARACTERS[word]
  answer.characters[i] = character or '?'
  answer.rest[i] = not character and { word, why or '' } or nil
end

-- Returns 'ok', the characters, then word and detail for each '?' in order.
local function close_answer(answer)
  local texts = { 'ok', table.concat(answer.characters) }
  for i = 1, answer.n do
    local rest = answer.rest[i]
    if rest then
      texts[#texts + 1], texts[#texts + 2] = rest[1], rest[2]
    end
  end
  return texts
end
