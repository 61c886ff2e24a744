import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../sandbox/projectRoot';
import { chromiumPart, openChromium } from '../helpers/chromium';
import { describeWith } from '../helpers/parts';
import { openPlayground, type PlaygroundPage } from '../helpers/playgroundPage';
import { startTestStack, type TestStack } from '../helpers/stack';

const CUSTOMER = 'Fabrikam Manufacturing';
const pictures = join(projectRoot(), 'test-results');

describeWith(chromiumPart, 'From a reset at the customer to the card, in a real browser', () => {
  let stack: TestStack;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let teams: PlaygroundPage;
  /** The page on which one acts at the customer. */
  let room: Page;
  const picture = (name: string, page = teams.page) =>
    page.screenshot({ path: join(pictures, `${name}.png`) });

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startTestStack();
    browser = await openChromium();
    teams = await openPlayground(browser.context, stack.playgroundUrl);
    room = await browser.context.newPage();
    await room.goto(stack.customer.url);
    await teams.page.bringToFront();
  }, 120_000);
  afterAll(async () => {
    await picture('reset-last-seen');
    await browser.close();
    await stack.stop();
    expect(stack.broken).toEqual([]);
  }, 60_000);

  it('connects the hybrid customer, which syncs by Azure AD Connect', async () => {
    await teams.sendMessage(`add customer ${CUSTOMER}`);
    await teams.clickCardButton(await teams.waitForCard('Customer name'), 'Next');
    const sources = await teams.waitForCard(`What shall Keyturn look after for ${CUSTOMER}?`);
    await teams.choose(sources, 'Both');
    await teams.clickCardButton(sources, 'Add customer');
    const popup = await teams.signInPopup('Sign in');
    await popup.getByRole('button', { name: 'marta.keller@fabrikam.example' }).click();
    for (const _consent of ['sign-in', 'tenant']) await popup.getByRole('button', { name: 'Accept' }).click();
    const code = await popup.locator('.code').textContent();
    await popup.close();
    await teams.sendMessage(code ?? '');
    const sync = await teams.waitForCard('Proposed: Azure AD Connect is there');
    await teams.clickCardButton(sync, 'Save');
    await teams.waitForCard(`${CUSTOMER}: Azure AD Connect is there`);
  }, 90_000);

  it('installs the agent with the line of the page', async () => {
    await teams.sendMessage(`install agent ${CUSTOMER}`);
    await teams.page.getByRole('button', { name: 'Show the install line' }).waitFor();
    await picture('60-install-agent');
    const popup = await teams.signInPopup('Show the install line');
    await picture('61-install-page', popup);
    await popup.getByRole('button', { name: 'Show the install line' }).click();
    const line = (await popup.locator('#line').textContent()) ?? '';
    await picture('62-install-line', popup);
    await popup.close();
    await runOnDc1(line);
    await room.getByText(`Enrolled as an agent of ${CUSTOMER}.`).waitFor();
    await whenWatching();
    await picture('63-server-room', room);
    await teams.sendMessage(`agents ${CUSTOMER}`);
    await teams.waitForCard('DC1');
    await picture('64-agents');
  }, 90_000);

  it('tells what this conversation asked for', async () => {
    await teams.sendMessage('notify');
    const form = await teams.waitForCard('Which customers');
    await picture('65-notify');
    await teams.clickCardButton(form, 'Save');
    await teams.waitForCard('Stop all here');
    await picture('66-notify-saved');
  }, 60_000);

  it('a reset by somebody else is told at once, then proved to be live, then explained, all on one card', async () => {
    await reset('Bruno Bauer', 'Reset password');
    const card = await teams.waitForCard('Bruno Bauer');
    await picture('67-reset-seen');
    await card.getByText(/live in Microsoft 365/i).waitFor({ timeout: 60_000 });
    await picture('68-reset-live');
    await teams.clickCardButton(card, 'It was us');
    await card.getByText(/Alex Wilber/).waitFor();
    await picture('69-it-was-us');
    expect(await cardsWith('Bruno Bauer')).toBe(1);
  }, 90_000);

  it('one that must be changed at the next sign-in says so', async () => {
    await reset('Dmitri Dubois', 'Reset, must change');
    const card = await teams.waitForCard('Dmitri Dubois');
    await card.getByText('must be changed at the next sign-in').first().waitFor();
    await picture('70-must-change');
  }, 60_000);

  it('the bot is killed in the middle of resets: every one is told once', async () => {
    const before = await told();
    await onPage('Reset ten at once', 'An administrator reset 10 passwords.');
    await stack.restartBot('kill');
    await reset('Mina Moreau', 'Reset password');
    await teams.page.bringToFront();
    while ((await told()).withRepeats < before.once + 11) await teams.page.waitForTimeout(100);
    await picture('71-after-the-kill');
    expect((await told()).once).toBeLessThanOrEqual(before.once + 11);
  }, 150_000);

  it('what happens while the agent is away is told as found late', async () => {
    await onPage('Stop the agent', 'The agent was stopped.');
    await reset('Keiko Kowalski', 'Reset password');
    await onPage('Start the agent', 'The agent was started.');
    await teams.page.bringToFront();
    const late = await teams.waitForCard(/, found late/);
    expect(await late.textContent()).toContain('Keiko Kowalski');
    await picture('72-found-late');
  }, 60_000);

  it('staging mode is found out, and said with what to do', async () => {
    await onPage('Put it into staging mode', 'Azure AD Connect is in staging mode.');
    await teams.page.bringToFront();
    await teams.sendMessage(`agents ${CUSTOMER}`);
    const agents = await teams.waitForCard('Delta sync now');
    await teams.clickCardButton(agents, 'Delta sync now');
    const failed = await teams.waitForCard(`Delta sync did not run: ${CUSTOMER}`);
    expect(await failed.textContent()).toContain('staging mode');
    await picture('73-staging');
  }, 60_000);

  /** How many resets the cards in the chat tell, by their headings; those found late stand on cards of their own. */
  async function told(): Promise<{ once: number; withRepeats: number }> {
    const texts = await teams.page.locator('.ac-adaptiveCard').allTextContents();
    const counts = texts.map((text) => {
      const [, many, one] = /^(?:(\d+) password resets|(Password reset)): /.exec(text) ?? [];
      const count = Number(many ?? (one ? 1 : 0));
      return { count, repeat: text.includes('This may have been told already') };
    });
    const sum = (of: typeof counts) => of.reduce((all, { count }) => all + count, 0);
    return { once: sum(counts.filter(({ repeat }) => !repeat)), withRepeats: sum(counts) };
  }

  async function onPage(button: string, said: string): Promise<void> {
    await room.goto(stack.customer.url);
    await room.getByRole('button', { name: button }).click();
    await room.getByText(said).waitFor();
  }

  const cardsWith = (text: string | RegExp) =>
    teams.page.locator('.ac-adaptiveCard').filter({ hasText: text }).count();

  async function runOnDc1(line: string): Promise<void> {
    await room.bringToFront();
    await room.getByLabel('Type “install agent” in the chat').fill(line);
    await room.getByRole('button', { name: 'Run it on DC1' }).click();
  }

  /** The first look only remembers: resets are seen from then on. */
  async function whenWatching(): Promise<void> {
    while (!(await room.getByText('watches Active Directory').isVisible())) await room.reload();
    await teams.page.bringToFront();
  }

  async function reset(name: string, button: string): Promise<void> {
    await room.goto(`${stack.customer.url}/?q=${encodeURIComponent(name)}`);
    await room.getByRole('row', { name }).first().getByRole('button', { name: button }).click();
    await room.getByRole('status').waitFor();
  }
});
