import { SAMPLES } from '../fixtures/cards';
import { chromiumPart, openChromium } from '../helpers/browser/chromium';
import { pageOf } from '../helpers/browser/drawCards';
import { describeWith } from '../helpers/process/parts';

describeWith(chromiumPart, 'the list of customers in Microsoft’s renderer', () => {
  it('searches with Enter', async () => {
    const { context, close } = await openChromium();
    try {
      const tab = await context.newPage();
      await tab.setContent(pageOf({ customers: { some: SAMPLES.customers?.some } } as never, ['light']));
      await tab.evaluate(
        'AdaptiveCards.AdaptiveCard.onExecuteAction = ({ data }) => (window.executed = { ...data })',
      );
      const input = tab.getByLabel('Search by name').first();
      await input.fill('fabri');
      await input.press('Enter');
      expect(await tab.evaluate('window.executed')).toMatchObject({ verb: 'customers', search: 'fabri' });
    } finally {
      await close();
    }
  });
});
