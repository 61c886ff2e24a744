import { byField, type DefinitionOf } from '../collectionDef';

/** Due when the next occurrence is due. The schedules of different customers are claimed in turns. */
export const schedules: DefinitionOf<'schedules'> = {
  name: 'schedules',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId'),
  due: (schedule) => schedule.dueAt,
  line: ({ customerId, kind }) => customerId ?? kind,
};
