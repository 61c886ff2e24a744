import { enqueueRefresh } from '../jobs/refreshOrganizations';
import { integration } from '../understanding/takers/integration';
import { command } from './command';
import { onIntegration } from './shared/onIntegration';

export const refreshOrganizations = command({
  title: 'refresh organizations',
  forms: { 'refresh organizations': { takes: integration } },
  ...onIntegration(async (turn, integrationId, deps) => {
    await enqueueRefresh(deps, turn, integrationId);
    turn.say({ text: 'I’m looking at the linked organizations. I’ll say here what I find.' });
  }),
  description: 'Look at once what became of the linked organizations; this happens every day by itself',
  example: 'refresh organizations',
  permission: 'organizations.import',
  listed: false,
});
