import { issueLink } from '../../../domain/links/issueLink';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import { issue, type SignInWorld, signInToCode, signInWorld } from '../../helpers/cloud/signInWorld';

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
});
const LINKS = 15;

async function guessUntilEnded(): Promise<number> {
  const code = await signInToCode(world);
  const wrong = code === '000000' ? '000001' : '000000';
  for (let guesses = 1; ; guesses++) {
    const request = { conversationKey: 'chat', customerId: 'contoso', code: wrong, requestId: 'r' };
    const result = await verifySignIn(world.deps, world.tess, request);
    if (result.outcome === 'ended') {
      expect(result.sentence).toBe(signInLink.code.tooMany);
      return guesses;
    }
  }
}

test('guesses are bounded over all links of a person, whichever conversation they ask in', async () => {
  let guesses = 0;
  for (let link = 0; link < LINKS; link++) guesses += await guessUntilEnded();
  expect(guesses).toBe(5 * LINKS);
  const more = { customerId: 'fabrikam', conversationKey: 'elsewhere' };
  await expect(issue(world, more)).rejects.toMatchObject({
    code: 'tryLater',
    sentence: signInLink.mostPerPerson?.sentence,
  });
  await expect(
    issueLink(world.deps, signInLink, world.tom, {
      customerId: 'contoso',
      conversationKey: 'toms',
      ownTenantMeant: false,
    }),
  ).resolves.toBeDefined();
  world.clock.advance(signInLink.lifeMs);
  await expect(issue(world)).resolves.toBeDefined();
});

test('a link of an instance whose clock is behind counts, not the one that it ended', async () => {
  await issue(world);
  world.clock.advance(-60_000);
  const code = await signInToCode(world);
  const request = { conversationKey: 'chat', customerId: 'contoso', code, requestId: 'r' };
  expect(await verifySignIn(world.deps, world.tess, request)).toMatchObject({ outcome: 'proposed' });
});
