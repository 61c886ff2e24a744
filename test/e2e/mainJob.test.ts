import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../sandbox/projectRoot';
import { chromiumPart, openChromium } from '../helpers/chromium';
import { describeWith } from '../helpers/parts';
import { openPlayground, type PlaygroundPage } from '../helpers/playgroundPage';
import { startTestStack } from '../helpers/stack';

const CUSTOMER = 'Fabrikam Manufacturing';
const RENAMED = 'Fabrikam Industries';
const SECOND = 'Alpine Ski House';
const pictures = join(projectRoot(), 'test-results');

/** What the customer's administrator does in the pop-up: picks the account and accepts, once for the sign-in and once for the tenant. */
async function signInAs(popup: Page, username: string): Promise<string> {
  await popup.getByRole('button', { name: username }).click();
  await popup.getByRole('button', { name: 'Accept' }).click();
  await popup.getByText('User-PasswordProfile.ReadWrite.All').waitFor();
  await popup.screenshot({ path: join(pictures, '04-consent.png') });
  await popup.getByRole('button', { name: 'Accept' }).click();
  const code = popup.locator('.code');
  await code.waitFor();
  await popup.screenshot({ path: join(pictures, '05-code.png') });
  return (await code.textContent()) ?? '';
}

describeWith(chromiumPart, 'The main job, in a real browser', () => {
  let stack: Awaited<ReturnType<typeof startTestStack>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let teams: PlaygroundPage;
  const picture = (name: string) => teams.screenshot(join(pictures, `${name}.png`));

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startTestStack();
    browser = await openChromium();
    teams = await openPlayground(browser.context, stack.playgroundUrl);
  }, 120_000);
  afterAll(async () => {
    await picture('last-seen');
    await browser.close();
    await stack.stop();
    expect(stack.broken).toEqual([]);
  }, 60_000);

  it('adds a customer', async () => {
    await teams.sendMessage('add customer');
    const name = await teams.waitForCard('Customer name');
    await teams.fillInput(name, 'Customer name', CUSTOMER);
    await picture('01-name');
    await teams.clickCardButton(name, 'Next');
    const sources = await teams.waitForCard(`What shall Keyturn look after for ${CUSTOMER}?`);
    await teams.choose(sources, 'Both');
    await picture('02-sources');
    await teams.clickCardButton(sources, 'Add customer');
    await teams.waitForCard(`${CUSTOMER} was added.`);
  }, 60_000);

  it('connects its Office 365 through a pop-up; the tests turn green one by one before it says connected', async () => {
    const readingUsers = stack.microsoft.control.holdNext({ surface: 'graph', path: '/users' });
    const popup = await teams.signInPopup('Sign in');
    await popup.screenshot({ path: join(pictures, '03-account.png'), fullPage: true });
    const code = await signInAs(popup, 'marta.keller@fabrikam.example');
    await popup.close();
    await teams.sendMessage(code);
    await readingUsers.arrived;
    const checks = await teams.waitForCard('4 of 5 done');
    expect((await checks.textContent())?.match(/✓ Passed/g)).toHaveLength(4);
    await picture('06-testing');
    readingUsers.release();
    await teams.waitForCard(`✓ ${CUSTOMER} is connected to Office 365. All tests passed.`);
  }, 90_000);

  it('proposes how the hybrid customer syncs, from what its tenant says', async () => {
    const sync = await teams.waitForCard('Proposed: Azure AD Connect is there');
    expect(await sync.textContent()).toMatch(/Synced: ?120 users.*Cloud-only: ?6 users/);
    await picture('07-sync');
    await teams.clickCardButton(sync, 'Save');
    await teams.waitForCard(`${CUSTOMER}: Azure AD Connect is there`);
    await picture('08-connected');
  }, 60_000);

  it('lists it, and opens it with its history', async () => {
    await teams.sendMessage('customers');
    const list = await teams.waitForCard('Search by name');
    expect(await list.textContent()).toContain(CUSTOMER);
    await picture('09-customers');
    await list.getByText(CUSTOMER).click();
    const customer = await teams.waitForCard('Last changes');
    expect(await customer.textContent()).toContain('fabrikam.example');
    await picture('10-customer');
  }, 60_000);

  it('renames it', async () => {
    await teams.sendMessage('rename customer fabrikam');
    const rename = await teams.waitForCard(`The new name for ${CUSTOMER}.`);
    await teams.fillInput(rename, 'Customer name', RENAMED);
    await teams.clickCardButton(rename, 'Rename');
    await teams.waitForCard(`${CUSTOMER} is now called ${RENAMED}.`);
    await picture('11-renamed');
  }, 60_000);

  it('loses nothing when the bot is killed in the middle of adding a second one', async () => {
    await teams.sendMessage('add customer');
    const name = await teams.waitForCard('The company’s name, as your team calls it.');
    await teams.fillInput(name, 'Customer name', SECOND);
    await teams.clickCardButton(name, 'Next');
    const sources = await teams.waitForCard(`What shall Keyturn look after for ${SECOND}?`);
    await stack.restartBot('kill');
    await teams.choose(sources, 'Decide later');
    await teams.clickCardButton(sources, 'Add customer');
    await teams.waitForCard(`${SECOND} was added.`);
    await picture('12-after-restart');
  }, 90_000);

  it('answers in a group chat and in a channel when it is mentioned', async () => {
    for (const [room, file] of [
      ['Service desk', '13-group'],
      ['Operations - Customers', '14-channel'],
    ] as const) {
      await teams.enter(room);
      await teams.sendMessage('customers');
      const list = await teams.waitForCard('Search by name');
      expect(await list.textContent()).toContain(RENAMED);
      expect(await list.textContent()).toContain(SECOND);
      await picture(file);
    }
  }, 60_000);
});
