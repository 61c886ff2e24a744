import template from './customer.json';
import {
  type Badge,
  buttonRows,
  type Card,
  type CommandButton,
  colourOf,
  presenter,
  shownState,
  signOf,
  type Tone,
} from './shared/card';

export interface CustomerData {
  id: string;
  name: string;
  activeDirectory: Badge;
  office365: Badge;
  /**
   * All of it is text: names, a list of domains, dates for humans. `checkedAt` is empty when it was never
   * tested.
   */
  tenant?: { name: string; domains: string; consentedBy: string; consentedAt: string; checkedAt: string };
  /** The organizations upstream that are the same company. */
  organizations: OrganizationRow[];
  sync: { title: string; detail: string };
  /** The latest first, a handful. `what` follows `who`: 'renamed it'. */
  changes: { when: string; who: string; what: string }[];
  /** Actions for this customer; the buttons carry its id. */
  actions: Omit<CommandButton, 'args'>[];
}

/** `notice` says what a refresh found, such as another name. */
export interface OrganizationRow {
  linkId: string;
  integration: string;
  name: string;
  url?: string;
  notice?: string;
  tone: Tone;
  /**
   * The organization's name, when it differs and nobody has decided yet: the card offers 'take theirs' and
   * 'keep ours'.
   */
  theirName?: string;
  /** Whether the card offers 'unlink'. */
  canUnlink: boolean;
}

const render = presenter(template);

/** Everything about one customer: sources, tenant, sync, last changes, and possible actions. */
export const customerCard = (data: CustomerData): Card =>
  render({
    heading: data.name,
    speak: `${data.name}. Active Directory: ${data.activeDirectory.text}. Office 365: ${data.office365.text}.`,
    sources: [
      { source: 'Active Directory', ...shownState(data.activeDirectory) },
      { source: 'Office 365', ...shownState(data.office365) },
    ],
    tenant: data.tenant ? [tenantOf(data.tenant)] : [],
    organizations: data.organizations.map(organizationOf),
    sync: data.sync,
    changes: data.changes,
    rows: buttonRows(data.actions.map((action) => ({ ...action, args: { customerId: data.id } }))),
  });

const tenantOf = ({
  name,
  domains,
  consentedBy,
  consentedAt,
  checkedAt,
}: NonNullable<CustomerData['tenant']>) => ({
  name,
  domains,
  consent: `${consentedBy}, ${consentedAt}`,
  checkedAt: checkedAt || 'not yet',
});

function organizationOf(row: OrganizationRow) {
  const { linkId, integration, name, url, notice, tone, theirName, canUnlink } = row;
  const deeds = [
    ...(theirName !== undefined
      ? [['Take their name', 'takeTheirs'] as const, ['Keep ours', 'keepOurs'] as const]
      : []),
    ...(canUnlink ? [['Unlink', 'unlink'] as const] : []),
  ];
  return {
    integration,
    name: name || '(without a name)',
    notice: notice ? `${signOf(tone)}${notice}` : '',
    colour: colourOf(tone),
    url: url?.startsWith('https://') ? url : '',
    open: `Open in ${integration}`,
    buttons: deeds.map(([title, deed]) => ({
      title,
      data: { linkId, do: deed, ...(theirName !== undefined && { theirName }) },
    })),
  };
}
