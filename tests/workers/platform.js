#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The wallet platform: notices what wallets need, sets their flags, and hands the work to its
// queues, a row of job_logs first. Ends with its standard input.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { loadBullmq, redisOptions } from './lib/bullmq.js';
import { seededRandom } from './lib/random.js';

const KINDS = {
  'gas-topup': { queue: 'gas-topup', name: 'topup', backoff: 5000 },
  consolidation: { queue: 'consolidation', name: 'consolidate', backoff: 5000 },
  sync: { queue: 'sync-balances', name: 'sync', backoff: 1000 },
  'deposit-detection': { queue: 'deposit-detection', name: 'detect', backoff: 5000 },
};

const { values: options } = parseArgs({
  options: {
    major: { type: 'string', default: '5' },
    prefix: { type: 'string', default: 'bull' },
    redis: { type: 'string', default: process.env.REDIS_URL },
    database: { type: 'string', default: process.env.DATABASE_URL },
    rate: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});

const random = seededRandom(Number(options.seed));
const { Queue } = await loadBullmq(options.major);
const database = new pg.Pool({
  connectionString: options.database, max: 2, application_name: 'platform',
});
database.on('error', () => {});
const queues = Object.fromEntries(Object.values(KINDS).map(({ queue }) => [
  queue, new Queue(queue, { connection: redisOptions(options.redis), prefix: options.prefix }),
]));
for (const queue of Object.values(queues))
  queue.on('error', error => console.error(error.message));

async function randomWallet(condition = 'true') {
  const { rows } = await database.query(
    `SELECT address, user_id, network FROM user_wallets WHERE ${condition}
     ORDER BY md5(address || $1) LIMIT 1`, [String(random())]);
  return rows[0];
}

// The row first: a worker may be faster than an INSERT that follows the add.
async function dispatch(type, data, triggeredBy, opts = {}) {
  const { queue, name, backoff } = KINDS[type];
  const id = randomUUID();
  await database.query(
    `INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, user_id, triggered_by,
       data, retry_count, max_retries)
     VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7, 0, 3)`,
    [id, id, type, data.wallet_address ?? null, data.user_id ?? null, triggeredBy,
      JSON.stringify(data)]);
  await queues[queue].add(name, data, {
    jobId: id, attempts: 3, backoff: { type: 'exponential', delay: backoff },
    removeOnComplete: true, ...opts,
  });
}

function payload(wallet) {
  return {
    wallet_address: wallet.address, user_id: wallet.user_id, priority: 5,
    created_at: new Date().toISOString(),
  };
}

async function topUp(wallet, triggeredBy) {
  await database.query(
    'UPDATE user_wallets SET needs_gas = true, updated_at = now() WHERE address = $1',
    [wallet.address]);
  await dispatch('gas-topup', payload(wallet), triggeredBy);
}

async function deposit() {
  const wallet = await randomWallet();
  const amount = (1 + random() * 900).toFixed(6);
  await dispatch('deposit-detection', {
    network: wallet.network, from_block: 61204000 + Math.floor(random() * 5000), blocks: 20,
  }, 'schedule');
  await database.query(
    `UPDATE user_wallets SET balance = balance + $2, needs_consolidation = true,
       updated_at = now() WHERE address = $1`, [wallet.address, amount]);
  if (random() < 0.3)
    await topUp(wallet, 'deposit');
}

async function consolidate() {
  const wallet = await randomWallet('needs_consolidation') ?? await randomWallet();
  const later = random() < 0.25;
  await dispatch('consolidation', payload(wallet), later ? 'schedule' : 'system',
    later ? { delay: 20000 + Math.floor(random() * 60000) } : {});
}

// The platform's own script, which knows nothing of job_logs: an id by BullMQ, no row.
function syncEverything() {
  return queues['sync-balances'].add('sync', { global: true }, { removeOnComplete: true });
}

async function step() {
  const chance = random();
  if (chance < 0.5)
    await dispatch('sync', payload(await randomWallet()), 'schedule');
  else if (chance < 0.72)
    await deposit();
  else if (chance < 0.86)
    await topUp(await randomWallet('NOT needs_gas'), 'system');
  else if (chance < 0.97)
    await consolidate();
  else
    await syncEverything();
}

process.stdin.resume().on('end', () => process.exit(0));
await database.query('SELECT 1');
console.log('ready');
for (;;) {
  await sleep(60000 / Number(options.rate) * (0.4 + 1.2 * random()));
  try {
    await step();
  } catch (error) {
    console.error(error.message);
  }
}
