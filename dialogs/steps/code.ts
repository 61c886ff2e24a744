import { z } from 'zod';

export type CodeAnswer = { do: 'submit'; code: string } | { do: 'newLink' } | { do: 'closed' };

/** What Teams sends instead of a code when somebody closes the pop-up. */
const CANCELLED_BY_TEAMS = 'CancelledByUser';

/** How a step takes the six digits that one of our pages shows, or the wish for a new link. */
export const codeAnswer = (page: string) => ({
  answer: z.discriminatedUnion('do', [
    z.object({
      do: z.literal('submit'),
      code: z.string({ message: `Type the six digits that the ${page} shows.` }).max(100),
    }),
    z.object({ do: z.literal('newLink') }),
    z.object({ do: z.literal('closed') }),
  ]),
  fromText: (code: string) => ({ do: 'submit', code }),
  fromCode: (code: string) => (code === CANCELLED_BY_TEAMS ? { do: 'closed' } : { do: 'submit', code }),
});

export const wrongCode = (page: string, left: number): { stay: string } => ({
  stay: `That code is not right. Look at the ${page} again; ${left === 1 ? '1 try is' : `${left} tries are`} left.`,
});
