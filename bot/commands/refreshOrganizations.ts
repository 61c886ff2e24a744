import { enqueueRefresh } from '../jobs/refreshOrganizations';
import { command } from './command';
import { onIntegration } from './shared/onIntegration';

export const refreshOrganizations = command({
  ...onIntegration('refresh organizations', async (turn, integrationId, deps) => {
    await enqueueRefresh(deps, turn, integrationId);
    turn.say({ text: 'I’m looking at the linked organizations. I’ll say here what I find.' });
  }),
  also: ['refresh'],
  description: 'Look at once what became of the linked organizations; this happens every day by itself',
  example: 'refresh organizations',
  permission: 'organizations.import',
  listed: false,
});
