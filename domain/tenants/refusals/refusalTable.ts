/** One kind of refusal by Microsoft: how we recognize it, what happened, who can solve it and how. */
export interface RefusalRow {
  /** AADSTS numbers. They change over the years; an unknown number decides nothing. */
  numbers?: readonly number[];
  suberrors?: readonly string[];
  /**
   * OAuth errors, including those of Microsoft's library; they count where neither number nor
   * suberror says more.
   */
  errors?: readonly string[];
  /** The sentence for the person whose sign-in or consent was refused. */
  signIn: string;
  /** When Keyturn asks on its own; absent for a refusal that only a sign-in can get. */
  alone?: { finding: string; cure: string };
}

export const WAIT_CURE = 'Changes can take some minutes to arrive. Test again then.';
export const CONSENT_CURE = `Have a Global Administrator of the customer grant the permissions again: connect Microsoft 365 once more. ${WAIT_CURE}`;
const OUR_ADMIN = 'Nothing is wrong with the customer:';

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const ROWS = {
  /** The person said no to the consent, or pressed Cancel. */
  declined: {
    numbers: [65004],
    suberrors: ['cancel'],
    errors: ['access_denied', 'permission_denied'],
    signIn:
      'The permissions were not granted. Nothing was connected. Start again in the chat, and choose Accept.',
  },
  adminConsentNeeded: {
    numbers: [65001, 90008, 90093, 90094, 90095, 90099],
    suberrors: ['consent_required'],
    errors: ['consent_required'],
    signIn:
      'This account may not grant the permissions for the whole tenant. Start again and sign in as a Global Administrator of the customer.',
    alone: { finding: 'A permission for this is not granted.', cure: CONSENT_CURE },
  },
  /** The service principal or its consent is gone from the tenant, or was never there. */
  consentLost: {
    numbers: [500011, 650051, 650052, 650054, 650056, 700011, 700016, 7000229],
    errors: ['unauthorized_client'],
    signIn:
      'Keyturn is not in this tenant, or its consent was withdrawn. Start again and grant the permissions once more.',
    alone: { finding: 'Keyturn’s app, or its consent, is not in the tenant.', cure: CONSENT_CURE },
  },
  appDisabled: {
    numbers: [70001, 1000031, 7000112],
    signIn:
      'Keyturn’s app is disabled in this tenant. Have an administrator of the customer enable it in Entra, under Enterprise applications, then start again.',
    alone: {
      finding: 'Keyturn’s app is disabled in the tenant.',
      cure: `Have an administrator of the customer enable it in Entra, under Enterprise applications. ${WAIT_CURE}`,
    },
  },
  notAssigned: {
    numbers: [50105, 501051],
    signIn:
      'The customer lets only assigned people use Keyturn’s app, and this account is not assigned. Have an administrator of the customer assign it in Entra, under Enterprise applications, then start again.',
    alone: {
      finding: 'The customer lets only assigned apps and people use this app, and Keyturn is not assigned.',
      cure: `Have an administrator of the customer switch “Assignment required” off in Entra, under Enterprise applications. ${WAIT_CURE}`,
    },
  },
  wrongAccount: {
    numbers: [16000, 16001, 16003, 50014, 50020, 50034, 50177, 50178, 50197, 51004, 90072, 500208],
    signIn:
      'The account that was used does not belong to the tenant that was signed in to. Check which account the browser chose: start again, choose “Use another account” and sign in with an administrator of the customer.',
  },
  personalAccount: {
    numbers: [500200, 500201, 500202],
    signIn:
      'That is a personal Microsoft account. Start again and sign in with a work account, a Global Administrator of the customer.',
  },
  accountDisabled: {
    numbers: [50057],
    signIn:
      'This account is disabled. Have an administrator of the customer enable it, or start again with another administrator’s account.',
  },
  accountLocked: {
    numbers: [50053],
    signIn:
      'This account is locked after too many wrong passwords, or Microsoft blocked the address that it signs in from. Wait, or have an administrator of the customer unlock it, then start again.',
  },
  passwordExpired: {
    numbers: [50055, 50126, 50144],
    suberrors: ['user_password_expired'],
    signIn:
      'The password of this account is expired or wrong. Change it at Microsoft first, or have an administrator of the customer reset it, then start again.',
  },
  delegatedAdminBlocked: {
    numbers: [530034],
    signIn:
      'This is a delegated administrator, whom a policy keeps out of the customer’s tenant because of a risk in the account’s own tenant. Have the risk looked at there, or start again with an administrator of the customer.',
  },
  riskBlocked: {
    numbers: [50135, 53004, 53011],
    signIn:
      'Microsoft sees a risk in this account. Have an administrator of its tenant look at it in Entra, under ID Protection, or start again with another administrator.',
  },
  tenantRestricted: {
    numbers: [50002, 500021, 500022, 500212, 500213],
    signIn:
      'A network or the rules between two companies keep this account out of this tenant (tenant restrictions or cross-tenant access). Start again from another network, or ask the administrators of that network and of the customer.',
  },
  conditionalAccess: {
    numbers: [50131, 53003, 530032, 530035],
    suberrors: ['message_only'],
    errors: ['interaction_required', 'login_required'],
    signIn:
      'The customer’s Conditional Access rules blocked this sign-in. Use a device and place that the rules allow, or have the customer exempt this app, then start again.',
    alone: {
      finding: 'A Conditional Access rule of the customer blocks Keyturn’s app.',
      cure: 'Have the customer exempt the app from rules for workload identities, then test again.',
    },
  },
  deviceNeeded: {
    numbers: [50005, 50097, 50129, 50155, 50187, 53000, 53001, 53002, 53009, 135011],
    suberrors: ['additional_action'],
    signIn:
      'The customer’s rules ask for a managed device. Open the link on a device that the customer manages, then start again.',
  },
  mfaNeeded: {
    numbers: [50072, 50074, 50076, 50078, 50079, 50158, 53010, 500121],
    suberrors: ['basic_action'],
    signIn:
      'The customer’s rules ask for multi-factor authentication and it was not completed. Start again and finish the second step, or register one for this account first.',
  },
  federation: {
    numbers: [20001, 20012, 20033, 40008, 40009, 40010, 40015, 50008, 80001, 80002, 80005, 80007, 80014],
    signIn:
      'The customer’s own sign-in service (federation or pass-through authentication) did not let this account in. Ask the customer’s IT to look at it, or start again with an account that Microsoft itself signs in.',
  },
  codeUsed: {
    numbers: [50089, 50132, 50133, 50173, 54005, 70000, 70008, 70043, 501481, 700005],
    suberrors: ['bad_token'],
    errors: ['invalid_grant'],
    signIn: 'Microsoft’s answer was used already or came too late. Start again in the chat.',
  },
  ourCredential: {
    numbers: [
      50012, 50013, 70002, 700023, 700024, 700025, 700027, 700030, 7000215, 7000216, 7000218, 7000222,
    ],
    errors: ['invalid_client'],
    signIn: `Microsoft does not accept Keyturn’s own credential. ${OUR_ADMIN} ask your Keyturn admin to renew the app’s secret or certificate, then start again.`,
    alone: {
      finding: 'Microsoft does not accept Keyturn’s own credential.',
      cure: 'Ask your Keyturn admin to renew the app’s secret or certificate. Nothing is wrong with the customer.',
    },
  },
  ourSettings: {
    numbers: [50011, 50194, 70003, 70004, 70011, 500112, 650057, 700054, 900144, 900971, 1002012, 9002325],
    errors: ['invalid_scope', 'invalid_resource', 'unsupported_grant_type', 'unsupported_response_type'],
    signIn: `Keyturn’s own app registration at Microsoft does not fit this sign-in. ${OUR_ADMIN} ask your Keyturn admin to compare the registration’s redirect addresses and permissions with Keyturn’s documentation, then start again.`,
    alone: {
      finding: 'Keyturn’s own app registration at Microsoft does not fit this request.',
      cure: 'Ask your Keyturn admin to compare it with Keyturn’s documentation. Nothing is wrong with the customer.',
    },
  },
  tenantBlocked: {
    numbers: [5000224, 5000225],
    signIn:
      'Microsoft has blocked this whole tenant, for instance because it was not used for long. A Global Administrator of the customer must have Microsoft reactivate it; start again after that.',
    alone: {
      finding: 'Microsoft has blocked this whole tenant, for instance because it was not used for long.',
      cure: 'A Global Administrator of the customer must have Microsoft reactivate it. Test again after that.',
    },
  },
  tenantNotFound: {
    numbers: [50059, 50128, 90002, 90019],
    errors: ['invalid_tenant'],
    signIn: 'Microsoft does not know this tenant. Check which account was used, then start again.',
    alone: {
      finding: 'Microsoft no longer knows this tenant.',
      cure: 'Ask the customer, then disconnect it here.',
    },
  },
  otherCloud: {
    numbers: [90038, 90043, 90051, 900382, 900432, 1000104],
    signIn:
      'This tenant is in another cloud of Microsoft, such as that of the US government or of China, which this Keyturn does not work with. Ask your Keyturn admin.',
    alone: {
      finding: 'This tenant is in another cloud of Microsoft, which this Keyturn does not work with.',
      cure: 'Ask your Keyturn admin.',
    },
  },
  unavailable: {
    numbers: [50033, 50087, 50088, 50196, 70012, 90006, 90012, 90024, 90033, 90055, 90090, 90091],
    errors: [
      'temporarily_unavailable',
      'server_error',
      'network_error',
      'request_timeout',
      'openid_config_error',
      'endpoints_resolution_error',
    ],
    signIn: 'Microsoft’s sign-in did not answer. Nothing was connected. Start again in some minutes.',
    alone: { finding: 'Microsoft did not answer in time.', cure: 'Test again in some minutes.' },
  },
  /** Keyturn's own limit for one tenant. */
  askedTooOften: {
    signIn:
      'Keyturn has asked Microsoft so often for this customer that it waits now. Nothing was connected. Start again in some minutes.',
    alone: {
      finding: 'Keyturn has asked Microsoft so often for this customer that it waits now.',
      cure: 'Test again in some minutes.',
    },
  },
  /** The answer is a page for people, where Microsoft should send data. */
  webPage: {
    signIn:
      'Something between Keyturn and Microsoft, such as a firewall or a proxy, answered with a web page. Nothing was connected, and nothing is wrong with the customer. Ask those who run the network of Keyturn’s server.',
    alone: {
      finding: 'Something between Keyturn and Microsoft answered with a web page.',
      cure: 'Ask those who run the network of Keyturn’s server to let it reach Microsoft. Nothing is wrong with the customer.',
    },
  },
  /** The list has no end, or leads elsewhere. */
  endless: {
    signIn:
      'Microsoft’s list of this account’s roles did not come to an end, so that Keyturn cannot tell what the account may do. Nothing was connected. Start again in some minutes.',
    alone: {
      finding: 'Microsoft’s list did not come to an end, so that this cannot be told.',
      cure: 'Test again in some minutes; if it stays so, ask Microsoft’s support.',
    },
  },
  other: {
    signIn:
      'Microsoft refused this sign-in for a reason that Keyturn does not know. Nothing was connected. The sign-in log of the customer’s Entra says more.',
    alone: {
      finding: 'Microsoft refused this for a reason that Keyturn does not know.',
      cure: 'Test again; the sign-in log of the customer’s Entra says more.',
    },
  },
} satisfies Record<string, RefusalRow>;

/** Why Microsoft refused. */
export type SignInRefusal = keyof typeof ROWS;

export const REFUSALS: Readonly<Record<SignInRefusal, RefusalRow>> = ROWS;
