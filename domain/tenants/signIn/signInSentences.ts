/** The sentences that refuse a sign-in, beside the words of its link. */
export const FOREIGN =
  'This answer does not belong to a sign-in that is under way here: it was used already, is too old, or comes from somewhere else. Start again in the chat.';
export const OWN_TENANT =
  'That is your own company’s tenant, not the customer’s. Start again with an administrator of the customer; if your own tenant is really meant, say so in the chat first.';
export const notAdministrator = (username: string, customer: string): string =>
  `${username || 'This account'} is not a Global Administrator of ${customer}. Start again and sign in as one. If the role is only eligible, activate it first.`;
export const TAKEN =
  'This tenant is already connected to another customer. Check which account was used, then start again in the chat.';
export const OTHER_TENANT =
  'This customer is connected to a different tenant. Disconnect that one on the customer’s card first, then start again.';
