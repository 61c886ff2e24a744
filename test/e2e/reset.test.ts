import type { Page } from 'playwright-core';
import { chromiumPart } from '../helpers/browser/chromium';
import { signInAsStaff } from '../helpers/browser/keyPage';
import { addCustomer, confirmTenant, consentAs, useTeams } from '../helpers/browser/useTeams';
import { describeWith } from '../helpers/process/parts';

const CUSTOMER = 'Fabrikam Manufacturing';
/** The texts of each card, with a space between them. */
const CARD_TEXTS = `[...document.querySelectorAll('.ac-adaptiveCard')].map((card) =>
  [...card.querySelectorAll('.ac-textBlock')].map(({ textContent }) => textContent).join(' '))`;

describeWith(chromiumPart, 'From a reset at the customer to the card, in a real browser', () => {
  const world = useTeams('reset');
  const { picture } = world;
  /** The page on which the test acts inside the customer's network. */
  let room: Page;

  beforeAll(async () => {
    room = await world.browser.context.newPage();
    await room.goto(world.stack.customer.url);
    await world.teams.page.bringToFront();
  });

  it('connects the hybrid customer, which syncs by Azure AD Connect', async () => {
    await addCustomer(world.teams, CUSTOMER, 'Microsoft 365');
    const popup = await world.teams.signInPopup('Sign in');
    const code = await consentAs(popup, 'marta.keller@fabrikam.example');
    await popup.close();
    await world.teams.sendMessage(code);
    await confirmTenant(world.teams, CUSTOMER);
    const sync = await world.teams.waitForCard('Proposed: Entra Connect syncs passwords');
    await world.teams.clickCardButton(sync, 'Save');
    await world.teams.waitForCard('Show install command');
  });

  it('installs the agent with the line from the page', async () => {
    await world.teams.sendMessage(`install agent ${CUSTOMER}`);
    await world.teams.page.getByRole('button', { name: 'Make an install command' }).waitFor();
    await picture('60-install-agent');
    const popup = await world.teams.signInPopup('Make an install command');
    await signInAsStaff(popup);
    await popup.getByRole('button', { name: 'Show the install commands' }).waitFor();
    await picture('61-install-page', popup);
    await popup.getByRole('button', { name: 'Show the install commands' }).click();
    const line = (await popup.locator('#domainControllerLine').textContent()) ?? '';
    await picture('62-install-line', popup);
    await runOnDc1(line);
    await popup.getByText('✓ DC1 enrolled').waitFor();
    await picture('62-enrolled', popup);
    await popup.close();
    await room.getByText(`Enrolled as an agent of ${CUSTOMER}.`).waitFor();
    await whenWatching();
    await picture('63-server-room', room);
    expect(await room.locator('time').first().textContent()).not.toContain('UTC');
    await world.teams.sendMessage(`agents ${CUSTOMER}`);
    await world.teams.waitForCard('DC1');
    await picture('64-agents');
  });

  it('subscribes this conversation to what it wants to hear', async () => {
    await world.teams.sendMessage('notify');
    const form = await world.teams.waitForCard('This chat gets no alerts yet');
    await picture('65-notify');
    await world.teams.clickCardButton(form, 'Get alerts');
    await world.teams.waitForCard('This chat gets alerts for all customers');
    await picture('66-notify-saved');
  });

  it('shows a reset by somebody else at once, then that it is live, then its explanation, all on one card', async () => {
    await reset('Bruno Bauer', 'Reset password');
    const card = await world.teams.waitForCard('Bruno Bauer');
    await picture('67-reset-seen');
    await card.getByText(/Works in Microsoft 365/).waitFor({ timeout: 60_000 });
    await picture('68-reset-live');
    await world.teams.clickCardButton(card, 'Yes, it was us');
    await card.getByText(/Confirmed by Alex Wilber/).waitFor();
    await picture('69-it-was-us');
    expect(await cardsWith('Bruno Bauer')).toBe(1);
  });

  it('says so when the password must be changed at the next sign-in', async () => {
    await reset('Dmitri Dubois', 'Reset, must change');
    const card = await world.teams.waitForCard('Dmitri Dubois');
    await card.getByText('must be changed at the next sign-in').first().waitFor();
    await picture('70-must-change');
  });

  it('reports every reset once when the bot is killed in the middle of resets', async () => {
    const before = await told();
    await onPage('Reset ten at once', 'An administrator reset 10 passwords.');
    await world.stack.restartBot('kill');
    await reset('Mina Moreau', 'Reset password');
    await world.teams.page.bringToFront();
    while ((await told()).all < before.all + 11) await world.teams.page.waitForTimeout(100);
    await picture('71-after-the-kill');
    const { all, once } = await told();
    expect(all).toBe(before.all + 11);
    expect(once).toBeLessThanOrEqual(before.once + 11);
  }, 150_000);

  it('reports what happened while the agent was away as found late', async () => {
    await onPage('Stop the agent', 'The agent was stopped.');
    await reset('Keiko Kowalski', 'Reset password');
    await onPage('Start the agent', 'The agent was started.');
    await world.teams.page.bringToFront();
    const late = await world.teams.waitForCard(/LATE/);
    expect(await late.textContent()).toContain('Keiko Kowalski');
    await picture('72-found-late');
  });

  it('notices staging mode and says what to do', async () => {
    await onPage('Put it into staging mode', 'Microsoft Entra Connect is in staging mode.');
    await world.teams.page.bringToFront();
    await world.teams.sendMessage(`agents ${CUSTOMER}`);
    const agents = await world.teams.waitForCard('Delta sync now');
    await world.teams.clickCardButton(agents, 'Delta sync now');
    const failed = await world.teams.waitForCard('The delta sync on DC1 did not run');
    expect(await failed.textContent()).toContain('staging mode');
    await picture('73-staging');
  });

  /**
   * Counts the resets that the chat's cards show, by their headings. `all` counts every reset; a card that
   * may be a repeat counts as the earlier card that begins with the same account. `once` leaves out cards
   * that say they may be a repeat.
   */
  async function told(): Promise<{ all: number; once: number }> {
    const texts = await world.teams.page.evaluate<string[]>(CARD_TEXTS);
    const byFirst = new Map<string, number>();
    let once = 0;
    for (const text of texts) {
      const [, many, one] =
        /^\s*(?:(\d+) (?:accounts reset|resets of)|\S+ (reset the password) of)/.exec(text) ?? [];
      const count = Number(many ?? (one ? 1 : 0));
      const [first = text] = /\S+@fabrikam\.example/.exec(text) ?? [];
      byFirst.set(first, Math.max(count, byFirst.get(first) ?? 0));
      if (!text.includes('This may have been told already')) once += count;
    }
    return { all: [...byFirst.values()].reduce((sum, count) => sum + count, 0), once };
  }

  async function onPage(button: string, said: string): Promise<void> {
    await room.goto(world.stack.customer.url);
    await room.getByRole('button', { name: button }).click();
    await room.getByText(said).waitFor();
  }

  const cardsWith = (text: string | RegExp) =>
    world.teams.page.locator('.ac-adaptiveCard').filter({ hasText: text }).count();

  async function runOnDc1(line: string): Promise<void> {
    await room.bringToFront();
    await room.getByLabel('Type “install agent” in the chat').fill(line);
    await room.getByRole('button', { name: 'Run it on DC1' }).click();
  }

  /** The agent's first look only remembers: it sees resets from then on. */
  async function whenWatching(): Promise<void> {
    while (!(await room.getByText('watches Active Directory').isVisible())) await room.reload();
    await world.teams.page.bringToFront();
  }

  async function reset(name: string, button: string): Promise<void> {
    await room.goto(`${world.stack.customer.url}/?q=${encodeURIComponent(name)}`);
    await room.getByRole('row', { name }).first().getByRole('button', { name: button }).click();
    await room.getByRole('status').waitFor();
  }
});
