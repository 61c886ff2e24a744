import { command } from './command';
import { beginImport } from './shared/beginImport';
import { onIntegration } from './shared/onIntegration';

export const importOrganizations = command({
  ...onIntegration('import organizations', (turn, integrationId, deps) =>
    beginImport(deps, turn, integrationId),
  ),
  also: ['import customers', 'import companies', 'import'],
  description: 'Bring customers in from IT Glue or Hudu, and link those that are here already',
  example: 'import organizations',
  permission: 'organizations.import',
  listed: true,
  group: 'setUp',
});
