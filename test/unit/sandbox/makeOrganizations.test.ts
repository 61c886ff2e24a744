import { DEMO_SIZE, makeOrganizations } from '../../../sandbox/organizations/makeOrganizations';

describe('made-up organizations', () => {
  it('begin with those of the demo', () => {
    expect(makeOrganizations()).toHaveLength(DEMO_SIZE);
    expect(makeOrganizations({ count: 500 }).slice(0, DEMO_SIZE)).toEqual(makeOrganizations());
  });

  it('are the same for the same seed: ten thousand of them, with awkward ones', () => {
    const many = makeOrganizations({ count: 10_000, seed: 3 });
    expect(makeOrganizations({ count: 10_000, seed: 3 })).toEqual(many);
    expect(makeOrganizations({ count: 10_000, seed: 4 })).not.toEqual(many);
    expect(new Set(many.map(({ id }) => id)).size).toBe(10_000);
    const names = many.map(({ name }) => name);
    expect(Math.max(...names.map((name) => name.length))).toBe(250);
    expect(names.filter((name) => name === '').length).toBeGreaterThan(90);
    expect(names.filter((name) => name.startsWith('🏭')).length).toBeGreaterThan(90);
    expect(new Set(names).size).toBeLessThan(9_850);
    expect(new Set(names).size).toBeGreaterThan(9_700);
  });
});
