/** A name or a phrase that people no longer read, and what Keyturn says instead. */
interface Banned {
  phrase: RegExp;
  say: string;
}

/** Microsoft’s names of today, one name for each thing, and plain modern English. */
export const BANNED: readonly Banned[] = [
  { phrase: /\bOffice ?365\b/, say: 'Microsoft 365' },
  { phrase: /\bAzure AD Connect\b/, say: 'Microsoft Entra Connect' },
  { phrase: /\bAzure (?:AD|Active Directory)\b(?! Connect)/, say: 'Microsoft Entra ID' },
  { phrase: /\binstall(?:ation)? lines?\b|\bmake a line\b/i, say: 'install command' },
  { phrase: /(?<!\byes, )\bit was us\b/i, say: 'Yes, it was us' },
  { phrase: /\blook into it\b/i, say: 'No, investigate' },
  { phrase: /\bwhoever\b/i, say: 'the person who' },
  { phrase: /\b(?:thereupon|whereupon|thereof|hereby)\b/i, say: 'then, or two sentences' },
  { phrase: /\b(?:told|tells?) of\b/i, say: 'gets alerts for, is told about' },
  { phrase: /\b(?:heard|hears) of\b/i, say: 'no contact since' },
  { phrase: /\bshall\b/i, say: 'should, will' },
  { phrase: /\bjust now\b|\b(?:minutes?|hours?) ago\b/i, say: 'the time' },
  { phrase: /\blive in (?:Microsoft|Office) 365\b/i, say: 'works in Microsoft 365' },
  {
    phrase: /\b(?:in|from) (?:this|that|their|a shared) places?\b|\bfor a place\b/i,
    say: 'chat, server role',
  },
  { phrase: /\bleave out\b/i, say: 'skip' },
  { phrase: /\blook(?:s|ed)? after\b/i, say: 'manage' },
  { phrase: /\bend what you are in the middle of\b/i, say: 'cancel the current step' },
];

/** A place that keeps such a phrase on purpose. */
interface Kept {
  path: string;
  phrase: RegExp;
  why: string;
}

export const KEPT: readonly Kept[] = [
  {
    path: 'bot/understanding/languages/english.ts',
    phrase: /new install line/,
    why: 'people who know the earlier name type it',
  },
  {
    path: 'domain/sync/syncWords.ts',
    phrase: /formerly Azure AD Connect|Sync Active Directory with Azure AD/,
    why: 'the names that people know from elsewhere, once where they choose',
  },
  {
    path: 'docs/entra-connect.md',
    phrase: /formerly Azure AD Connect/,
    why: 'its earlier name, once in the docs',
  },
  {
    path: 'README.md',
    phrase: /^## Connect a customer's Microsoft 365 \(Office 365\)$|_Sync Active Directory with Azure AD_/,
    why: 'the names that people know from elsewhere, once in the docs',
  },
  {
    path: 'dialogs/connectTenant.ts',
    phrase: /^Microsoft 365 \(Office 365\) of/,
    why: 'the first time that somebody connects it',
  },
  {
    path: 'agent/sync/connect.ts',
    phrase: /Microsoft Azure AD Sync\\Bin/,
    why: 'a folder that Microsoft’s installer makes',
  },
];
