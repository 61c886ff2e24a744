import type { Page } from 'playwright-core';
import { z } from 'zod';

/** A message of the bot: what an alert shows of it. */
export interface Outgoing {
  alert: string;
  hasCard: boolean;
}

/** What the Playground logs of a message that the bot sends or changes. */
const logged = z.object({
  log: z.object({
    activityName: z.literal('message'),
    from: z.literal('User Application'),
    request: z.object({
      body: z.object({
        text: z.string().optional(),
        summary: z.string().optional(),
        attachments: z.array(z.unknown()).default([]),
      }),
    }),
  }),
});

/** Adds every message that the bot sends, while this page shows the Playground, to `seen`. */
export function recordOutgoing(page: Page, seen: Outgoing[]): void {
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const { data } = logged.safeParse(jsonIn(String(payload)));
      if (!data) return;
      const { text = '', summary = '', attachments } = data.log.request.body;
      seen.push({ alert: summary || text, hasCard: attachments.length > 0 });
    }),
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
