import type { BrowserContext, Locator, Page } from 'playwright-core';
import { type Outgoing, recordOutgoing } from './outgoing';

export type Conversation =
  | 'Personal Chat'
  | 'Service desk'
  | 'Operations - General'
  | 'Operations - Customers';

/**
 * What a technician sees and does in the Playground. Every method waits for what it needs, up to
 * `PATIENCE_MS`.
 */
export interface PlaygroundPage {
  readonly page: Page;
  /** Opens a chat or channel for the next messages. Outside the personal chat they get an @mention. */
  enter(conversation: Conversation): Promise<void>;
  sendMessage(text: string): Promise<void>;
  /** The newest card that contains `text`. */
  waitForCard(text: string | RegExp): Promise<Locator>;
  /** Resolves when no card shows `text` any more, because the bot replaced it. */
  waitForNoCard(text: string | RegExp): Promise<void>;
  /** Also finds the buttons behind the card's `...` or More. */
  clickCardButton(card: Locator, title: string): Promise<void>;
  fillInput(card: Locator, label: string, value: string): Promise<void>;
  /** Picks a choice in any kind of set on the card: radio button, check box or drop-down entry. */
  choose(card: Locator, label: string): Promise<void>;
  /** Clicks a sign-in button and returns the pop-up that it opens. */
  signInPopup(title: string | RegExp): Promise<Page>;
  /** Resolves when the bot has sent the text as a message, not in a card. */
  waitForBotText(text: string | RegExp): Promise<void>;
  /** The bot's newest message, which may be a card. */
  lastBotText(): Promise<string>;
  screenshot(path: string): Promise<void>;
}

const PATIENCE_MS = 20_000;

/** Opens the Playground in a new page, without its log panel, ready for the first message. */
export async function openPlayground(
  context: BrowserContext,
  url: string,
  outgoing: Outgoing[] = [],
): Promise<PlaygroundPage> {
  const page = await context.newPage();
  recordOutgoing(page, outgoing);
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await editor(page).waitFor();
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  return { page, ...reading(page), ...cards(page), ...rooms(page) };
}

const editor = (page: Page) => page.locator('[contenteditable=true]').first();
const allCards = (page: Page) => page.locator('.ac-adaptiveCard');
/**
 * In a chat the bot's messages are bubbles. In a channel they are paragraphs, while people's own posts are
 * spans.
 */
const botMessages = (page: Page) =>
  page.locator('.fai-OutputCard, .fui-Card[role=group] p:not(.editor-paragraph)');

function reading(page: Page) {
  return {
    waitForBotText: async (text: string | RegExp) =>
      botMessages(page).filter({ hasText: text }).last().waitFor(),
    lastBotText: async () => (await botMessages(page).last().textContent()) ?? '',
    screenshot: async (path: string) => {
      await page.screenshot({ path });
    },
  };
}

function cards(page: Page) {
  const having = (text: string | RegExp) => allCards(page).filter({ hasText: text });
  return {
    waitForCard: async (text: string | RegExp) => {
      const card = having(text).last();
      await card.waitFor();
      return card;
    },
    waitForNoCard: async (text: string | RegExp) => having(text).first().waitFor({ state: 'detached' }),
    clickCardButton: (card: Locator, title: string) => clickButton(page, card, title),
    fillInput: async (card: Locator, label: string, value: string) =>
      card.getByLabel(label).last().fill(value),
    choose: (card: Locator, label: string) => choose(page, card, label),
    signInPopup: async (title: string | RegExp) => {
      const popup = page.waitForEvent('popup');
      await page.getByRole('button', { name: title }).last().click();
      const opened = await popup;
      await opened.waitForLoadState();
      return opened;
    },
  };
}

async function clickButton(page: Page, card: Locator, title: string): Promise<void> {
  const button = card.getByRole('button', { name: title, exact: true }).last();
  const more = card.getByRole('button', { name: 'More options' });
  const behind = card.getByRole('button', { name: 'More', exact: true });
  await button.or(more).or(behind).first().waitFor();
  if (await button.isVisible()) return button.click();
  if (await behind.isVisible()) {
    await behind.click();
    return button.click();
  }
  await more.click();
  return page.getByRole('menuitem', { name: title, exact: true }).click();
}

async function choose(page: Page, card: Locator, label: string): Promise<void> {
  const box = card.getByRole('radio', { name: label }).or(card.getByRole('checkbox', { name: label }));
  const dropDown = card.getByRole('combobox');
  await box.or(dropDown).first().waitFor();
  if ((await box.count()) > 0) return box.first().click();
  await dropDown.click();
  return page.getByRole('option', { name: label }).click();
}

const postButton = (page: Page) => page.getByRole('button', { name: 'Post', exact: true });

function rooms(page: Page) {
  let conversation: Conversation = 'Personal Chat';
  return {
    enter: async (next: Conversation) => {
      await page.getByRole('treeitem', { name: next }).click();
      await postButton(page).waitFor({ state: isChannel(next) ? 'visible' : 'detached' });
      conversation = next;
    },
    sendMessage: async (text: string) => {
      await editor(page).click();
      if (conversation !== 'Personal Chat') await mentionBot(page);
      await page.keyboard.insertText(text);
      await (isChannel(conversation) ? postButton(page).click() : page.keyboard.press('Enter'));
    },
  };
}

const isChannel = (conversation: Conversation) => conversation.startsWith('Operations');

async function mentionBot(page: Page): Promise<void> {
  await page.keyboard.type('@Key');
  await page.getByRole('menuitem', { name: /Keyturn/ }).click();
  await page.keyboard.type(' ');
}
