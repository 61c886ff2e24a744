import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../../sandbox/projectRoot';
import { startTestStack, type TestStack } from '../process/stack';
import { openChromium } from './chromium';
import type { Outgoing } from './outgoing';
import { openPlayground, type PlaygroundPage } from './playgroundPage';

const PICTURES = join(projectRoot(), 'test-results');

/** The whole demo, and a technician's browser with its Playground open. */
export interface TeamsWorld {
  stack: TestStack;
  browser: Awaited<ReturnType<typeof openChromium>>;
  teams: PlaygroundPage;
  /** A picture for people, in test-results/. */
  picture(name: string, page?: Page, options?: { fullPage?: boolean }): Promise<unknown>;
  /** Stops everything and starts it again on the same folder and ports; the technician opens Teams anew. */
  again(): Promise<void>;
}

/**
 * One world for all tests of a describe, closed after them; no part of it may have ended by itself, and no
 * message of the bot may be without words for its alert. `name` is for the last picture, and for the list of
 * all messages.
 */
export function useTeams(name: string): TeamsWorld {
  const world = {} as TeamsWorld;
  const outgoing: Outgoing[] = [];
  const openTeams = async () => {
    world.teams = await openPlayground(world.browser.context, world.stack.playgroundUrl, outgoing);
  };
  world.picture = (file, page = world.teams.page, options = {}) =>
    page.screenshot({ path: join(PICTURES, `${file}.png`), ...options });
  world.again = async () => {
    world.stack = await world.stack.again();
    await world.teams.page.close();
    await openTeams();
  };
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    world.stack = await startTestStack();
    world.browser = await openChromium();
    await openTeams();
  });
  afterAll(async () => {
    await world.picture(`${name}-last-seen`);
    await world.browser.close();
    await world.stack.stop();
    expect(world.stack.broken).toEqual([]);
    const alerts = outgoing.map(({ alert, hasCard }) => `${hasCard ? 'card' : 'text'}: ${alert}\n`);
    writeFileSync(join(PICTURES, `${name}-messages.txt`), alerts.join(''));
    expect(outgoing.some(({ hasCard }) => hasCard)).toBe(true);
    expect(outgoing.filter(({ alert }) => !alert)).toEqual([]);
  });
  return world;
}

/**
 * Adds a customer, up to its first step. Where that is Microsoft 365, the button of this customer's own sign-in
 * is there at the end: it comes after the card, and its message names the customer.
 */
export async function addCustomer(
  teams: PlaygroundPage,
  name: string,
  first: 'Microsoft 365' | 'Decide later',
): Promise<void> {
  await teams.sendMessage(`add customer ${name}`);
  const setUp = await teams.waitForCard(`${name} was added.`);
  if (first === 'Decide later') return;
  await teams.clickCardButton(setUp, 'Connect Microsoft 365');
  await teams.page.getByText(`Microsoft 365 (Office 365) of ${name}`).last().waitFor();
}

/** The technician confirms that the tenant is the customer's. Resolves when the card is answered. */
export async function confirmTenant(teams: PlaygroundPage, customer: string): Promise<void> {
  const question = await teams.waitForCard(`Is this the tenant of ${customer}?`);
  await teams.clickCardButton(question, `Yes, connect ${customer}`);
  await teams.waitForNoCard(`Is this the tenant of ${customer}?`);
}

/**
 * Acts as the customer's administrator in the pop-up: picks the account and accepts, once for the sign-in and
 * once for the tenant. Resolves to the shown code; `consenting` checks what the page asks for the tenant.
 */
export async function consentAs(
  popup: Page,
  username: string,
  consenting: () => Promise<unknown> = async () => undefined,
): Promise<string> {
  await popup.getByRole('button', { name: 'Go on to Microsoft' }).click();
  await popup.getByRole('button', { name: username }).click();
  await popup.getByRole('button', { name: 'Accept' }).click();
  await popup.getByText('User-PasswordProfile.ReadWrite.All').waitFor();
  await consenting();
  await popup.getByRole('button', { name: 'Accept' }).click();
  const code = popup.locator('.code');
  await code.waitFor();
  return (await code.textContent()) ?? '';
}
