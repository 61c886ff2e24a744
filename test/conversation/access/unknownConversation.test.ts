import { addsCustomer } from '../../helpers/botWorld/customers';
import { useSite } from '../../helpers/botWorld/useSite';

const world = useSite();

describe('a conversation whose type is missing or new is not personal:', () => {
  it.each([undefined, null, '', 'PERSONAL', 'meeting', { kind: 'personal' }, 7])(
    '%j',
    async (conversationType) => {
      const ada = world.seat(world.site.ada);
      await addsCustomer(ada, 'Contoso');
      const conversation = { id: 'a:Ada', conversationType, tenantId: world.site.ada.tenantId };
      const seen = await ada.does({ type: 'message', text: 'install agent Contoso', conversation } as never);
      expect(seen.text).toContain('in our personal chat');
      expect(seen.messages.some(({ signIn }) => signIn)).toBe(false);
    },
  );
});
