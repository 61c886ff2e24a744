import type { Locator } from 'playwright-core';
import type { PlaygroundPage } from './playgroundPage';

/** The review card of the latest import, as a technician uses it. */
export function reviewCard(teams: PlaygroundPage) {
  const card = (): Promise<Locator> => teams.waitForCard('Nothing changes before you apply.');
  return {
    card,
    /** The text of the button. */
    async buttonNamed(name: RegExp): Promise<string> {
      const button = (await card()).getByRole('button', { name }).last();
      return (await button.textContent()) ?? '';
    },
    /** Presses a button, and waits until the card shows `then`. */
    async press(name: string | RegExp, then: string | RegExp): Promise<void> {
      await (await card()).getByRole('button', { name }).last().click();
      await (await card()).getByText(then).first().waitFor();
    },
    async find(text: string, then: string): Promise<void> {
      await (await card())
        .getByRole('button', { name: /^Search/ })
        .first()
        .click();
      await teams.fillInput(await card(), 'Search by name', text);
      await this.press('Search this list', then);
    },
    /** Presses a button behind More. */
    async pressMore(name: string | RegExp, then: string | RegExp): Promise<void> {
      await (await card()).getByRole('button', { name: 'More', exact: true }).click();
      await this.press(name, then);
    },
    /** Presses the button of a list behind the search. */
    async openList(name: RegExp, then: string | RegExp): Promise<void> {
      const list = (await card()).getByRole('button', { name }).last();
      // An earlier review may still be the last card: then its lists are opened first.
      for (let opened = 0; opened < 4 && !(await list.isVisible()); opened++) {
        await (await card())
          .getByRole('button', { name: /^Search/ })
          .first()
          .click();
        await list.waitFor({ timeout: 5_000 }).catch(() => undefined);
      }
      await this.press(name, then);
    },
    /** Chooses what happens to the first organization on the card that has several choices. */
    async pick(option: string): Promise<void> {
      await (await card()).getByLabel('What to do').first().click();
      await teams.page.getByRole('option', { name: option }).click();
    },
    /** Ticks the first organization on the card that can only be created or left out. */
    async tick(): Promise<void> {
      await (await card()).getByRole('checkbox').first().click();
    },
  };
}
