import { expect, test } from 'vitest';

import { emptyGateway, SECOND, START, user } from '../testing.ts';

test('a refund is asked for once a minute at most, and an administrator may turn it down', () => {
  const { refundAsks } = emptyGateway().gateway;
  expect(refundAsks.reject(7, user(9), 'why', START)).toMatchObject({
    Err: { code: 'gateway.nobody_asked' },
  });
  expect(refundAsks.ask(7, 'it is late', START)).toBeNull();
  expect(refundAsks.ask(7, 'again', START + 59n * SECOND)).toMatchObject({
    Err: { code: 'gateway.asked_already' },
  });
  expect(refundAsks.reject(7, user(9), 'the ledger is down', START)).toBeNull();
  expect(refundAsks.get(7)?.rejected).toMatchObject({ by: user(9), reason: 'the ledger is down' });
  expect(refundAsks.ask(7, 'please', START + 60n * SECOND)).toBeNull();
  expect(refundAsks.get(7)).toMatchObject({ times: 2, reason: 'please', rejected: null });
});
