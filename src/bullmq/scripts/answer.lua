-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Shared: what a script answers for each of many jobs. Nearly all say “done”: so there is a
-- character for each job, and a word with its detail only for those that say more.

local CHARACTERS = { done = 'd', already = 'a', discarded = 'x', exists = 'e' }

local function new_answer(n)
  return { n = n, words = {}, details = {} }
end

-- A job of which nothing is set is done.
local function set_answer(answer, i, word, why)
  answer.words[i] = word
  answer.details[i] = why
end

-- What concerns all that are done.
local function warn_done(answer, trouble)
  for i = 1, answer.n do
    if (answer.words[i] or 'done') == 'done' then
      set_answer(answer, i, 'warned', trouble)
    end
  end
end

-- Returns 'ok', the characters, then word and detail for each '?' in order.
local function close_answer(answer)
  if not next(answer.words) then
    return { 'ok', string.rep('d', answer.n) }
  end
  local texts, characters = { 'ok', '' }, {}
  for i = 1, answer.n do
    local word = answer.words[i] or 'done'
    characters[i] = CHARACTERS[word] or '?'
    if not CHARACTERS[word] then
      texts[#texts + 1], texts[#texts + 2] = word, answer.details[i] or ''
    end
  end
  texts[2] = table.concat(characters)
  return texts
end
