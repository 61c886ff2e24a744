import { tenantFit } from '../../../domain/tenants/tenantFit';

const known = { names: ['Contoso Ltd', 'Contoso Holding'], domains: ['ad.contoso.example'] };

test.each([
  [
    'its name, however it is written',
    { displayName: 'CONTOSO Limited', domains: [] },
    /name is that of Contoso Ltd/,
  ],
  ['the name upstream', { displayName: 'Contoso Holding', domains: [] }, /name is that of Contoso Holding/],
  [
    'a domain above that of its directory',
    { displayName: 'X', domains: ['Contoso.example'] },
    /contoso\.example is known/,
  ],
  [
    'a domain with its name',
    { displayName: 'X', domains: ['contoso.co.uk'] },
    /contoso\.co\.uk has the customer’s name/,
  ],
])('%s fits', (_what, tenant, sentence) => {
  expect(tenantFit(tenant, known)).toMatch(sentence);
});

test.each([
  ['another company', { displayName: 'Northwind Traders', domains: ['northwind.example'] }],
  ['a domain that only ends like it', { displayName: 'X', domains: ['notcontoso.example', 'ample'] }],
  ['a name that anybody can take at Microsoft', { displayName: 'X', domains: ['contoso.onmicrosoft.com'] }],
  ['a top-level domain', { displayName: 'X', domains: ['northwind.contoso'] }],
  ['nothing', { displayName: '', domains: [] }],
  ['signs alone', { displayName: '!!!', domains: ['...'] }],
])('%s does not fit', (_what, tenant) => {
  expect(tenantFit(tenant, known)).toBeUndefined();
});

test('nothing fits a customer whose name cannot be compared', () => {
  expect(tenantFit({ displayName: '!!!', domains: [] }, { names: ['???'], domains: [] })).toBeUndefined();
});
