import template from './home.json';
import { buttonRows, type Card, type CommandButton, presenter } from './shared/card';

export interface HomeData {
  /** The name of the greeted person. */
  name: string;
  actions: CommandButton[];
}

const render = presenter(template);

/** Greets a person, says what the bot is for, and offers what this person may do. */
export const homeCard = ({ name, actions }: HomeData): Card =>
  render({ name, speak: `Hello ${name}, this is Keyturn.`, rows: buttonRows(actions) });
