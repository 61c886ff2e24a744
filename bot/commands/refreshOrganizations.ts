import { enqueueRefresh } from '../jobs/refreshOrganizations';
import { integration } from '../understanding/takers/integration';
import { command } from './command';
import { onIntegration } from './shared/onIntegration';

export const refreshOrganizations = command({
  title: 'refresh organizations',
  forms: { 'refresh organizations': { takes: integration } },
  ...onIntegration(async (turn, integrationId, deps) => {
    await enqueueRefresh(deps, turn, integrationId);
    turn.say({ text: 'I’m checking the linked organizations. I’ll say here what I find.' });
  }),
  description: 'Check the linked organizations now; Keyturn also does this every day',
  example: 'refresh organizations',
  permission: 'organizations.import',
  listed: false,
});
