#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Real Queue objects for programs in other languages. Each line of standard input is a command,
// each line of standard output its answer, in order:
//
//   {"major": 5, "queue": "consolidation", "op": "add", "args": ["consolidate", {}, {}]}
//   {"result": {...}, "ms": 1.8}
//
// `op` is a method of Queue; with "job": ID a method of that job; or one of COMMANDS below.

import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { loadBullmq, redisOptions } from './lib/bullmq.js';

const { values: options } = parseArgs({
  options: {
    redis: { type: 'string', default: process.env.REDIS_URL },
    prefix: { type: 'string', default: 'bull' },
  },
});

const queues = new Map();

async function openQueue({ major = 5, queue, prefix = options.prefix }) {
  const key = `${major} ${prefix} ${queue}`;
  if (!queues.has(key)) {
    const { Queue } = await loadBullmq(major);
    const opened = new Queue(queue, { connection: redisOptions(options.redis), prefix });
    opened.on('error', error => console.error(error.message));
    await opened.waitUntilReady();
    queues.set(key, opened);
  }
  return queues.get(key);
}

const COMMANDS = {
  // Adds `count` jobs in calls of `batch`, as a producer does that has many at once.
  async addMany(queue, { count, batch = count, name = 'job', data = {}, opts = {} }) {
    for (let first = 0; first < count; first += batch) {
      const jobs = [];
      for (let i = first; i < Math.min(first + batch, count); i++)
        jobs.push({ name, data: { ...data, i }, opts });
      await queue.addBulk(jobs);
    }
    return count;
  },

  // The jobs themselves are not answered: that would take longer than adding them.
  async addAll(queue, { jobs }) {
    await queue.addBulk(jobs);
    return jobs.length;
  },

  // A job with its state, or null.
  async describe(queue, { id }) {
    const job = await queue.getJob(id);
    return job ? { ...job.toJSON(), state: await job.getState() } : null;
  },

  // One after another, as whoever has nothing better does.
  async states(queue, { ids }) {
    for (const id of ids)
      await queue.getJobState(id);
    return ids.length;
  },

  async flow(queue, { major = 5, prefix = options.prefix, args }) {
    const { FlowProducer } = await loadBullmq(major);
    const producer = new FlowProducer({ connection: redisOptions(options.redis), prefix });
    const node = await producer.add(...args);
    await producer.close();
    return node.job;
  },

  async close() {
    await Promise.all([...queues.values()].map(queue => queue.close()));
    queues.clear();
    return null;
  },
};

function plain(value) {
  if (Array.isArray(value))
    return value.map(plain);
  return typeof value?.toJSON === 'function' ? value.toJSON() : value ?? null;
}

async function carryOut(command) {
  const { op, job: id, args = [] } = command;
  const queue = op === 'close' ? null : await openQueue(command);
  let call = () => queue[op](...args);
  if (Object.hasOwn(COMMANDS, op)) {
    call = () => COMMANDS[op](queue, command);
  } else if (id !== undefined) {
    const job = await queue.getJob(id);
    if (!job)
      throw new Error(`no job ${id} in ${queue.name}`);
    call = () => job[op](...args);
  }
  const start = performance.now();
  const result = plain(await call());
  return { result, ms: performance.now() - start };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await carryOut(JSON.parse(line));
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
await COMMANDS.close();
process.exit(0);
