import type { Person } from '../../../domain/people/person';

/** Somebody who may install agents, by the id of `actor(id)`. */
export const technician = (id: string): Person => ({
  objectId: id,
  name: `Technician ${id}`,
  roles: ['technician'],
  addedBy: { id: 'setup', name: 'Setup' },
  addedAt: 0,
});
