import fc from 'fast-check';

/** Texts that strangers send instead of valid ones. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e\u200b\u{e0041}',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    '%00%c0%ae%',
    '<script>alert(1)</script>',
    'https://evil.test/?a=b#c',
    "' or 1=1 --",
    '$where',
    '{{DATE(x)}} ${1+1}',
    '[a](https://evil.test)',
    '9'.repeat(400),
    '\ufdfa'.repeat(300),
    'a'.repeat(3000),
    'Fabrikam',
    'fabrikam',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, undefined, true, false, 0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[]], [null], {
    $gt: '',
  }),
  fc.constantFrom<unknown>(
    nested(60),
    Array.from({ length: 500 }, () => ({ id: 'x' })),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { value };
  return value;
}

interface Change {
  /** The number of the spot in the value. */
  at: number;
  how: 'replace' | 'remove' | 'add' | 'repeat';
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'repeat'),
  value: hostileValue,
});

/** One of the sound values, spoilt in up to three spots, or something else altogether. */
export const spoilt = (sound: readonly object[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(fc.nat(sound.length - 1), fc.array(change, { maxLength: 3 }))
        .map(([which, changes]) => changes.reduce(changed, structuredClone(sound[which]) as unknown)),
    },
    { weight: 1, arbitrary: hostileValue },
  );

function changed(root: unknown, { at, how, value: drawn }: Change): unknown {
  // A copy, because a drawn value may be put into several spots and changed there.
  const value = structuredClone(drawn);
  const spots = spotsOf(root);
  const spot = spots[at % Math.max(1, spots.length)];
  if (!spot) return value;
  const { parent, key } = spot;
  if (how === 'remove') delete parent[key];
  else if (how === 'add') parent[String(value).slice(0, 50)] = value;
  else if (how === 'repeat') parent[key] = [parent[key], structuredClone(parent[key])];
  else parent[key] = value;
  return root;
}

type Parent = Record<string, unknown>;

function spotsOf(value: unknown, spots: { parent: Parent; key: string }[] = []) {
  if (typeof value !== 'object' || value === null || spots.length > 300) return spots;
  for (const key of Object.keys(value)) {
    spots.push({ parent: value as Parent, key });
    spotsOf((value as Parent)[key], spots);
  }
  return spots;
}
