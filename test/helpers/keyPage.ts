import type { Page } from 'playwright-core';

/** Types an API key on the page and has it tested. */
export async function enterKey(popup: Page, key: string): Promise<void> {
  await popup.getByLabel('API key').fill(key);
  await popup.getByRole('button', { name: 'Test the key' }).click();
}

/** The code that the page shows. */
export const codeOn = async (popup: Page): Promise<string> =>
  (await popup.locator('.code').textContent()) ?? '';
