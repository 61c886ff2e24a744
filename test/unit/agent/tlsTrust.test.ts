import { tlsTrust } from '../../../agent/tlsTrust';

it('the authorities of the system are read once, and no text of theirs is an option of a connection', () => {
  const [first, second] = [tlsTrust(), tlsTrust()];
  expect(first.secureContext).toBeDefined();
  expect(second.secureContext).toBe(first.secureContext);
  expect(first.ca).toBeUndefined();
});

it('an authority that was named is the only one, and a file of its that is empty is trust in nobody', () => {
  expect(tlsTrust('-----BEGIN')).toEqual({ ca: ['-----BEGIN'], minVersion: 'TLSv1.2' });
  // Node takes an empty text for none, and would trust whom it always trusts; a list is taken as it is.
  expect(tlsTrust('').ca).toEqual(['']);
});
