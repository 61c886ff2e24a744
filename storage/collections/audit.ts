import { byField, type DefinitionOf } from '../collectionDef';

/** Read newest first, for one customer or for all. */
export const audit: DefinitionOf<'audit'> = {
  name: 'audit',
  ofCustomer: { stays: 'Who did what to a customer can be read after it is gone.' },
  keys: byField('customerId', 'at'),
  indexes: [['customerId', 'at'], ['at']],
};
