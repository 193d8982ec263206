// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How work on Tron and EVM chains goes wrong, by queue. The first of a list are the most usual.

const NODE_TROUBLE = [
  'timeout of 30000ms exceeded: POST https://tron-node.internal/wallet/broadcasttransaction',
  'could not detect network (event="noNetwork", code=NETWORK_ERROR, version=providers/5.7.2)',
  'Request failed with status code 429: rate limit exceeded, retry after 1200 ms',
  'connect ECONNREFUSED 10.4.18.7:8545',
  'missing response (requestBody={"method":"eth_getBalance"}, serverError={"code":"ECONNRESET"})',
];

const BY_QUEUE = {
  'gas-topup': [
    'Gas wallet balance too low: 11.42 TRX available, 30 TRX needed',
    'insufficient funds for gas * price + value: have 1207300000000000 want 1953000000000000',
    'nonce too low: next nonce 48213, tx nonce 48211',
    'replacement transaction underpriced',
    'Contract validate error : account does not exist',
  ],
  consolidation: [
    'OUT_OF_ENERGY: Not enough energy for TRC-20 transfer: 31895 needed, 12040 available',
    'execution reverted: ERC20: transfer amount exceeds balance',
    'Transaction 7c2d81f0e4b95a36 not confirmed after 20 blocks',
    'cannot estimate gas; transaction may fail or may require manual gas limit',
    'REVERT opcode executed (contract TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t)',
  ],
  'sync-balances': [
    'Balance query failed: header not found for block 61204885',
    'Balance of token contract is not a number: ""',
  ],
  'deposit-detection': [
    'eth_getLogs: query returned more than 10000 results',
    'Block 61204901 is missing from the node: it is still syncing',
    'Deposit 0x5a1e…c77b seen in a block that was reorganised away',
  ],
};

export function believableError(queue, random) {
  const own = BY_QUEUE[queue] ?? [];
  const list = own.length > 0 && random() < 0.7 ? own : NODE_TROUBLE;
  // The square makes the first ones frequent and the last ones rare.
  return new Error(list[Math.floor(random() ** 2 * list.length)]);
}
