import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { administratorSignsIn, confirmsTenant, handleOf } from '../../helpers/botWorld/administrator';
import { textOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';
import { OWN_TENANT_ID } from '../../helpers/cloud/signInWorld';

const world = useSite();
const shown = (conversationId = 'a:Tess') => world.site.teams.in(conversationId);
const customer = async (id: string) => (await world.bot.stores.customers.get(id))?.value;
const signsIn = (conversationId?: string) => administratorSignsIn(world.bot, shown(conversationId));
const work = () => world.bot.runner.tick();

let tess: Seat;
let contoso: string;
beforeEach(async () => {
  tess = world.seat(world.site.tess);
  contoso = await addsCustomer(tess, 'Contoso', 'office365');
});

it('a right code connects after the tests, which turn green one by one on one card', async () => {
  const faces: string[] = [];
  const code = await signsIn();
  expect((await tess.verifies(code)).text).toContain('Signed in for Contoso');
  await confirmsTenant(tess);
  expect((await customer(contoso))?.office365.state).toBe('connecting');
  const before = shown().length;
  world.site.microsoft.onCheck = async () => void faces.push(tess.reads);
  await work();
  expect(faces.map((face) => face.match(/✓ /g)?.length ?? 0)).toEqual([0, 1, 2, 3, 4]);
  expect(faces.join()).not.toContain('is connected to Microsoft 365');
  expect(tess.reads).toContain('✓ Contoso is connected to Microsoft 365');
  expect(shown()).toHaveLength(before + 1);
  expect((await customer(contoso))?.office365.state).toBe('connected');
});

it.each(['says', 'clicks'])('the technician %s the code', async (how) => {
  const code = await signsIn();
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
  const { text } =
    how === 'says' ? await tess.says(spaced) : await tess.clicks(tess.card, 'Confirm code', { code: spaced });
  expect(text).toContain('Signed in for Contoso');
});

it('no code is right before the browser has finished', async () => {
  expect((await tess.says('123456')).text).toContain('not finished yet');
});

it('five wrong codes end the attempt; a new link begins another', async () => {
  const code = await signsIn();
  const wrong = code === '000000' ? '111111' : '000000';
  for (const left of ['4 tries are', '3 tries are', '2 tries are', '1 try is'])
    expect((await tess.says(wrong)).text).toContain(`${left} left`);
  expect((await tess.says(wrong)).text).toContain('fifth wrong code');
  expect((await tess.says(code)).text).toContain('fifth wrong code');
  await tess.clicks(tess.card, 'New sign-in link');
  expect((await tess.says(await signsIn())).text).toContain('Signed in for Contoso');
});

it('the bot mentions a closed pop-up, and its link stops working', async () => {
  const { id } = tess.card;
  await tess.verifies('CancelledByUser');
  expect([tess.card.id, tess.reads]).toEqual([id, expect.stringContaining('window was closed')]);
  await expect(signsIn()).rejects.toThrow(/cancelled/);
  await tess.clicks(tess.card, 'New sign-in link');
  expect(shown().some(({ card }) => textOf(card).includes('Signed in for'))).toBe(false);
  expect((await tess.verifies(await signsIn())).text).toContain('Signed in for Contoso');
});

it('a code works for its own person and conversation alone', async () => {
  const code = await signsIn();
  const tom = world.seat(world.site.tom);
  await tom.says('connect office 365 Contoso');
  expect((await tom.says(code)).text).toContain('not finished yet');
  const elsewhere = world.seat(world.site.tess, { id: '19:group', kind: 'groupChat' });
  await elsewhere.says('connect office 365 Contoso');
  expect((await elsewhere.verifies(code)).text).not.toContain('Signed in');
  expect((await customer(contoso))?.office365.state).toBe('notChosen');
});

it('the code of one customer’s sign-in does not connect another customer', async () => {
  const code = await signsIn();
  await tess.says('cancel');
  await addsCustomer(tess, 'Fabrikam', 'office365');
  expect((await tess.says(code)).text).not.toContain('Signed in');
});

it('a tenant of another customer is refused, and a person who may see that customer reads its name', async () => {
  await tess.says(await signsIn());
  await confirmsTenant(tess);
  world.site.clock.advance(1000);
  await addsCustomer(tess, 'Fabrikam', 'office365');
  await expect(signsIn()).rejects.toThrow('already connected to another customer');
  expect((await tess.says('123456')).text).toContain('already connected to the customer Contoso');
});

it('the MSP’s own tenant is connected only when the technician chooses it', async () => {
  world.site.microsoft.admin = { ...world.site.microsoft.admin, tenantId: OWN_TENANT_ID };
  await expect(signsIn()).rejects.toThrow('your own company’s tenant');
  expect((await tess.clicks(tess.card, 'New sign-in link')).text).toContain('That was your own tenant');
  await tess.clicks(tess.card, 'Next', { choice: 'other' });
  await expect(signsIn()).rejects.toThrow('your own company’s tenant');
  await tess.clicks(tess.card, 'New sign-in link');
  await tess.clicks(tess.card, 'Next', { choice: 'own' });
  expect((await tess.says(await signsIn())).text).toContain('Signed in for Contoso');
});

describe('the tests', () => {
  beforeEach(async () => {
    await tess.says(await signsIn());
    await confirmsTenant(tess);
  });

  it('say “connected, but” when something is missing', async () => {
    world.site.microsoft.outcomes.directoryRole = {
      state: 'failed',
      finding: 'No role.',
      cure: 'Assign one.',
    };
    await work();
    expect(tess.reads).toMatch(/⚠ Contoso is connected to Microsoft 365, but.*No role\..*Assign one\./);
    world.site.microsoft.outcomes = {};
    const card = tess.card;
    const before = shown().length;
    await tess.clicks(card, 'Test again');
    await work();
    expect(shown()).toHaveLength(before);
    expect(textOf(shown().find(({ id }) => id === card.id)?.card)).toContain('5 checks passed');
  });

  it('do not say “connected” when the first one fails', async () => {
    world.site.microsoft.outcomes.token = { state: 'failed', finding: 'No token.' };
    await work();
    expect(tess.reads).toContain('✗ Contoso is not connected to Microsoft 365 yet');
    expect((await customer(contoso))?.office365.state).toBe('connecting');
  });

  it('go on in a second instance after a crash, on the same card', async () => {
    let reached: () => void = () => undefined;
    const third = new Promise<void>((resolve) => {
      reached = resolve;
    });
    world.site.microsoft.onCheck = async (check) => {
      if (check !== 'permissions') return;
      reached();
      await new Promise(() => undefined);
    };
    const dying = await world.site.start();
    void dying.runner.tick();
    await third;
    const { card } = tess;
    expect(card && textOf(card.card)).toContain('2 of 5 done');
    world.site.microsoft.onCheck = async () => undefined;
    expect(await work()).toBe(0);
    world.site.clock.advance(61_000);
    expect(await work()).toBe(1);
    expect(tess.card.id).toBe(card.id);
    expect(tess.reads).toContain('5 checks passed');
  });

  it('leave no card “being tested” when the customer is disconnected meanwhile', async () => {
    const { card } = tess;
    world.site.microsoft.onCheck = async (check) => {
      if (check !== 'permissions') return;
      world.site.microsoft.onCheck = async () => undefined;
      const tom = world.seat(world.site.tom);
      await tom.says('disconnect office 365 Contoso');
      await tom.clicks(tom.card, 'Disconnect');
    };
    await work();
    expect(tess.card.id).not.toBe(card.id);
    expect(tess.reads).not.toMatch(/Testing/);
    expect((await customer(contoso))?.office365.state).toBe('chosen');
  });

  it('do not run for a person who lost the role meanwhile', async () => {
    await world.bot.stores.people.remove(world.site.tess.id ?? '');
    await work();
    expect(world.site.microsoft.checked).toEqual([]);
  });
});

describe('disconnecting', () => {
  it('asks first, says what stays, and forgets the tenant', async () => {
    await tess.says(await signsIn());
    await confirmsTenant(tess);
    await work();
    await tess.says('disconnect office 365 Contoso');
    expect(tess.reads).toContain('The consent and the app’s role');
    await tess.clicks(tess.card, 'Keep it');
    expect((await customer(contoso))?.office365.state).toBe('connected');
    await tess.says('disconnect office 365 Contoso');
    await tess.clicks(tess.card, 'Disconnect');
    expect((await customer(contoso))?.office365).toMatchObject({ state: 'chosen' });
    expect((await tess.says('disconnect office 365 Contoso')).text).toContain('nothing to disconnect');
  });
});

it('the database and the log contain no handle of a link, no code and no cookie', async () => {
  const handles = () => shown().flatMap(({ signIn }) => (signIn ? [handleOf(signIn.link)] : []));
  const [replaced = ''] = handles();
  const first = await signsIn();
  await tess.clicks(tess.card, 'New sign-in link');
  const second = await signsIn();
  await tess.says(second === '000000' ? '111111' : '000000');
  await tess.says(second);
  await work();
  const secrets = [replaced, ...handles(), first, second];
  expect(secrets).toHaveLength(4);
  const files = readdirSync(world.site.folder).map((file) => readFileSync(join(world.site.folder, file)));
  expect(files.length).toBeGreaterThan(0);
  expect(files.some((file) => file.includes('Contoso'))).toBe(true);
  for (const secret of secrets) {
    expect(files.some((file) => file.includes(secret))).toBe(false);
    expect(world.site.log.text()).not.toContain(secret);
  }
});
