import { endDue } from '../../domain/links/linkButton';
import { byField, type DefinitionOf } from '../collectionDef';

/**
 * An expired link can neither be opened nor found. The data that its page took expires with it. Due when the
 * message with its button is to show that it is over.
 */
export const oneTimeLinks: DefinitionOf<'oneTimeLinks'> = {
  name: 'oneTimeLinks',
  ofCustomer: { key: 'customerId' },
  keys: {
    ...byField('kind', 'conversationKey'),
    personId: (link) => link.person.id,
    customerId: (link) => link.facts.customerId,
  },
  unique: byField('stateHash'),
  indexes: [['kind', 'personId'], ['conversationKey'], ['customerId']],
  due: endDue,
  expires: (link) => link.expiresAt,
};
