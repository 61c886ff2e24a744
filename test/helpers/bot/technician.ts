import type { Person } from '../../../domain/people/person';

/** A person who may install agents, with the id of `actor(id)`. */
export const technician = (id: string): Person => ({
  objectId: id,
  name: `Technician ${id}`,
  roles: ['technician'],
  addedBy: { id: 'setup', name: 'Setup' },
  addedAt: 0,
});
