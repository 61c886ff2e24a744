import type { TenantState } from '../entraDirectory';
import type { SandboxResponse } from '../http';
import { answers, escapeHtml, page } from './html';

/** One button per person, named by the username. The text below it says what this sign-in demonstrates. */
export function accountPicker(states: readonly TenantState[]): SandboxResponse {
  const tenants = states.map(
    ({ tenant, people }) =>
      `<h2>${escapeHtml(tenant.displayName)}</h2><p class="quiet">${escapeHtml(tenant.shows)}</p>${people.map((person) => account(person)).join('')}`,
  );
  return page(
    'Pick an account',
    `<form method="post">${tenants.join('')}</form>${answers({}, [{ value: 'cancel', label: 'Cancel' }])}`,
  );
}

const account = ({ username, name, shows }: TenantState['people'][number]): string => {
  const id = `shows-${username.replace(/[^a-z0-9]/gi, '-')}`;
  return `<button type="submit" class="account" name="username" value="${escapeHtml(username)}" aria-label="${escapeHtml(username)}" aria-describedby="${id}">
<span class="name">${escapeHtml(name)}</span><span>${escapeHtml(username)}</span><span class="quiet" id="${id}">${escapeHtml(shows)}</span></button>`;
};
