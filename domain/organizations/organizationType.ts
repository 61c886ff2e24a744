import type { Organization } from './organization';

/**
 * “Customer” and “client” in the types that accounts name themselves, also in German, Dutch and Spanish.
 */
const CUSTOMER = /(?<!\p{L})(customers?|clients?|kunden?|klant(en)?|clientes?)(?!\p{L})/iu;
/** What takes it back: “Former customer”, “Customer (prospect)”, “Client vendor”. */
const TAKEN_BACK =
  /(?<!\p{L})(ex|former|past|old|previous|lost|inactive|non|not|no|potential|prospects?|prospective|leads?|future|vendors?|suppliers?|partners?|internal)(?!\p{L})/iu;

/**
 * True when the organization's type says that it is a customer. A type in other words, or none, says nothing.
 */
export const isCustomerByType = ({ typeName = '' }: Pick<Organization, 'typeName'>): boolean =>
  CUSTOMER.test(typeName) && !TAKEN_BACK.test(typeName);
