import { readFileSync } from 'node:fs';

/** Microsoft's teams-js, served from our own origin so that the sign-in page loads nothing from elsewhere. */
export const teamsJs = (): string =>
  readFileSync(require.resolve('@microsoft/teams-js/dist/umd/MicrosoftTeams.min.js'), 'utf8');
