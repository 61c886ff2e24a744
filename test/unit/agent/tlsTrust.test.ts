import { tlsTrust } from '../../../agent/tlsTrust';

it('the agent reads the system’s authorities once, and gives no connection their text', () => {
  const [first, second] = [tlsTrust(), tlsTrust()];
  expect(first.secureContext).toBeDefined();
  expect(second.secureContext).toBe(first.secureContext);
  expect(first.ca).toBeUndefined();
});

it('a named authority is the only one, and an empty file of it means trust in nobody', () => {
  expect(tlsTrust('-----BEGIN')).toEqual({ ca: ['-----BEGIN'], minVersion: 'TLSv1.2' });
  // Node takes an empty text for no value, and then trusts its default authorities. It takes a list as it is.
  expect(tlsTrust('').ca).toEqual(['']);
});
