import { COLLEAGUES } from '../../sandbox/playgroundConfig';
import { chromiumPart } from '../helpers/browser/chromium';
import { confirmTenant, consentAs, useTeams } from '../helpers/browser/useTeams';
import { describeWith } from '../helpers/process/parts';

const CUSTOMER = 'Fabrikam Manufacturing';
const RENAMED = 'Fabrikam Industries';
const SECOND = 'Alpine Ski House';
const SHARED = ['Service desk', 'Operations - Customers'] as const;

describeWith(chromiumPart, 'The main job, in a real browser', () => {
  const world = useTeams('main-job');
  const { picture } = world;
  /** Finds a message of a chat, or a post of a channel with its answers. */
  const inThread = (hasText: RegExp) =>
    world.teams.page.locator('.fai-OutputCard, .fui-Card[role=group]').filter({ hasText }).last();

  it('adds a customer', async () => {
    await world.teams.sendMessage('add customer');
    const name = await world.teams.waitForCard('Customer name');
    await world.teams.fillInput(name, 'Customer name', CUSTOMER);
    await picture('01-name');
    await world.teams.clickCardButton(name, 'Save');
    const setUp = await world.teams.waitForCard(`Set up ${CUSTOMER}`);
    await picture('02-set-up');
    await world.teams.clickCardButton(setUp, 'Connect Microsoft 365');
  });

  it('connects its Office 365 through a pop-up, and says connected only after the tests turned green one by one', async () => {
    const readingUsers = world.stack.microsoft.control.holdNext({ surface: 'graph', path: '/users' });
    const popup = await world.teams.signInPopup('Sign in');
    await picture('03-account', popup, { fullPage: true });
    const code = await consentAs(popup, 'marta.keller@fabrikam.example', () => picture('04-consent', popup));
    await picture('05-code', popup);
    await popup.close();
    await world.teams.sendMessage(code);
    await confirmTenant(world.teams, CUSTOMER);
    await readingUsers.arrived;
    await world.teams.waitForCard('Reading users: is being tested');
    await picture('06-testing');
    readingUsers.release();
    await world.teams.waitForCard(/connected to Fabrikam/);
  });

  it('proposes how the hybrid customer syncs, by what its tenant says', async () => {
    const sync = await world.teams.waitForCard('Proposed: Entra Connect syncs passwords');
    await sync.getByText('What the tenant says').click();
    await sync.getByText('120 synced, 6 cloud-only').waitFor();
    await picture('07-sync');
    await world.teams.clickCardButton(sync, 'Save');
    const setUp = await world.teams.waitForCard('Show install command');
    await picture('08-connected');
    // Everything so far happened on one card.
    expect(await setUp.textContent()).toContain(`Set up ${CUSTOMER}`);
  });

  it('lists the customer, and opens it with its history', async () => {
    await world.teams.sendMessage('customers');
    const list = await world.teams.waitForCard('Search by name');
    expect(await list.textContent()).toContain(CUSTOMER);
    await picture('09-customers');
    await list.getByText(CUSTOMER).click();
    const customer = await world.teams.waitForCard('Last change');
    expect(await customer.textContent()).toContain('fabrikam.example');
    await picture('10-customer');
  });

  it('searches on the list itself', async () => {
    const list = await world.teams.waitForCard('Search by name');
    await world.teams.fillInput(list, 'Search by name', 'nobody');
    await world.teams.clickCardButton(list, 'Search');
    await world.teams.waitForCard('No customer’s name contains “nobody”.');
  });

  it('renames the customer', async () => {
    await world.teams.sendMessage('rename customer fabrikam');
    const rename = await world.teams.waitForCard(`The new name for ${CUSTOMER}.`);
    await world.teams.fillInput(rename, 'Customer name', RENAMED);
    await world.teams.clickCardButton(rename, 'Rename');
    await world.teams.waitForCard(`${CUSTOMER} is now called ${RENAMED}.`);
    await picture('11-renamed');
  });

  it('loses nothing when the bot is killed while it adds a second customer', async () => {
    await world.teams.sendMessage('add customer');
    const name = await world.teams.waitForCard('The company’s name, as your team says it.');
    await world.teams.fillInput(name, 'Customer name', SECOND);
    await world.stack.restartBot('kill');
    await world.teams.clickCardButton(name, 'Save');
    const setUp = await world.teams.waitForCard(`${SECOND} was added.`);
    await world.stack.restartBot('kill');
    await world.teams.clickCardButton(setUp, 'Skip');
    await world.teams.waitForCard('Show install command');
    await picture('12-after-restart');
  });

  it('answers a mention in a group chat and in a channel, and shows what it knows once everybody there has a role', async () => {
    for (const room of SHARED) {
      await world.teams.enter(room);
      await world.teams.sendMessage('customers');
      await inThread(/Without a role in Keyturn.*Open our personal chat and type “customers”/).waitFor();
    }
    await world.teams.enter('Personal Chat');
    await world.teams.sendMessage('people');
    const people = await world.teams.waitForCard('may use Keyturn');
    await world.teams.clickCardButton(people, 'Add person');
    await people.getByLabel('People Picker').pressSequentially('Megan');
    await world.teams.page.getByRole('option', { name: 'Megan Bowen' }).click();
    await picture('13-people-picker');
    await world.teams.clickCardButton(people, 'Give this role');
    await world.teams.waitForBotText('Megan Bowen is now: technician.');
    for (const { given, surname } of COLLEAGUES.slice(1)) {
      await world.teams.sendMessage(`people add ${given}.${surname}@msp.example technician`);
      await world.teams.waitForBotText(`${given} ${surname} is now: technician.`);
    }
    for (const [index, room] of SHARED.entries()) {
      await world.teams.enter(room);
      await world.teams.sendMessage('customers');
      const list = await world.teams.waitForCard('Search by name');
      expect(await list.textContent()).toContain(RENAMED);
      expect(await list.textContent()).toContain(SECOND);
      await picture(`${14 + index}-shared`);
    }
  });
});
