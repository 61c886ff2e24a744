import template from './didYouMean.json';
import { buttonRows, type Card, type CommandButton, presenter } from './shared/card';

export interface DidYouMeanData {
  nearest: CommandButton[];
}

const render = presenter(template);

/** Answers an unknown word with the nearest commands, and always offers help. */
export const didYouMeanCard = ({ nearest }: DidYouMeanData): Card =>
  render({
    speak: 'I don’t know that one. These come nearest.',
    rows: buttonRows([...nearest, { title: 'Show all commands', command: 'help' }]),
  });
