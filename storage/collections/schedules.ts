import type { DefinitionOf } from './collectionDef';

/** Handed out when the next occurrence is due; those of a customer take turns with the others'. */
export const schedules: DefinitionOf<'schedules'> = {
  name: 'schedules',
  ofCustomer: { key: 'customerId' },
  keys: { customerId: (schedule) => schedule.customerId },
  unique: {},
  due: (schedule) => schedule.dueAt,
  line: ({ customerId, kind }) => customerId ?? kind,
};
