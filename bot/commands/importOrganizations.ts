import { chooseIntegration } from '../views/chooseIntegration';
import { startImport } from '../views/startImport';
import type { Command } from './command';

const TITLE = 'import organizations';

export const importOrganizations: Command = {
  title: TITLE,
  also: ['import customers', 'import companies', 'import'],
  description: 'Bring customers in from IT Glue or Hudu, and link those that are here already',
  example: 'import organizations',
  permission: 'organizations.import',
  listed: true,
  async run(turn, { text }, deps) {
    const integrationId = await chooseIntegration(deps, turn, text, TITLE);
    if (integrationId) await startImport(deps, turn, integrationId);
  },
};
