import { openSignIn } from '../../../domain/tenants/signIn/openSignIn';
import { administratorSignsIn, handleOf } from '../../helpers/botWorld/administrator';
import { buttonsOf, nodesOf } from '../../helpers/botWorld/cardReader';
import { addsCustomer } from '../../helpers/botWorld/customers';
import type { Seat } from '../../helpers/botWorld/seat';
import { useSite } from '../../helpers/botWorld/useSite';

const MARKS = {
  number: '50076',
  correlationId: '2f0b1f6e-6d0e-4a53-9f77-0d2d7f3f6f10',
  traceId: '9c1a7e52-1b0d-4f0e-8a57-4c2b6a1d3e00',
  at: '2026-11-30 16:05:12Z',
};

const world = useSite();
const shown = () => world.site.teams.in('a:Tess');
const buttons = () => shown().filter(({ signIn }) => signIn);
const signsIn = () => administratorSignsIn(world.bot, shown());
const inputsOf = (seat: Seat) => nodesOf(seat.card.card).filter(({ type }) => type === 'Input.Text');

let tess: Seat;
beforeEach(async () => {
  tess = world.seat(world.site.tess);
  await addsCustomer(tess, 'Contoso', 'office365');
});

it('a refused sign-in changes the card that waits for its code, with what an engineer looks for', async () => {
  const { id } = tess.card;
  const before = shown().length;
  Object.assign(world.site.microsoft, { refusal: 'mfaNeeded', marks: MARKS });
  await expect(signsIn()).rejects.toMatchObject({ marks: MARKS });
  await world.bot.linkEnds.run();
  expect(tess.card.id).toBe(id);
  expect(shown()).toHaveLength(before);
  expect(tess.reads).toContain('multi-factor authentication');
  expect(tess.card.summary).toContain('Contoso was not connected');
  for (const mark of ['AADSTS50076', MARKS.correlationId, MARKS.traceId, '16:05 UTC'])
    expect(tess.reads).toContain(mark);
  expect(inputsOf(tess)).toEqual([]);
  expect(buttons()).toEqual([]);
  delete world.site.microsoft.refusal;
  await tess.clicks(tess.card, 'New sign-in link');
  expect(shown()).toHaveLength(before);
  expect(buttons()).toHaveLength(1);
  expect(inputsOf(tess)).toHaveLength(1);
  expect((await tess.says(await signsIn())).text).toContain('Signed in for Contoso');
});

it('names the account and the customer when the account is no administrator of it', async () => {
  Object.assign(world.site.microsoft.admin, {
    isGlobalAdministrator: false,
    username: 'olu@wingtip.example',
  });
  await expect(signsIn()).rejects.toThrow('olu@wingtip.example is not a Global Administrator of Contoso.');
  await world.bot.linkEnds.run();
  expect(tess.reads).toContain('olu@wingtip.example is not a Global Administrator of Contoso.');
});

it('the end that an instance saw is shown by another one, and once', async () => {
  world.site.microsoft.refusal = 'declined';
  await expect(signsIn()).rejects.toThrow();
  const second = await world.site.start();
  expect(await second.linkEnds.run()).toBe(1);
  expect(await world.bot.linkEnds.run()).toBe(0);
  expect(tess.card.updates).toBe(1);
  expect(tess.reads).toContain('Contoso was not connected');
});

it('a new link takes the place of the earlier button, and the card stays where it is', async () => {
  const before = shown().map(({ id }) => id);
  const first = handleOf(buttons()[0]?.signIn?.link ?? '');
  await tess.clicks(tess.card, 'New sign-in link');
  await world.bot.linkEnds.run();
  expect(shown().map(({ id }) => id)).toEqual(before);
  expect(buttons()).toHaveLength(1);
  expect(handleOf(buttons()[0]?.signIn?.link ?? '')).not.toBe(first);
  expect(buttonsOf(tess.card.card)).toContain('Confirm code');
  expect((await tess.says(await signsIn())).text).toContain('Signed in for Contoso');
});

it('where the earlier button is gone, the new one is sent', async () => {
  const [button] = buttons();
  world.site.teams.messages.splice(world.site.teams.messages.indexOf(button as never), 1);
  await tess.clicks(tess.card, 'New sign-in link');
  expect(buttons()).toHaveLength(1);
});

it('the button of a link is gone once its step was left, and when it is used or too old', async () => {
  await tess.says('connect office 365 Contoso');
  await tess.clicks(tess.card, 'Discard');
  await world.bot.linkEnds.run();
  expect(buttons()).toHaveLength(1);
  expect(shown().map(({ text }) => text)).toContain('Sign in: this link has ended. Nothing was changed.');
  await tess.says(await signsIn());
  await world.bot.linkEnds.run();
  expect(buttons()).toEqual([]);
  expect(shown().map(({ text }) => text)).toContain('Sign in: done ✓');
  await addsCustomer(tess, 'Fabrikam', 'office365');
  expect(buttons()).toHaveLength(1);
  world.site.clock.advance(9 * 60_000);
  await world.bot.linkEnds.run();
  expect(buttons()).toHaveLength(1);
  world.site.clock.advance(56_000);
  await world.bot.linkEnds.run();
  expect(buttons()).toEqual([]);
});

it('who cancels leaves no button behind, and the link no longer works', async () => {
  const link = handleOf(buttons()[0]?.signIn?.link ?? '');
  expect(link).not.toBe('');
  await tess.says('cancel');
  await world.bot.linkEnds.run();
  expect(buttons()).toEqual([]);
  await expect(openSignIn(world.bot.signIn, { handle: link })).rejects.toThrow('cancelled');
});

it('a channel that is busy is asked again', async () => {
  world.site.microsoft.refusal = 'declined';
  await expect(signsIn()).rejects.toThrow();
  world.site.teams.fails(Object.assign(new Error('busy'), { statusCode: 429 }));
  await world.bot.linkEnds.run();
  expect(buttons()).toHaveLength(1);
  world.site.clock.advance(11_000);
  await world.bot.linkEnds.run();
  expect(buttons()).toEqual([]);
});

it('a step that a fault of the store kept from saying why its page ended says it afterwards', async () => {
  world.site.microsoft.refusal = 'declined';
  await expect(signsIn()).rejects.toThrow();
  jest.spyOn(world.bot.stores.people, 'get').mockRejectedValueOnce(new Error('the store is away'));
  await world.bot.linkEnds.run();
  expect(tess.reads).not.toContain('Contoso was not connected');
  world.site.clock.advance(11_000);
  await world.bot.linkEnds.run();
  expect(tess.reads).toContain('Contoso was not connected');
  expect(buttons()).toEqual([]);
});
