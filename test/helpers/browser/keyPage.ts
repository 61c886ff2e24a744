import type { Page } from 'playwright-core';

/**
 * Acts as one of the MSP's people on the page of a link: goes on, and signs in with the MSP's own Microsoft
 * tenant.
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

/** Reads the code on the page. */
export const codeOn = async (popup: Page): Promise<string> =>
  (await popup.locator('.code').textContent()) ?? '';
