import { isCustomerByType } from '../../../domain/organizations/organizationType';

test.each([
  'Customer',
  'customers',
  'Managed Client',
  'CLIENT - Gold',
  'Kunde',
  'Customer / Reseller of ours',
])('%s says customer', (typeName) => {
  expect(isCustomerByType({ typeName })).toBe(true);
});

test.each([
  undefined,
  '',
  'Vendor',
  'Prospect',
  'Owner',
  'Former Customer',
  'Ex-client',
  'Customer (prospect)',
  'Not a customer',
  'Customer’s vendor',
  'Customs',
  'Clientele bar',
  'Managed Services',
])('%s does not', (typeName) => {
  expect(isCustomerByType({ ...(typeName !== undefined && { typeName }) })).toBe(false);
});
