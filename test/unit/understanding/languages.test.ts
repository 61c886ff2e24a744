import { commands } from '../../../bot/commands';
import { phrasesIn } from '../../../bot/understanding/language';
import { languages } from '../../../bot/understanding/languages';

const forms = commands.flatMap((command) =>
  Object.entries(command.forms).map(([id, form]) => ({ id, form, command })),
);

it('a form belongs to one command, and its id is a phrase of English', () => {
  expect(new Set(forms.map(({ id }) => id)).size).toBe(forms.length);
  for (const { id } of forms) expect(phrasesIn(languages.english.phrases[id] ?? '')).toContain(id);
});

it('a form that takes no words has the arguments of its command', () => {
  for (const { id, form, command } of forms)
    if (!form.takes) expect([id, command.args.safeParse(form.args ?? {}).success]).toEqual([id, true]);
});

describe.each(Object.entries(languages))('%s', (_name, { phrases }) => {
  it('has words for every form, and for nothing else', () => {
    expect(Object.keys(phrases).sort()).toEqual(forms.map(({ id }) => id).sort());
    for (const words of Object.values(phrases)) expect(phrasesIn(words)).not.toContain('');
  });
});

it('no phrase means two things', () => {
  const meanings = new Map<string, string>();
  for (const { phrases } of Object.values(languages))
    for (const [form, words] of Object.entries(phrases))
      for (const phrase of phrasesIn(words)) {
        const other = meanings.get(phrase) ?? form;
        expect([phrase, other]).toEqual([phrase, form]);
        meanings.set(phrase, form);
      }
});
