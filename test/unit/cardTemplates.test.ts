import { Template } from 'adaptivecards-templating';
import type * as template from '../../cards/shared/template';

/** What each card of the samples was expanded from, and to. */
const mockExpanded: [node: object, data: object, expanded: unknown][] = [];

jest.mock('../../cards/shared/template', () => {
  const real = jest.requireActual<typeof template>('../../cards/shared/template');
  const expansionOf = (node: object) => {
    const expand = real.expansionOf(node);
    return (data: object) => {
      mockExpanded.push([node, data, expand(data)]);
      return expand(data);
    };
  };
  return { ...real, expansionOf };
});

beforeAll(() => require('../fixtures/cards'));

test('expands every sample of a card exactly as the library does', () => {
  expect(mockExpanded.length).toBeGreaterThan(50);
  for (const [node, data, expanded] of mockExpanded)
    expect(JSON.stringify(expanded)).toBe(JSON.stringify(new Template(node).expand({ $root: data })));
});

test('no card can change the parts of a template that all cards share', () => {
  const { expansionOf } = jest.requireActual<typeof template>('../../cards/shared/template');
  const card = expansionOf({ text: '${text}', style: { size: 'large' } })({ text: 'One' });
  expect(() => Object.assign((card as { style: object }).style, { size: 'small' })).toThrow(TypeError);
});

const CONDITIONS = ['a', 'a.b', "a == 'x'", "a != 'x'", "a != ''", "a == ''", "a.b == 'x'", 'true', 'not(a)'];
const VALUES = [true, false, '', 'x', 'X', 'true', 0, 1, null, [], ['x'], {}, { b: true }, { b: 'x' }];

test.each(CONDITIONS)(
  'shows a part when ${%s}, as the library does, for any value of the field',
  (condition) => {
    const { expansionOf } = jest.requireActual<typeof template>('../../cards/shared/template');
    const node = { body: [{ text: 'shown', $when: `\${${condition}}` }] };
    const expand = expansionOf(node);
    for (const data of [{}, ...VALUES.map((a) => ({ a }))])
      expect([data, expand(data)]).toEqual([data, new Template(node).expand({ $root: data })]);
  },
);
