import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { confirmsTenant } from '../../helpers/botWorld/administrator';
import { buttonsOf } from '../../helpers/botWorld/cardReader';
import type { Seat } from '../../helpers/botWorld/seat';
import { CONNECT, useTenantQuestion } from '../../helpers/botWorld/useTenantQuestion';
import { TENANT_ID } from '../../helpers/cloud/signInWorld';

const { world, opened, customer, office365, signedInAs, describing, forged } = useTenantQuestion();

let tess: Seat;
beforeEach(async () => {
  ({ tess } = await opened());
});

describe('an answer counts only for what the person saw:', () => {
  it('it does not count after a rename to a name that nothing fits', async () => {
    await signedInAs(TENANT_ID);
    const question = { ...tess.card };
    await tess.says('rename customer Contoso');
    await tess.clicks(tess.card, 'Rename', { name: 'Fabrikam' });
    expect((await customer())?.name).toBe('Fabrikam');
    const { text } = await tess.clicks(question, CONNECT);
    expect(text).toContain('What this question shows has changed since.');
    expect(text).toContain('Neither the name nor a domain of this tenant looks like Fabrikam.');
    expect(await office365()).toBe('notChosen');
    const now = world.site.teams.messages.find(({ id }) => id === question.id);
    await tess.clicks(now, 'Yes, connect Fabrikam', { name: 'Fabrikam' });
    expect(await office365()).toBe('connecting');
  });

  it('it does not count after another look showed a different description of the tenant', async () => {
    const { microsoft } = world.site;
    await signedInAs(TENANT_ID);
    const question = { ...tess.card };
    microsoft.describe = async () => ({ displayName: 'Contoso', domains: ['contoso.other.example'] });
    await tess.executes(await forged({ do: 'look' }), question.id);
    for (const data of [{}, { seen: undefined }, { seen: 'made-up' }]) {
      const { seen } = JSON.parse(/\{[^{}]*"seen"[^{}]*\}/.exec(JSON.stringify(question.card))?.[0] ?? '{}');
      const { text } = await tess.executes(await forged({ seen, ...data }), question.id);
      expect(text).toContain('What this question shows has changed since.');
      expect(text).toContain('contoso.other.example');
    }
    expect(await office365()).toBe('notChosen');
  });

  it.each([
    ['letters of another alphabet', 'Соntоso'],
    ['characters that nobody sees', 'Northwind\u202e\u200b\u{e0041}'],
    ['markdown', '**Contoso**](https://evil.example)'],
    ['a template', '${customer} {{DATE(2026-01-01T00:00:00Z)}}'],
  ])('a tenant name with %s matches no customer, and has no effect on the card', async (_, name) => {
    describing(name, 'evil.example');
    await signedInAs(TENANT_ID);
    expect(tess.reads).toContain('Neither the name nor a domain of this tenant looks like Contoso.');
    expect(JSON.stringify(tess.card.card)).not.toMatch(/[\u202e\u200b]|[^\\]\]\(http|\{\{DATE\(2026-01-01/u);
    expect((await tess.clicks(tess.card, CONNECT, { name })).text).toContain('not the customer’s name');
    expect(await office365()).toBe('notChosen');
  });
});

it('a person cannot confirm a tenant before seeing what Microsoft says about it', async () => {
  const { microsoft } = world.site;
  const { describe: tells } = microsoft;
  microsoft.describe = async () => Promise.reject(new MicrosoftRefused('consentLost'));
  await signedInAs(TENANT_ID);
  expect(buttonsOf(tess.card.card)).toEqual(['Check again', 'No, discard']);
  await tess.executes(await forged(), tess.card.id);
  expect(await office365()).toBe('notChosen');
  microsoft.describe = tells;
  await tess.clicks(tess.card, 'Check again');
  await confirmsTenant(tess);
  expect(await office365()).toBe('connecting');
});
