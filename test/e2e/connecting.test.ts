import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../sandbox/projectRoot';
import { chromiumPart, openChromium } from '../helpers/chromium';
import { describeWith } from '../helpers/parts';
import { openPlayground, type PlaygroundPage } from '../helpers/playgroundPage';
import { startTestStack, type TestStack } from '../helpers/stack';
import { sendVerifyState } from '../helpers/verifyState';

const CLOUD = 'Northwind Traders';
const SKI = 'Alpine Ski House';
const pictures = join(projectRoot(), 'test-results');

describeWith(chromiumPart, 'Connecting Office 365 with all that can come between, in a real browser', () => {
  let stack: TestStack;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let teams: PlaygroundPage;
  const picture = (name: string, page = teams.page) =>
    page.screenshot({ path: join(pictures, `${name}.png`) });

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startTestStack();
    browser = await openChromium();
    teams = await openPlayground(browser.context, stack.playgroundUrl);
  }, 120_000);
  afterAll(async () => {
    await picture('connecting-last-seen');
    await browser.close();
    await stack.stop();
    expect(stack.broken).toEqual([]);
  }, 60_000);

  it('the greeting knows the technician by name', async () => {
    await teams.waitForCard(/Hello Alex Wilber/);
  }, 60_000);

  it('what the pop-up hands to Teams finishes it, without a typed code', async () => {
    await addWithOffice365(CLOUD);
    const popup = await teams.signInPopup('Sign in');
    await pick(popup, 'nancy.davolio@northwindtraders.example');
    await accept(popup);
    await accept(popup);
    const code = await popup.locator('.code').textContent();
    await popup.close();
    await sendVerifyState(stack.playgroundUrl, code ?? '');
    await teams.waitForCard(`✓ ${CLOUD} is connected to Office 365. All tests passed.`);
    await picture('20-handed-over');
  }, 60_000);

  it('a pop-up that is closed early: a sentence, and a new link', async () => {
    await addWithOffice365(SKI);
    const popup = await teams.signInPopup('Sign in');
    await popup.close();
    await sendVerifyState(stack.playgroundUrl, 'CancelledByUser');
    await teams.waitForCard('The sign-in window was closed before it was finished.');
    await picture('21-closed');
    await newLink();
  }, 60_000);

  it.each([
    {
      who: 'olu.adeyemi@wingtip.example',
      steps: ['Accept'],
      sentence: /not a Global Administrator/,
      file: '22-lacks-the-role',
    },
    {
      who: 'sofia.marino@litware.example',
      steps: ['Accept', 'Cancel'],
      sentence: /The permissions were not granted/,
      file: '23-declined',
    },
    {
      who: 'henrik.lund@woodgrove.example',
      steps: [],
      sentence: /Conditional Access rules blocked/,
      file: '24-conditional-access',
    },
  ])(
    '$who is refused with what to do, and the chat goes on',
    async ({ who, steps, sentence, file }) => {
      const popup = await teams.signInPopup('Sign in');
      await pick(popup, who);
      for (const step of steps) await popup.getByRole('button', { name: step }).click();
      await popup.getByRole('heading', { name: 'Not connected' }).waitFor();
      expect(await popup.locator('main').textContent()).toMatch(sentence);
      await picture(file, popup);
      await popup.close();
      await newLink();
    },
    60_000,
  );

  it('a tenant without a directory role is connected, but; and green once the role is there', async () => {
    const popup = await teams.signInPopup('Sign in');
    await pick(popup, 'luca.steiner@alpineski.example');
    await accept(popup);
    await accept(popup);
    await teams.sendMessage((await popup.locator('.code').textContent()) ?? '');
    const missing = await teams.waitForCard(`${SKI} is connected to Office 365, but something is missing.`);
    expect(await missing.textContent()).toContain('no directory role');
    await teams.waitForCard('How should it sync?');
    await missing.scrollIntoViewIfNeeded();
    await picture('25-connected-but');

    await popup.goto(`${stack.microsoft.pagesUrl}/roles/alpineski.example`);
    await popup.getByRole('button', { name: 'Assign Privileged Authentication Administrator' }).click();
    await popup.getByText('Assigned:').waitFor();
    await popup.close();
    await teams.clickCardButton(missing, 'Test again');
    await teams.waitForCard(`✓ ${SKI} is connected to Office 365. All tests passed.`);
    await picture('26-green');
  }, 60_000);

  it('everything started again on the same folder goes on with what was there', async () => {
    stack = await stack.again();
    await teams.page.close();
    teams = await openPlayground(browser.context, stack.playgroundUrl);
    await teams.sendMessage('customers');
    const leave = await teams.waitForCard('You are in the middle of Sync options.');
    await teams.clickCardButton(leave, 'Leave: customers');
    const list = await teams.waitForCard('Search by name');
    const text = await list.textContent();
    expect(text).toContain(CLOUD);
    expect(text).toContain(SKI);
    await picture('27-started-again');
    await teams.sendMessage(`test connection ${CLOUD}`);
    await teams.waitForCard(`✓ ${CLOUD} is connected to Office 365. All tests passed.`);
  }, 60_000);

  async function addWithOffice365(name: string): Promise<void> {
    await teams.sendMessage(`add customer ${name}`);
    const asked = await teams.waitForCard('Customer name');
    await teams.clickCardButton(asked, 'Next');
    const sources = await teams.waitForCard(`What shall Keyturn look after for ${name}?`);
    await teams.choose(sources, 'Office 365');
    await teams.clickCardButton(sources, 'Add customer');
    await teams.waitForCard(`${name} was added.`);
  }

  /** Asks for a new sign-in button, and waits for its card. */
  async function newLink(): Promise<void> {
    const buttons = teams.page.getByRole('button', { name: 'Sign in' });
    const before = await buttons.count();
    await teams.clickCardButton(await teams.waitForCard('Enter the sign-in code'), 'New sign-in link');
    await buttons.nth(before).waitFor();
  }

  const pick = (popup: Page, username: string) => popup.getByRole('button', { name: username }).click();
  const accept = (popup: Page) => popup.getByRole('button', { name: 'Accept' }).click();
});
