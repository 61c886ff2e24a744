import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useCases } from '../helpers/process/permits';

const root = join(__dirname, '../..');
const domain = readdirSync(join(root, 'domain'), { recursive: true, encoding: 'utf8' })
  .map((name) => `domain/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const OWN = 'it reads and ends what this person began, also when they have lost the role since';
const RECORD = 'it writes down what somebody does or is refused';

/** Functions that take an actor and do not ask `permit`, each with the reason why that is right. */
const WITHOUT: Record<string, string> = {
  audited: RECORD,
  auditRefusal: RECORD,
  applyRow: 'it does one row of applyImport, which permits',
  linksIn: OWN,
  endOpenLinks: OWN,
  cancelLinks: OWN,
  takeButton: OWN,
  linkState: OWN,
  signInState: OWN,
  'keyEntryLink.prepare': 'issueLink calls it, after it permitted',
  whyEnded: 'it names another customer only to an actor who may see customers',
  searchOrganizations: 'it finds nothing for an actor who may not import',
};

describe('every use case of the domain that takes an actor', () => {
  const all = useCases(domain);

  it('asks whether the actor may, or stands on the list with its reason', () => {
    expect(all.length).toBeGreaterThan(50);
    const unasked = all.filter(({ name, permits }) => !permits && !Object.hasOwn(WITHOUT, name));
    expect(unasked.map(({ file, name }) => `${file}: call permit() in ${name}, before all else`)).toEqual([]);
  });

  it.each(Object.keys(WITHOUT))('is on the list because it does not ask: %s', (listed) => {
    expect(all.filter(({ name }) => name === listed)).toMatchObject([{ permits: false }]);
  });
});

const PERSON = {
  path: 'domain/people/person.ts',
  text: 'export interface Actor { id: string; permissions: ReadonlySet<string> }',
};
const PERMIT = {
  path: 'domain/people/permit.ts',
  text: "import type { Actor } from './person'; export function permit(actor: Actor, permission: string): void {}",
};
const IMPORTS = `import { permit } from '../people/permit';
import type { Actor } from '../people/person';
`;

const found = (text: string, ...more: { path: string; text: string }[]) =>
  useCases([PERSON, PERMIT, { path: 'domain/x/x.ts', text: IMPORTS + text }, ...more])
    .filter(({ file }) => file === 'domain/x/x.ts')
    .map(({ name, permits }) => `${name} ${permits ? 'permits' : 'does not'}`);

describe('the guard', () => {
  const mayX = "permit(actor, 'x');";

  it.each([
    ['by itself', `export function f(actor: Actor) { ${mayX} }`],
    ['under another name', "export function f(who: Actor) { permit(who, 'x'); }"],
    ['as an arrow', "export const f = (deps: object, actor: Actor) => permit(actor, 'x');"],
    ['of a request', "export function f({ actor }: { actor: Actor }) { permit(actor, 'x'); }"],
    [
      'of picked fields',
      "type D = { actor: Actor; n: 1 }; export const f = (d: Pick<D, 'actor'>) => permit(d.actor, 'x');",
    ],
    [
      'by a function of the file',
      `export function f(actor: Actor) { return g(actor); } function g(actor: Actor) { ${mayX} }`,
    ],
    [
      'in work that it passes on',
      `export function f(actor: Actor) { return retried(async () => { ${mayX} }); }`,
    ],
    ['within try', `export function f(actor: Actor) { try { ${mayX} } finally {} }`],
  ])('sees a use case that permits: %s', (_how, text) => {
    expect(found(text)).toEqual(['f permits']);
  });

  it('follows a function into another file, under the name that it has here', () => {
    const more = {
      path: 'domain/y/y.ts',
      text: `${IMPORTS}export const may = (actor: Actor) => { ${mayX} };`,
    };
    const text =
      "import { may as allowed } from '../y/y'; export function f(actor: Actor) { allowed(actor); }";
    expect(found(text, more)).toEqual(['f permits']);
  });

  it.each([
    ['it asks nothing', 'export function f(actor: Actor) { return actor.id; }'],
    ['a condition comes first', `export function f(actor: Actor, a: boolean) { if (a) { ${mayX} } }`],
    [
      'it asks on one of two ways',
      "export const f = (actor: Actor, a: boolean) => (a ? permit(actor, 'x') : 0);",
    ],
    ['a condition may skip it', "export const f = (actor: Actor, a: boolean) => a && permit(actor, 'x');"],
    ['it asks only after a failure', `export function f(actor: Actor) { try {} catch { ${mayX} } }`],
    [
      'it asks in a loop that may be empty',
      `export function f(actor: Actor, l: 1[]) { for (const _ of l) { ${mayX} } }`,
    ],
    [
      'it asks about somebody else',
      "export function f(actor: Actor, o: Actor['id']) { permit(o as never, 'x'); }",
    ],
    [
      'it does not pass the actor on',
      `export function f(actor: Actor) { g(0 as never); } function g(actor: Actor) { ${mayX} }`,
    ],
    [
      'another function has the name',
      "export function f(actor: Actor) { const permit = (..._: unknown[]) => 0; permit(actor, 'x'); }",
    ],
    ['it may return before', `export function f(actor: Actor, a: boolean) { if (a) return; ${mayX} }`],
    ['it awaits something before', `export async function f(actor: Actor, a: 1) { await a; ${mayX} }`],
    [
      'it never calls the function that asks',
      `export function f(actor: Actor) { const never = () => { ${mayX} }; return never; }`,
    ],
    ['it catches the refusal', `export function f(actor: Actor) { try { ${mayX} } catch {} }`],
    [
      'a list without items skips it',
      `export function f(actor: Actor, l: 1[]) { l.map(() => { ${mayX} }); }`,
    ],
    ['a count may be 0', `export function f(actor: Actor, n: number) { for (; n > 0; ) { ${mayX} } }`],
    [
      'an optional call may skip it',
      "export function f(actor: Actor, g?: (n: unknown) => void) { g?.(permit(actor, 'x')); }",
    ],
    [
      'it gives the actor other permissions first',
      "export function f(actor: Actor) { permit({ ...actor, permissions: new Set(['x']) }, 'x'); }",
    ],
    [
      'two functions rely on each other',
      'export function f(actor: Actor): void { g(actor); } function g(actor: Actor): void { f(actor); }',
    ],
  ])('sees a use case that does not permit: %s', (_why, text) => {
    expect(found(text)).toEqual(['f does not']);
  });

  it('sees an optional actor, and the methods of what a function makes', () => {
    expect(found('export function f(actor: Actor | undefined) {}')).toEqual(['f does not']);
    expect(
      found(`export const make = () => ({ go(actor: Actor) {}, stay: (actor: Actor) => { ${mayX} } });`),
    ).toEqual(['make.go does not', 'make.stay permits']);
  });

  it.each([
    ['a wider type', 'interface Admin extends Actor { n: 1 } export function f(a: Admin) {}'],
    ['a derived type', 'export function f(a: Readonly<Actor>) {}'],
    ['a part with permissions', "export function f(a: Omit<Actor, 'id'>) {}"],
    ['a parameter of the type', 'export function f<A extends Actor>(a: A) {}'],
    ['a list', 'export function f(actors: Actor[]) {}'],
    [
      'a function that a call wraps',
      'export const f = g((actor: Actor) => 0); declare function g<T>(t: T): T;',
    ],
  ])('sees an actor behind %s', (_what, text) => {
    expect(found(text)).toEqual(['f does not']);
  });

  it('sees functions that an object names only', () => {
    const text = 'const f = (actor: Actor) => 0; export const x = { f }; export const y = { go: f };';
    expect(found(text)).toEqual(['x.f does not', 'y.go does not']);
  });

  it('sees what a file exports in a list', () => {
    expect(found('const f = (actor: Actor) => actor.id; export { f as g };')).toEqual(['g does not']);
  });

  it('ignores functions without an actor, and functions that no other file can call', () => {
    expect(found('export function f(actor: { id: string }) {} function g(actor: Actor) {}')).toEqual([]);
  });
});
