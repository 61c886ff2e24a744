import { MOST_ACCOUNTS } from '../agents/admission/bounds';
import type { Needs } from '../stores/core';

/**
 * How many more users of a customer Keyturn keeps. The accounts are counted when the first new user comes.
 */
export interface AccountBound {
  /** False: the bound is reached. */
  take(): Promise<boolean>;
  refused(): number;
}

export function accountBound(
  { stores: { directoryAccounts } }: Needs<'directoryAccounts'>,
  customerId: string,
): AccountBound {
  let counted: Promise<number> | undefined;
  let taken = 0;
  let refused = 0;
  return {
    async take() {
      counted ??= directoryAccounts.count({ where: { customerId } });
      if ((await counted) + taken < MOST_ACCOUNTS) taken += 1;
      else {
        refused += 1;
        return false;
      }
      return true;
    },
    refused: () => refused,
  };
}

export const ACCOUNTS_FULL = {
  bound: 'accounts',
  finding: `the users that it tells are more than ${MOST_ACCOUNTS.toLocaleString('en')}, which is what Keyturn keeps of one customer. Users beyond that are not kept; their resets are told all the same. If that directory has fewer users, look into that server, and revoke the agent.`,
};
