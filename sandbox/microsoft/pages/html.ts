import type { SandboxResponse } from '../http';

const STYLE = `
  :root { color-scheme: light; font: 16px/1.45 "Segoe UI", system-ui, sans-serif; color: #1b1a19; background: #f0f2f5; }
  body { margin: 0; padding: 2rem 1rem; }
  main { max-width: 30rem; margin: 0 auto; background: #fff; padding: 2rem 2.25rem; box-shadow: 0 2px 8px rgb(0 0 0 / 18%); }
  .brand { color: #5e5e5e; font-weight: 600; margin: 0 0 .75rem; }
  h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
  h2 { font-size: .9rem; margin: 1.5rem 0 .25rem; color: #5e5e5e; }
  p { margin: .4rem 0; }
  ul { margin: .5rem 0 1rem; padding-left: 1.25rem; }
  button { font: inherit; cursor: pointer; border: 1px solid #8a8886; background: #fff; padding: .45rem 1.25rem; margin: 0 .5rem 0 0; }
  button.primary { background: #0067b8; border-color: #0067b8; color: #fff; }
  button.account { display: block; width: 100%; text-align: left; border-color: #fff #fff #e1dfdd; padding: .6rem .5rem; margin: 0; }
  button.account:hover { background: #f3f2f1; }
  button:focus-visible { outline: 3px solid #0067b8; outline-offset: 2px; }
  .name { display: block; font-weight: 600; }
  .quiet { display: block; color: #5e5e5e; font-size: .875rem; }
  .actions { margin-top: 1.5rem; }`;

/** Text for element content and double-quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A whole page around `body`, which is HTML. */
export const page = (
  title: string,
  body: string,
  status = 200,
  headers: Record<string, string> = {},
): SandboxResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    ...headers,
  },
  body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
<p class="brand">Sandbox: stands in for Microsoft on this computer</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>`,
});

/** A form that posts `fields` back to the page's own address, with one button per answer. */
export const answers = (
  fields: Record<string, string>,
  buttons: { value: string; label: string; primary?: boolean }[],
): string => {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const shown = buttons.map(
    ({ value, label, primary }) =>
      `<button type="submit" name="answer" value="${escapeHtml(value)}"${primary ? ' class="primary"' : ''}>${escapeHtml(label)}</button>`,
  );
  return `<form method="post">${hidden.join('')}<div class="actions">${shown.join('')}</div></form>`;
};

/** The page that a browser sees when Microsoft does not send it back to the application. */
export const errorPage = (code: string, sentence: string): SandboxResponse =>
  page(
    'Sorry, but we’re having trouble signing you in',
    `<p>AADSTS${escapeHtml(code)}: ${escapeHtml(sentence)}</p>`,
    400,
  );
