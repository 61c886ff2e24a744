import template from './customer.json';
import { badgesOf } from './fragments/badges';
import { type Fact, factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import { type Button, commandButton, groupedMenu, type MenuGroup } from './fragments/more';
import { type Badge, type Card, type CommandButton, colourOf, presenter, type Tone } from './shared/card';
import { joined, type Text } from './shared/time';

export interface CustomerData {
  id: string;
  name: string;
  badges: Badge[];
  /** The one thing to do next; absent when nothing is to be done. */
  need?: CustomerNeed;
  /** Three at most. */
  facts: Fact[];
  /** The organizations upstream that are the same company. */
  organizations: OrganizationRow[];
  /** The latest first, a handful, as lines. */
  changes: Text[];
  /** The consent and other details, as lines. */
  details: Text[];
  /** At most three, in sight. */
  actions: CustomerAction[];
  /** Behind More, by group. */
  more: { label: string; actions: CustomerAction[] }[];
  /** What ends something, the last behind More. */
  ends: CustomerAction[];
}

export interface CustomerNeed {
  title: Text;
  text?: Text;
  /** `accent` for a step of setting it up, otherwise for what does not work. */
  tone: Exclude<Tone, 'good' | 'neutral'>;
  button?: CustomerAction;
}

/** An action on this customer; its button carries the id. */
export type CustomerAction = Omit<CommandButton, 'args'>;

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

/** One customer on one screen: how it stands, the one thing to do next, and what else can be done. */
export function customerCard(data: CustomerData): Card {
  const { id, name, badges, need, facts, organizations, changes } = data;
  return render({
    speak: joined([name, need ? need.title : badges.map(({ text }) => text).join(', ')], ': '),
    header: headerOf({ heading: name }),
    badges: badgesOf(badges),
    need: need ? [shownNeed(need, id)] : [],
    facts: factsOf(facts),
    organizations: organizations.map(shownOrganization),
    last: changes.slice(0, 1).map((text) => ({ text: joined(['Last change', text], ': ') })),
    menu: groupedMenu(
      data.actions.map((action) => actionButton(action, id)),
      behindMore(data),
    ),
  });
}

const shownNeed = ({ title, text = '', tone, button }: CustomerNeed, customerId: string) => ({
  title,
  text,
  style: tone,
  symbol: tone === 'accent' ? '→' : '⚠',
  colour: tone === 'accent' ? 'default' : colourOf(tone),
  buttons: button ? [{ title: button.title, data: { command: button.command, args: { customerId } } }] : [],
});

const actionButton = (
  { title, command }: CustomerAction,
  customerId: string,
  style?: 'destructive',
): Button => commandButton(title, { command, args: { customerId } }, style ? { style } : {});

const behindMore = ({ id, organizations, changes, details, more, ends }: CustomerData): MenuGroup[] => [
  { label: 'Details', lines: details, buttons: [] },
  { label: 'Earlier changes', lines: changes.slice(1), buttons: [] },
  ...more.map(({ label, actions }) => ({ label, buttons: actions.map((each) => actionButton(each, id)) })),
  {
    label: 'Remove',
    buttons: [
      ...organizations.filter(unlinksBehindMore).map(unlinkButton),
      ...ends.map((each) => actionButton(each, id, 'destructive')),
    ],
  },
];

/** Where a person should look, the card offers to unlink at once; elsewhere it is behind More. */
const unlinksBehindMore = ({ canUnlink, notice, theirName }: OrganizationRow): boolean =>
  canUnlink && (!notice || theirName !== undefined);

const unlinkButton = ({ linkId, name, integration }: OrganizationRow): Button => ({
  title: `Unlink ${integration}`,
  tooltip: `Unlink ${name} of ${integration}`,
  verb: 'organization',
  data: { linkId, do: 'unlink' },
  style: 'destructive',
});

function shownOrganization(row: OrganizationRow) {
  const { linkId, integration, name, url, notice, tone, theirName, canUnlink } = row;
  const deeds = [
    ...(theirName !== undefined
      ? [['Take their name', 'takeTheirs'] as const, ['Keep ours', 'keepOurs'] as const]
      : []),
    ...(canUnlink && !unlinksBehindMore(row) ? [['Unlink', 'unlink'] as const] : []),
  ];
  return {
    name: `${integration}: ${name || '(without a name)'}`,
    notice: notice ?? '',
    symbol: tone === 'neutral' ? 'ⓘ' : '⚠',
    colour: colourOf(tone),
    url: url?.startsWith('https://') ? url : '',
    open: `Open ${name} in ${integration}`,
    buttons: deeds.map(([title, deed]) => ({
      title,
      data: { linkId, do: deed, ...(theirName !== undefined && { theirName }) },
    })),
  };
}
