import { integration } from '../understanding/takers/integration';
import { command } from './command';
import { beginImport } from './shared/beginImport';
import { onIntegration } from './shared/onIntegration';

export const importOrganizations = command({
  title: 'import organizations',
  forms: { 'import organizations': { takes: integration } },
  ...onIntegration((turn, integrationId, deps) => beginImport(deps, turn, integrationId)),
  description: 'Import customers from IT Glue or Hudu, and link those that exist already',
  example: 'import organizations',
  permission: 'organizations.import',
  listed: true,
  group: 'setUp',
});
