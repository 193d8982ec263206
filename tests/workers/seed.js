#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Puts jobs with a past into real queues. Takes one line, a list of {queue, name, data, opts,
// error}; those with an error are run by a real worker, which fails with it until no attempt is
// left, the others are left waiting. Prints "ready" when all are where they belong.

import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { loadBullmq, redisOptions } from './lib/bullmq.js';

const { values: options } = parseArgs({
  options: {
    major: { type: 'string', default: '5' },
    prefix: { type: 'string', default: 'bull' },
    redis: { type: 'string', default: process.env.REDIS_URL },
  },
});
const { Queue, Worker } = await loadBullmq(options.major);
const shared = { connection: redisOptions(options.redis), prefix: options.prefix };

function add(queue, jobs) {
  return queue.addBulk(jobs.map(({ name, data, opts }) => ({ name, data, opts })));
}

async function failAll(queue, jobs) {
  const errors = new Map(jobs.map(job => [job.opts.jobId, job.error]));
  const worker = new Worker(queue.name, async job => {
    throw new Error(errors.get(job.id));
  }, { ...shared, concurrency: 20 });
  let left = jobs.length;
  const finished = new Promise(resolve => {
    worker.on('failed', async job => {
      if (job.attemptsMade < job.opts.attempts)
        await job.promote();
      else if (--left === 0)
        resolve();
    });
  });
  await add(queue, jobs);
  await finished;
  await worker.close();
}

async function seed(name, jobs) {
  const queue = new Queue(name, shared);
  const failed = jobs.filter(job => job.error !== null);
  if (failed.length > 0)
    await failAll(queue, failed);
  await add(queue, jobs.filter(job => job.error === null));
  await queue.close();
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const byQueue = new Map();
for (const job of JSON.parse((await lines.next()).value))
  byQueue.set(job.queue, [...byQueue.get(job.queue) ?? [], job]);
await Promise.all([...byQueue].map(([name, jobs]) => seed(name, jobs)));
console.log('ready');
process.exit(0);
