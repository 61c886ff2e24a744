import type { Found, Known } from './find';
import type { Question } from './form';

/** The arguments of the form’s command, or what the bot asks to learn them. */
export type Understood = { args: object } | { ask: Question };

/** Makes arguments of the words beside the phrase. */
export async function take(
  { form, rest, to }: Found,
  { forms, lexicon, candidates }: Known,
): Promise<Understood> {
  const { args = {}, takes, destructive = false } = forms[form] ?? {};
  if (!takes) return { args };
  const taken = await takes.take(rest, { lexicon, to, candidates, destructive });
  if ('args' in taken) return { args: { ...args, ...taken.args } };
  const choices = taken.ask.choices?.map((choice) => ({ ...choice, args: { ...args, ...choice.args } }));
  return { ask: { ...taken.ask, ...(choices && { choices }) } };
}
