import type { CommandCall } from '../shared/card';
import type { Text } from '../shared/time';

/** A button of a card. */
export interface Button {
  title: string;
  verb: string;
  data: object;
  /** `positive` is the one primary action of a card. Destructive buttons come last. */
  style?: 'positive' | 'destructive';
  /** Sends what was typed on the card, too. */
  sendsInputs?: boolean;
  /** What a screen reader says, where the title alone would not say what it is about. */
  tooltip?: string;
}

/** A button that opens a page. */
export interface LinkButton {
  title: string;
  url: string;
  tooltip?: string;
}

const IN_SIGHT = 3;
const PER_ROW = 3;

/** Data of the fragment `more`: at most `inSight` buttons, and the rest behind More. */
export function moreOf(buttons: readonly (Button | LinkButton)[], inSight = IN_SIGHT) {
  const ordered = [...buttons.filter((each) => !destroys(each)), ...buttons.filter(destroys)];
  return groupedMenu(ordered.slice(0, inSight), [{ label: '', buttons: ordered.slice(inSight) }]);
}

/** What stands behind More under one label: lines to read, and buttons. */
export interface MenuGroup {
  label: string;
  lines?: readonly Text[];
  buttons: readonly (Button | LinkButton)[];
}

/** Data of the fragment `more`: these buttons, and the groups that are not empty behind More. */
export function groupedMenu(buttons: readonly (Button | LinkButton)[], groups: readonly MenuGroup[]) {
  const behind = groups.filter((group) => group.buttons.length > 0 || (group.lines ?? []).length > 0);
  return {
    any: buttons.length > 0 || behind.length > 0,
    ...shownOf(buttons),
    more: behind.length > 0 ? [{ title: 'More', groups: behind.map(shownGroup) }] : [],
  };
}

const shownGroup = ({ label, lines = [], buttons }: MenuGroup) => ({
  label,
  lines: lines.map((text) => ({ text })),
  rows: Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, row) =>
    shownOf(buttons.slice(row * PER_ROW, (row + 1) * PER_ROW)),
  ),
});

/** A button that starts a command. */
export const commandButton = (
  title: string,
  call: CommandCall,
  more: Pick<Button, 'style' | 'tooltip' | 'sendsInputs'> = {},
): Button => ({ title, verb: 'command', data: call, ...more });

const destroys = (button: Button | LinkButton): boolean =>
  'style' in button && button.style === 'destructive';

const shownOf = (buttons: readonly (Button | LinkButton)[]) => ({
  buttons: buttons.flatMap((button) => ('verb' in button ? [shownButton(button)] : [])),
  links: buttons.flatMap((button) =>
    'url' in button ? [{ ...button, tooltip: button.tooltip ?? button.title }] : [],
  ),
});

const shownButton = ({ title, verb, data, style, sendsInputs, tooltip = title }: Button) => ({
  ...{ title, verb, data, tooltip },
  style: style ?? 'default',
  inputs: sendsInputs ? 'auto' : 'none',
});
