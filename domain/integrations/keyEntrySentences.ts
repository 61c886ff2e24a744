/** What is said of an attempt to enter an API key, in the browser and in the chat. */
export const KEY_NOT_OPEN =
  'This link is unknown, used up or older than ten minutes. Go back to the chat and start again.';
export const KEY_OTHER_BROWSER =
  'This link was opened in another browser first, or this browser refuses cookies. Go on where it was opened, or start again in the chat.';
export const KEY_FOREIGN =
  'This form does not belong to a link that was opened here. Go back to the chat and start again.';
export const KEY_NEWER = 'A newer link was made. Use the newest button in the chat.';
export const KEY_CANCELLED = 'This was cancelled. Nothing was saved. Start again when you are ready.';
export const KEY_NONE_OPEN = 'No API key is being entered here, or its ten minutes are over. Start again.';
export const KEY_NO_CODE_YET =
  'The API key is not entered yet. Open the link and enter it there; when it works, the page shows a six-digit code.';
export const KEY_TOO_MANY_CODES =
  'That was the fifth wrong code, so this attempt has ended and the API key was forgotten. Start again.';
export const KEY_CODE_USED = 'This code was used already. Start again if a key is still to be entered.';
export const KEY_MALFORMED =
  'That does not look like an API key: it has 8 to 512 letters, digits and signs, and no spaces. Copy it again, whole.';
export const INTEGRATION_GONE =
  'That integration was removed. Type “integrations” to see those that are there.';
