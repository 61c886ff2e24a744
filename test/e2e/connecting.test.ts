import { chromiumPart } from '../helpers/browser/chromium';
import { addCustomer, confirmTenant, consentAs, useTeams } from '../helpers/browser/useTeams';
import { sendVerifyState } from '../helpers/browser/verifyState';
import { describeWith } from '../helpers/process/parts';

const CLOUD = 'Northwind Traders';
const WRONG = 'Contoso Pharmacy';
const SKI = 'Alpine Ski House';

describeWith(
  chromiumPart,
  'Connecting Microsoft 365 with all that can come between, in a real browser',
  () => {
    const world = useTeams('connecting');
    const { picture } = world;

    it('the greeting calls the technician by name', async () => {
      await world.teams.waitForCard(/Hello Alex Wilber/);
    });

    it('the pop-up hands the code to Teams and finishes the sign-in without typing', async () => {
      await addCustomer(world.teams, CLOUD, 'Microsoft 365');
      const popup = await world.teams.signInPopup('Sign in');
      const code = await consentAs(popup, 'nancy.davolio@northwindtraders.example');
      await popup.close();
      await sendVerifyState(world.stack.playgroundUrl, code);
      await world.teams.waitForCard(`Is this the tenant of ${CLOUD}?`);
      await picture('19-is-this-the-tenant');
      await confirmTenant(world.teams, CLOUD);
      await world.teams.waitForCard(`connected to ${CLOUD}`);
      await picture('20-handed-over');
    });

    it('asks before it connects the tenant of another company', async () => {
      await addCustomer(world.teams, WRONG, 'Microsoft 365');
      const popup = await world.teams.signInPopup('Sign in');
      await world.teams.sendMessage(await consentAs(popup, 'priya.raman@tailspintoys.example'));
      await popup.close();
      const question = await world.teams.waitForCard(`Is this the tenant of ${WRONG}?`);
      expect(await question.textContent()).toContain('tailspintoys.example');
      await picture('18-another-company', undefined, { fullPage: true });
      await world.teams.fillInput(question, 'Type the customer’s name', 'Tailspin Toys');
      await world.teams.clickCardButton(question, `Yes, connect ${WRONG}`);
      const refused = await world.teams.waitForCard('That is not the customer’s name.');
      await world.teams.clickCardButton(refused, 'No, discard');
      await world.teams.waitForCard('was discarded');
    });

    it('closing the pop-up early gives a sentence and a new link', async () => {
      await addCustomer(world.teams, SKI, 'Microsoft 365');
      const popup = await world.teams.signInPopup('Sign in');
      await popup.close();
      await sendVerifyState(world.stack.playgroundUrl, 'CancelledByUser');
      await world.teams.waitForCard('The sign-in window was closed before it was finished.');
      await picture('21-closed');
      await newLink('window was closed');
    });

    it.each([
      {
        who: 'olu.adeyemi@wingtip.example',
        steps: ['Accept'],
        sentence: /not a Global Administrator/,
        file: '22-lacks-the-role',
      },
      {
        who: 'sofia.marino@litware.example',
        steps: ['Accept', 'Cancel'],
        sentence: /The permissions were not granted/,
        file: '23-declined',
      },
      {
        who: 'henrik.lund@woodgrove.example',
        steps: [],
        sentence: /Conditional Access rules blocked/,
        file: '24-conditional-access',
      },
    ])(
      '$who is refused with what to do, and the chat goes on',
      async ({ who, steps, sentence, file }) => {
        const popup = await world.teams.signInPopup('Sign in');
        await popup.getByRole('button', { name: 'Go on to Microsoft' }).click();
        await popup.getByRole('button', { name: who }).click();
        for (const step of steps) await popup.getByRole('button', { name: step }).click();
        await popup.getByRole('heading', { name: 'Not connected' }).waitFor();
        expect(await popup.locator('main').textContent()).toMatch(sentence);
        await picture(file, popup);
        await popup.close();
        const told = await world.teams.waitForCard(`${SKI} was not connected`);
        expect(await told.textContent()).toMatch(sentence);
        await picture(`${file}-in-the-chat`);
        await newLink('was not connected');
      },
      60_000,
    );

    it('a tenant without a directory role is connected with a warning, and green once the role is there', async () => {
      const popup = await world.teams.signInPopup('Sign in');
      await world.teams.sendMessage(await consentAs(popup, 'luca.steiner@alpineski.example'));
      await confirmTenant(world.teams, SKI);
      const missing = await world.teams.waitForCard('holds no directory role');
      expect(await missing.textContent()).toContain(`Set up ${SKI}`);
      await missing.scrollIntoViewIfNeeded();
      await picture('25-connected-but');

      await popup.goto(`${world.stack.microsoft.pagesUrl}/roles/alpineski.example`);
      await popup.getByRole('button', { name: 'Assign Privileged Authentication Administrator' }).click();
      await popup.getByText('Assigned:').waitFor();
      await popup.close();
      await world.teams.clickCardButton(missing, 'Test again');
      await world.teams.waitForCard(`connected to ${SKI}`);
      await world.teams.waitForCard('How should passwords sync');
      await picture('26-green');
    });

    it('a restart on the same folder goes on with everything that was there', async () => {
      await world.again();
      await world.teams.sendMessage('customers');
      const leave = await world.teams.waitForCard('is not finished.');
      await world.teams.clickCardButton(leave, 'Discard and open Customers');
      const list = await world.teams.waitForCard('Search by name');
      const text = await list.textContent();
      expect(text).toContain(CLOUD);
      expect(text).toContain(SKI);
      await picture('27-started-again');
      await world.teams.sendMessage(`test connection ${CLOUD}`);
      await world.teams.waitForCard(`✓ ${CLOUD} is connected to Microsoft 365`);
    });

    /** Asks for a new sign-in link, which takes the place of the earlier one; the card no longer says `gone`. */
    async function newLink(gone: string): Promise<void> {
      await world.teams.clickCardButton(await world.teams.waitForCard(gone), 'New sign-in link');
      await world.teams.waitForNoCard(gone);
    }
  },
);
