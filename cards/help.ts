import template from './help.json';
import { type Card, presenter } from './shared/card';

export interface HelpData {
  commands: {
    title: string;
    command: string;
    /** What it does, in one sentence. */
    says: string;
    /** What to type. */
    example: string;
  }[];
}

const render = presenter(template);

/** Every command that this person may use. Choosing an entry starts its command. */
export const helpCard = (data: HelpData): Card => render({ ...data, speak: 'What you can type' });
