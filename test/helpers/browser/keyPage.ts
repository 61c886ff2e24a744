import type { Page } from 'playwright-core';

/**
 * What one of the MSP's people does on the page of a link: goes on, and signs in at the MSP's own Microsoft.
 */
export async function signInAsStaff(popup: Page, username = 'alex.wilber@msp.example'): Promise<void> {
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await popup.getByRole('button', { name: username }).click();
}

/** Types an API key on the page and has it tested. */
export async function enterKey(popup: Page, key: string): Promise<void> {
  await popup.getByLabel('API key').fill(key);
  await popup.getByRole('button', { name: 'Test the key' }).click();
}

/** The code that the page shows. */
export const codeOn = async (popup: Page): Promise<string> =>
  (await popup.locator('.code').textContent()) ?? '';
