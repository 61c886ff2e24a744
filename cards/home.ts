import template from './home.json';
import { type Card, type CommandButton, presenter } from './shared/card';

export interface HomeData {
  /** The name of the greeted person; absent where the bot introduces itself to a group. */
  name?: string;
  /** What everybody who reads this may start; a group without actions is left out. */
  groups: { title: string; actions: CommandButton[] }[];
  showsCustomers: boolean;
  /** The command where most people begin: its button is the primary one. */
  begin: string;
}

const render = presenter(template);

/** Greets a person or introduces the bot to a group, says what it is for, and offers where to begin. */
export function homeCard({ name, groups, showsCustomers, begin }: HomeData): Card {
  return render({
    speak: name ? `Hello ${name}, I am Keyturn.` : 'I am Keyturn. I watch customers’ directories.',
    heading: name ? `Hello ${name}` : 'Hello, I am Keyturn',
    how: howOf(name !== undefined, showsCustomers),
    elsewhere: showsCustomers
      ? []
      : [{ text: 'Not everybody here may see customers, so I show none here. Ask me in our personal chat.' }],
    groups: groups
      .filter(({ actions }) => actions.length > 0)
      .map(({ title, actions }) => ({
        title,
        actions: actions.map(({ title: label, ...data }) => ({
          title: label,
          style: data.command === begin ? 'positive' : 'default',
          data,
        })),
      })),
  });
}

function howOf(personal: boolean, showsCustomers: boolean): string {
  if (personal) return 'Choose here, or type it: “customers”, or a customer’s name.';
  return `Mention me to ask for something here: “@Keyturn ${showsCustomers ? 'customers' : 'help'}”.`;
}
