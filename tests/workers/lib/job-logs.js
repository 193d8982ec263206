// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a worker tells the platform's database: the seed's integration example, with retries.

import pg from 'pg';

// BullMQ numbers jobs per queue when nobody names them; their rows carry the queue as well.
export function rowIdentity(queue, id) {
  return /^[0-9]+$/.test(id) ? `${queue}/${id}` : id;
}

export class JobLogs {
  constructor(url, size) {
    this.pool = new pg.Pool({
      connectionString: url, max: size, application_name: 'platform worker',
    });
    // Without a listener a lost idle connection would end the process.
    this.pool.on('error', () => {});
  }

  async ready() {
    await this.pool.query('SELECT 1');
  }

  async active(job) {
    await this.#update(job, {
      status: 'active', started_at: new Date(), retry_count: job.attemptsMade,
    });
  }

  async completed(job) {
    await this.#update(job, { status: 'completed', completed_at: new Date() });
  }

  async failed(job, error, attemptsLeft) {
    if (attemptsLeft)
      await this.#update(job, { status: 'retrying', error_message: error.message });
    else
      await this.#update(job, {
        status: 'failed', error_message: error.message, completed_at: new Date(),
      });
  }

  async #update(job, changes) {
    const columns = { ...changes, updated_at: new Date() };
    const names = Object.keys(columns);
    const assignments = names.map((name, i) => `${name} = $${i + 2}`).join(', ');
    await this.pool.query(`UPDATE job_logs SET ${assignments} WHERE job_id = $1`,
      [rowIdentity(job.queueName, job.id), ...Object.values(columns)]);
  }

  // What the finished work changes in the wallets; the demo only.
  async settleWallet(queue, data) {
    const address = data?.wallet_address ?? data?.walletAddress;
    const settled = {
      'gas-topup': 'needs_gas = false',
      consolidation: 'needs_consolidation = false, balance = round(balance * 0.01, 6)',
      'sync-balances': 'last_sync = now()',
    }[queue];
    if (address && settled)
      await this.pool.query(
        `UPDATE user_wallets SET ${settled}, updated_at = now() WHERE address = $1`, [address]);
  }

  async close() {
    await this.pool.end();
  }
}
