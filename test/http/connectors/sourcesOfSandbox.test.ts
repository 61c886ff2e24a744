import { createOrganizationSources } from '../../../connectors/organizationSources';
import type { IntegrationKind } from '../../../domain/integrations/integration';
import type { Organization } from '../../../domain/organizations/organization';
import type { OrganizationSource } from '../../../domain/organizations/ports';
import { startHuduSandbox } from '../../../sandbox/hudu/startHuduSandbox';
import { startItGlueSandbox } from '../../../sandbox/itglue/startItGlueSandbox';
import type { OrganizationControl } from '../../../sandbox/organizations/control';
import { makeOrganizations } from '../../../sandbox/organizations/makeOrganizations';
import { trustedTls } from '../../helpers/vendors/vendorServer';

const COUNT = 10_000;

let source: OrganizationSource;
let narrow: OrganizationSource;
let unknown: OrganizationSource;
let control: OrganizationControl;
let stop: () => Promise<void>;

const sources = (itGlueUrls: Record<'us' | 'eu' | 'au', string>) =>
  createOrganizationSources({
    clock: Date,
    allowPrivate: true,
    itGlueUrls,
    timing: { sleep: async () => undefined, random: () => 0 },
  });

async function open(kind: IntegrationKind): Promise<void> {
  const certificate = trustedTls();
  const organizations = makeOrganizations({ count: COUNT });
  const of = (urls: Record<'us' | 'eu' | 'au', string>, address: string) => {
    const made = sources(urls);
    source = made.of({ kind, address }, 'full');
    narrow = made.of({ kind, address }, 'narrow');
    unknown = made.of({ kind, address }, 'unknown');
  };
  if (kind === 'itglue') {
    const accounts = [
      { key: 'full', region: 'eu', rights: 'full' },
      { key: 'narrow', region: 'eu', rights: 'noOrganizations' },
    ] as const;
    const itGlue = await startItGlueSandbox({ certificate, organizations, accounts });
    ({ control, stop } = itGlue);
    of(itGlue.urls, 'eu');
    return;
  }
  const accounts = [
    { key: 'full', rights: 'full' },
    { key: 'narrow', rights: 'noOrganizations' },
  ] as const;
  const hudu = await startHuduSandbox({ certificate, organizations, accounts });
  ({ control, stop } = hudu);
  of({ us: '', eu: '', au: '' }, hudu.host);
}

async function readAll(): Promise<Organization[]> {
  const all: Organization[] = [];
  let next: string | undefined;
  do {
    const page = await source.page(next);
    all.push(...page.organizations);
    next = page.next;
  } while (next);
  return all;
}

describe.each(['itglue', 'hudu'] as const)('the stand-in of %s', (kind) => {
  beforeEach(() => open(kind));
  afterEach(() => stop());

  const refused = (refusal: string) => expect.objectContaining({ name: 'SourceRefused', refusal });

  test('is read completely, in as few requests as there are pages', async () => {
    const visible = control.organizations().filter(({ archived }) => kind === 'itglue' || !archived);
    control.clearRequests();
    const all = await readAll();
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set(visible.map(({ id }) => String(id))));
    expect(control.requests()).toHaveLength(Math.ceil(visible.length / 1000));
  });

  test('names a bad row and keeps the others', async () => {
    const id = String(control.organizations()[2]?.id);
    control.damage(id, { name: 7 });
    const { organizations, bad } = await source.page();
    expect(bad).toEqual([{ id, why: expect.stringContaining('name') }]);
    expect(organizations).toHaveLength(999);
  });

  test('comes to an end, or is refused, for every kind of endless list', async () => {
    control.pageEndlessly('repeats');
    await expect(readAll()).rejects.toEqual(refused('endless'));
    control.pageEndlessly('emptyNext');
    expect((await readAll()).length).toBeGreaterThan(9000);
  });

  test('is tested, and the test says why it failed', async () => {
    expect(await source.test()).toMatch(kind === 'itglue' ? /^10,000 organizations can be read$/ : /^Hudu 2/);
    await expect(narrow.test()).rejects.toEqual(refused('noRight'));
    await expect(unknown.test()).rejects.toEqual(refused('badKey'));
  });

  test.each([
    ['html', 'webPage'],
    ['truncated', 'brokenOff'],
    ['huge', 'tooLarge'],
  ] as const)('that answers %s once is %s once', async (fault, refusal) => {
    control.failNext({ kind: fault });
    await expect(source.page()).rejects.toEqual(refused(refusal));
    expect((await source.page()).organizations).toHaveLength(1000);
  });

  test('finds one organization and reads it by its id', async () => {
    const [found] = await source.search('northwind traders', 5);
    expect(found?.name).toBe('Northwind Traders');
    const id = found?.id ?? '';
    control.rename(id, 'Southwind');
    expect(await source.one(id)).toMatchObject({
      id,
      name: 'Southwind',
      url: expect.stringMatching(/^https:/),
    });
    control.remove(id);
    expect(await source.one(id)).toBeUndefined();
  });
});
