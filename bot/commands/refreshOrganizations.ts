import { enqueueRefresh } from '../jobs/refreshOrganizations';
import { chooseIntegration } from '../views/chooseIntegration';
import type { Command } from './command';

const TITLE = 'refresh organizations';

export const refreshOrganizations: Command = {
  title: TITLE,
  also: ['refresh'],
  description: 'Look at once what became of the linked organizations; this happens every day by itself',
  example: 'refresh organizations',
  permission: 'organizations.import',
  listed: false,
  async run(turn, { text }, deps) {
    const integrationId = await chooseIntegration(deps, turn, text, TITLE);
    if (!integrationId) return;
    await enqueueRefresh(deps, turn, integrationId);
    turn.say({ text: 'I’m looking at the linked organizations. I’ll say here what I find.' });
  },
};
