/** What we refuse ourselves. */
export const NOT_OPEN =
  'This sign-in link is unknown or older than ten minutes. Go back to the chat and start again.';
export const OTHER_BROWSER =
  'This sign-in was begun in another browser, or this browser refuses cookies. Go on where it was begun, or start again in the chat.';
export const FINISHED = 'This sign-in is finished already. Type its code in the chat, or start again there.';
export const FOREIGN =
  'This answer does not belong to a sign-in that is under way here: it was used already, is too old, or comes from somewhere else. Start again in the chat.';
export const OWN_TENANT =
  'That is your own company’s tenant, not the customer’s. Start again with an administrator of the customer; if your own tenant is really meant, say so in the chat first.';
export const NOT_ADMINISTRATOR =
  'This account is not a Global Administrator of its tenant, so it cannot connect it. Start again and sign in with one (activate the role first if it is only eligible).';
export const TAKEN =
  'This tenant is already connected to another customer. Check which account was used, then start again in the chat.';
export const OTHER_TENANT =
  'This customer is connected to a different tenant. Disconnect that one on the customer’s card first, then start again.';
export const NEWER = 'A newer sign-in was started. Use the newest button in the chat.';
export const TOO_MANY_LINKS =
  'You asked for many sign-in links in the last ten minutes. Wait a few minutes, then ask for a new one.';
export const CANCELLED = 'The sign-in was cancelled. Nothing was connected. Start again when you are ready.';
export const TOO_MANY_CODES = 'That was the fifth wrong code, so this sign-in has ended. Start again.';
export const CODE_USED = 'This code was used already. Start again if the tenant is still to be connected.';
export const NONE_OPEN = 'No sign-in is open here, or its ten minutes are over. Start again.';
export const NO_CODE_YET =
  'The sign-in in the browser is not finished yet. Finish it there first; the page then shows a six-digit code.';
