// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Both majors under one roof, and connections from the URLs that the C programs take.

import { readFileSync } from 'node:fs';

const MAJORS = { 5: 'bullmq5', 6: 'bullmq6' };

export async function loadBullmq(major) {
  const name = MAJORS[major];
  if (!name)
    throw new Error(`no BullMQ of major version ${major} here, only ${Object.keys(MAJORS)}`);
  return import(name);
}

// redis+unix:///path?db=N, redis:// and rediss:// (CA from WD_TEST_CA) as ioredis options.
export function redisOptions(text) {
  if (!text)
    throw new Error('no Redis: give --redis URL or set REDIS_URL');
  const url = new URL(text);
  const options = { maxRetriesPerRequest: null };

  if (url.username)
    options.username = decodeURIComponent(url.username);
  if (url.password)
    options.password = decodeURIComponent(url.password);
  if (url.protocol === 'redis+unix:') {
    options.path = decodeURIComponent(url.pathname);
    options.db = Number(url.searchParams.get('db') ?? 0);
    return options;
  }
  options.host = url.hostname;
  options.port = Number(url.port || 6379);
  options.db = Number(url.pathname.slice(1) || 0);
  if (url.protocol === 'rediss:') {
    const ca = process.env.WD_TEST_CA;
    options.tls = ca ? { ca: readFileSync(ca) } : {};
  }
  return options;
}
