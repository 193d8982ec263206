#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Real BullMQ workers of a wallet platform. Prints "ready" once connected; with --attached it
// takes "hold" (answered by "held"), "release" and "close" on standard input and ends when that
// ends.

import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { loadBullmq, redisOptions } from './lib/bullmq.js';
import { believableError } from './lib/errors.js';
import { JobLogs } from './lib/job-logs.js';
import { seededRandom } from './lib/random.js';

const QUEUES = ['gas-topup', 'consolidation', 'sync-balances', 'deposit-detection'];

// Shortest and longest run in ms.
const DURATIONS = {
  'gas-topup': [1500, 6000],
  consolidation: [3000, 12000],
  'sync-balances': [300, 2500],
  'deposit-detection': [800, 4000],
};

const { values: options } = parseArgs({
  options: {
    major: { type: 'string', default: '5' },
    queue: { type: 'string', multiple: true, default: QUEUES },
    prefix: { type: 'string', default: 'bull' },
    concurrency: { type: 'string', default: '1' },
    name: { type: 'string' },
    redis: { type: 'string', default: process.env.REDIS_URL },
    database: { type: 'string', default: process.env.DATABASE_URL },
    'no-database': { type: 'boolean', default: false },
    settle: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    hold: { type: 'boolean', default: false },
    'drain-delay': { type: 'string', default: '5' },
    'fail-rate': { type: 'string', default: '0' },
    'fail-match': { type: 'string' },
    'fail-first': { type: 'string', default: '0' },
    record: { type: 'string' },
    seed: { type: 'string' },
    attached: { type: 'boolean', default: false },
  },
});

const random = options.seed === undefined ? Math.random : seededRandom(Number(options.seed));
const failRate = Number(options['fail-rate']);
const failFirst = Number(options['fail-first']);
const failMatch = options['fail-match'] === undefined ? null : new RegExp(options['fail-match']);
const concurrency = Number(options.concurrency);
const logs = options.database && !options['no-database']
  ? new JobLogs(options.database, Math.min(8, concurrency * options.queue.length)) : null;

// While held, jobs are taken and stay active.
let release = () => {};
let gate = Promise.resolve();

function hold() {
  release();
  gate = new Promise(resolve => { release = resolve; });
}

function mustFail(job) {
  if (failMatch?.test(`${job.id} ${job.name} ${JSON.stringify(job.data)}`))
    return true;
  return job.attemptsMade < failFirst || random() < failRate;
}

function record(job) {
  if (options.record)
    appendFileSync(options.record, JSON.stringify({
      queue: job.queueName, id: job.id, attempt: job.attemptsMade + 1, name: job.name,
      priority: job.opts.priority ?? 0, data: job.data, major: Number(options.major),
      at: Date.now(),
    }) + '\n');
}

async function work(job) {
  if (!options.fast) {
    const [shortest, longest] = DURATIONS[job.queueName] ?? [200, 2000];
    const step = (shortest + random() * (longest - shortest)) / 4;
    for (const percent of [25, 50, 75]) {
      await sleep(step);
      await job.updateProgress(percent);
    }
    await job.log(`${new Date().toISOString()} ${job.name}: broadcast, waiting for confirmation`);
    await sleep(step);
  }
  await gate;
  if (mustFail(job))
    throw believableError(job.queueName, random);
  return { at: new Date().toISOString() };
}

async function processJob(job) {
  record(job);
  await logs?.active(job);
  try {
    const result = await work(job);
    if (options.settle)
      await logs?.settleWallet(job.queueName, job.data);
    await logs?.completed(job);
    return result;
  } catch (error) {
    await logs?.failed(job, error, job.attemptsMade + 1 < (job.opts.attempts ?? 1));
    throw error;
  }
}

const { Worker } = await loadBullmq(options.major);
const workers = options.queue.map(queue => {
  const worker = new Worker(queue, processJob, {
    connection: redisOptions(options.redis), prefix: options.prefix, concurrency,
    name: options.name, drainDelay: Number(options['drain-delay']),
  });
  // A store that is away for a while is the tests' business, not the end of the worker.
  worker.on('error', error => console.error(`${queue}: ${error.message}`));
  return worker;
});

let closing = false;

async function close() {
  if (closing)
    return;
  closing = true;
  release();
  await Promise.all(workers.map(worker => worker.close()));
  await logs?.close();
  process.exit(0);
}

process.on('SIGTERM', close);
process.on('SIGINT', close);
if (options.attached) {
  const commands = {
    hold: () => { hold(); console.log('held'); },
    release: () => release(),
    close,
  };
  createInterface({ input: process.stdin })
    .on('line', line => commands[line.trim()]?.())
    .on('close', close);
}
if (options.hold)
  hold();
await Promise.all([...workers.map(worker => worker.waitUntilReady()), logs?.ready()]);
console.log('ready');
