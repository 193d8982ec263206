#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a site would write itself: the REST API's lists, statistics and dispatch on node:http, which
// is quicker than Express, with pg and bullmq. To be compared with; no limits, no keys, one token.

import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

import pg from 'pg';

import { loadBullmq, redisOptions } from './lib/bullmq.js';

const [port, token] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 6 });
const { Queue } = await loadBullmq('5');
const connection = redisOptions(process.env.REDIS_URL);
const names = ['gas-topup', 'consolidation', 'sync-balances', 'deposit-detection'];
const queues = Object.fromEntries(names.map((name) => [name, new Queue(name, { connection })]));
const wanted = createHash('sha256').update(token).digest();

async function listJobs(query) {
  const limit = Number(query.get('limit') ?? 50);
  const offset = Number(query.get('offset') ?? 0);
  const conditions = [];
  const values = [];
  for (const name of ['status', 'job_type', 'triggered_by', 'wallet_address', 'user_id'])
    if (query.get(name)) {
      values.push(query.get(name));
      conditions.push(`${name} = $${values.length}`);
    }
  const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
  const [rows, count] = await Promise.all([
    pool.query(`SELECT * FROM job_logs ${where} ORDER BY created_at DESC `
               + `LIMIT ${limit} OFFSET ${offset}`, values),
    pool.query(`SELECT count(*) FROM job_logs ${where}`, values),
  ]);
  return { jobs: rows.rows, total: Number(count.rows[0].count), limit, offset };
}

async function loadStats() {
  const [rows, counts] = await Promise.all([
    pool.query("SELECT job_type, status, count(*), count(*) FILTER (WHERE completed_at >= "
               + "date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') AS today "
               + 'FROM job_logs GROUP BY 1, 2'),
    Promise.all(names.map((name) => queues[name].getJobCounts())),
  ]);
  return { workers: names.map((name, i) => ({ worker_name: name, ...counts[i] })),
           rows: rows.rows, last_updated: new Date() };
}

async function dispatch(body) {
  const { wallet_address: wallet, priority = 5 } = JSON.parse(body);
  const id = randomUUID();
  const data = { wallet_address: wallet, priority, created_at: new Date() };
  const { rows } = await pool.query(
    'INSERT INTO job_logs (id, job_id, job_type, status, wallet_address, triggered_by, data) '
    + "VALUES ($1, $2, 'sync', 'pending', $3, 'manual', $4) RETURNING *", [id, id, wallet, data]);
  await queues['sync-balances'].add('sync', data, { jobId: id, attempts: 3, priority: 5 });
  return { success: true, job: rows[0] };
}

async function answer(request) {
  const url = new URL(request.url, 'http://x');
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += chunk;
    return dispatch(body);
  }
  return url.pathname === '/api/jobs/list' ? listJobs(url.searchParams) : loadStats();
}

createServer(async (request, response) => {
  const header = request.headers.authorization ?? '';
  const shown = createHash('sha256').update(header.slice(7)).digest();
  let status = 200;
  let document;
  try {
    if (!timingSafeEqual(shown, wanted)) throw new Error('no token');
    document = await answer(request);
  } catch (error) {
    status = 500;
    document = { error: error.message };
  }
  const text = JSON.stringify(document);
  response.writeHead(status, { 'Content-Type': 'application/json',
                               'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.on('end', () => process.exit(0)).resume();
