import type { Endpoint, HttpResponse } from '../domain/http';
import { securityHeaders } from './html';

/** The address of the script of our pages. */
export const PAGE_SCRIPT_PATH = '/page.js';

/**
 * Shows moments in the browser's zone, copies what stands beside a button and says so there, and asks for ten
 * minutes at most what has become of what the page waits for.
 */
const PAGE_SCRIPT = `'use strict';
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
for (const time of document.querySelectorAll('time')) time.textContent = clock.format(new Date(time.dateTime));
for (const button of document.querySelectorAll('button[data-copies]')) {
  const said = document.createElement('span');
  said.className = 'said';
  said.setAttribute('role', 'status');
  button.after(said);
  button.hidden = false;
  button.addEventListener('click', async () => {
    const from = document.getElementById(button.dataset.copies);
    const text = from.dataset.text ?? from.textContent;
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = '✓ Copied';
    } catch {
      getSelection().selectAllChildren(from);
      said.textContent = 'Selected: copy it with Ctrl+C';
    }
  });
}
const live = document.querySelector('[data-asks]');
let left = 200;
const ask = async () => {
  if (left-- === 0) return ended();
  try {
    const answer = await fetch(live.dataset.asks, { cache: 'no-store' });
    if (answer.status === 403 || answer.status === 404) return ended();
    if (answer.ok && show(await answer.json())) return;
  } catch {}
  setTimeout(ask, 3000);
};
const show = (rows) => {
  for (const { id, text, done } of rows) {
    const row = document.getElementById(id);
    if (row.textContent !== text) row.textContent = text;
    row.className = done ? 'good' : '';
  }
  return rows.every(({ done }) => done);
};
const ended = () => {
  document.getElementById('after').hidden = false;
};
if (live) ask();
`;

export const script = (text: string): HttpResponse => ({
  status: 200,
  headers: { ...securityHeaders({}), 'Content-Type': 'text/javascript; charset=utf-8' },
  body: text,
});

/** Serves the script to every page of ours. */
export const pageScript: Endpoint = {
  method: 'GET',
  path: PAGE_SCRIPT_PATH,
  auth: 'open',
  handle: async () => script(PAGE_SCRIPT),
};
