import { describe, expect, it } from 'vitest';
import { networkOf, visitorKey } from '../../../catalog/usage/visitor-key.ts';

const person = { address: '203.0.113.7', agent: 'Mozilla/5.0' };

describe('the key of a visitor', () => {
  it('is the same for the same address and agent on one day, and for no other', () => {
    const key = visitorKey('salt', person);

    expect(visitorKey('salt', { ...person, session: 'a' })).toBe(key);
    expect(visitorKey('salt', { ...person, agent: 'curl/8' })).not.toBe(key);
    expect(visitorKey('salt', { ...person, address: '203.0.113.8' })).not.toBe(key);
    expect(visitorKey('another day', person)).not.toBe(key);
    expect(key).toMatch(/^[\w-]{16}$/);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('takes of the address %s what stays: %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
