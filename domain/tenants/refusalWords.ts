import type { SignInRefusal } from './ports';

/** What a refusal of Microsoft means when Keyturn asks on its own, and what to do about it. */
export interface RefusalWords {
  finding: string;
  cure: string;
}

export const WAIT_CURE = 'Changes can take some minutes to arrive. Test again then.';
export const CONSENT_CURE = `Have a Global Administrator of the customer grant the permissions again: connect Office 365 once more. ${WAIT_CURE}`;

const WORDS: Partial<Record<SignInRefusal, RefusalWords>> = {
  consentLost: { finding: 'Keyturn’s app, or its consent, is not in the tenant.', cure: CONSENT_CURE },
  adminConsentNeeded: { finding: 'A permission for this is not granted.', cure: CONSENT_CURE },
  ourCredential: {
    finding: 'Microsoft does not accept Keyturn’s own credential.',
    cure: 'Ask your Keyturn admin to renew the app’s secret or certificate. Nothing is wrong with the customer.',
  },
  conditionalAccess: {
    finding: 'A Conditional Access rule of the customer blocks Keyturn’s app.',
    cure: 'Have the customer exempt the app from rules for workload identities, then test again.',
  },
  tenantNotFound: {
    finding: 'Microsoft does not know this tenant any more.',
    cure: 'Ask the customer, then disconnect it here.',
  },
  unavailable: { finding: 'Microsoft did not answer in time.', cure: 'Test again in some minutes.' },
};

export const refusalWords = (refusal: SignInRefusal): RefusalWords =>
  WORDS[refusal] ?? {
    finding: 'Microsoft refused this test.',
    cure: 'Test again; if it stays so, connect Office 365 once more.',
  };
