import { headerOf } from './fragments/header';
import { commandButton, moreOf } from './fragments/more';
import { rowOf } from './fragments/row';
import template from './offer.json';
import { type Card, type CommandButton, presenter } from './shared/card';

export interface OfferData {
  title: string;
  text: string;
  /** One row each: names are long. */
  choices?: CommandButton[];
  buttons: (CommandButton & { destructive?: boolean })[];
}

const render = presenter(template);

/** A sentence, and a handful of commands to choose from. */
export const offerCard = ({ title, text, choices = [], buttons }: OfferData): Card =>
  render({
    speak: `${title.replace(/[^.?…!]$/u, '$&.')} ${text}`,
    header: headerOf({ heading: title, under: text }),
    rows: choices.map(({ title: name, ...data }) =>
      rowOf({ title: name, open: { title: name, verb: 'command', data } }),
    ),
    menu: moreOf(
      buttons.map(({ title: label, destructive, ...call }) =>
        commandButton(label, call, destructive ? { style: 'destructive' } : {}),
      ),
    ),
  });
