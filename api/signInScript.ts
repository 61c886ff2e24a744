/**
 * Runs on the last page of a sign-in. In a Teams pop-up it hands the code to Teams, which closes the window
 * and sends signin/verifyState; a refusal stays readable until the person goes back. Outside Teams
 * initialize() never answers or rejects, and the page is complete without it.
 */
export const SIGN_IN_SCRIPT = `'use strict';
(() => {
  const { code, failure } = document.getElementById('result').dataset;
  const back = document.getElementById('back');
  const teams = window.microsoftTeams;
  if (!teams) return;
  teams.app.initialize().then(
    () => {
      if (code) return teams.authentication.notifySuccess(code);
      document.getElementById('teams').hidden = true;
      back.hidden = false;
      back.addEventListener('click', () => teams.authentication.notifyFailure(failure));
    },
    () => document.body.classList.add('outside-teams'),
  );
})();
`;
