import { readFileSync } from 'node:fs';
import { chromiumPart } from '../helpers/browser/chromium';
import { codeOn, enterKey, signInAsStaff } from '../helpers/browser/keyPage';
import { reviewCard } from '../helpers/browser/reviewCard';
import { addCustomer, useTeams } from '../helpers/browser/useTeams';
import { sendVerifyState } from '../helpers/browser/verifyState';
import { parseCsv } from '../helpers/process/csv';
import { describeWith } from '../helpers/process/parts';

const OURS = 'Fabrikam Manufacturing';
const THEIRS = 'FABRIKAM MANUFACTURING, Inc.';
const RENAMED = 'Fabrikam Robotics';
const IT_GLUE = 'IT Glue (EU)';
const LEFT_OUT = 'Relecloud';
/** So many organizations that a kill comes while the import applies them. */
const MANY = 1500;

describeWith(chromiumPart, 'Bringing customers in from IT Glue and Hudu, in a real browser', () => {
  const world = useTeams('importing');
  const { picture } = world;
  let review: ReturnType<typeof reviewCard>;
  beforeAll(() => {
    review = reviewCard(world.teams);
  });

  it('adds IT Glue: only the page gets the key, and typing its code keeps the key', async () => {
    await addCustomer(world.teams, OURS, 'Decide later');
    await world.teams.sendMessage('integrations');
    const list = await world.teams.waitForCard('None yet.');
    await picture('30-no-integrations');
    await world.teams.clickCardButton(list, 'Add IT Glue');
    const region = await world.teams.waitForCard('In which region is your IT Glue account?');
    await world.teams.choose(region, 'EU');
    await picture('31-region');
    await world.teams.clickCardButton(region, 'Next');
    await world.teams.waitForCard('API key of');
    await picture('32-key-asked');
    const popup = await world.teams.signInPopup('Enter API key');
    const link = popup.url();
    await picture('33-key-link', popup);
    await signInAsStaff(popup, 'megan.bowen@msp.example');
    await popup.getByText('megan.bowen@msp.example signed in').waitFor();
    await picture('33-key-of-somebody-else', popup);
    await popup.goto(link);
    await signInAsStaff(popup);
    await popup.getByLabel('API key').waitFor();
    await picture('33-key-page', popup);
    await enterKey(popup, 'not-the-key-of-anybody');
    expect(await popup.getByRole('alert').textContent()).toContain('The API key is not accepted');
    await picture('34-wrong-key', popup);
    await enterKey(popup, 'demo-itglue-key');
    const code = await codeOn(popup);
    await picture('35-key-works', popup);
    await popup.close();
    await world.teams.sendMessage(code);
    await world.teams.waitForCard(`${IT_GLUE} was added.`);
    await picture('36-added');
  });

  it('adds Hudu: the page hands the code to Teams, and nobody types it', async () => {
    const { host } = world.stack.vendors.hudu;
    await world.teams.sendMessage('integrations add hudu');
    const asked = await world.teams.waitForCard('The host under which your team opens Hudu');
    await world.teams.fillInput(asked, 'Host', `http://admin@${host}/login`);
    await world.teams.clickCardButton(asked, 'Next');
    await world.teams.waitForCard(`Please type only the host, without a name before it: ${host}`);
    await picture('37-host-refused');
    await world.teams.fillInput(asked, 'Host', `http://${host}/login`);
    await world.teams.clickCardButton(asked, 'Next');
    await world.teams.waitForCard(`API key of Hudu (${host})`);
    const popup = await world.teams.signInPopup('Enter API key');
    await signInAsStaff(popup);
    await enterKey(popup, 'demo-hudu-key');
    await sendVerifyState(world.stack.playgroundUrl, await codeOn(popup));
    await popup.close();
    await world.teams.waitForCard(`Hudu (${host}) was added.`);
    await world.teams.sendMessage('integrations');
    const list = await world.teams.waitForCard(/IT Glue \(EU\): 0 linked/);
    expect((await list.textContent())?.match(/✓\s*working/g)).toHaveLength(2);
    await picture('38-integrations');
  });

  it('reads the organizations and shows them in groups', async () => {
    const reading = world.stack.vendors.itGlue.control.holdNext({ path: '/organizations' });
    await world.teams.sendMessage('import organizations');
    const which = await world.teams.waitForCard('From which of these?');
    await picture('39-which');
    await world.teams.clickCardButton(which, IT_GLUE);
    await reading.arrived;
    await world.teams.waitForCard('0 organizations found');
    await picture('40-reading');
    reading.release();
    await review.card();
    await picture('41-review');
  });

  it('searches, pages and chooses: all, none, and one by one', async () => {
    await review.press('Next ›', '7–12 of');
    await review.find('coho', '1–2 of 2');
    await picture('42-search');
    await review.find(LEFT_OUT, '1–1 of 1');
    await review.pressMore('Skip all 1 found', /Apply: create \d+/);
    await review.find('', '1–6 of');
    await review.pressMore(/^Skip all/, 'Nothing is chosen yet.');
    await review.pressMore(/^Create all/, /Apply: create 47/);
    await review.find(LEFT_OUT, '1–1 of 1');
    await review.pressMore('Skip all 1 found', /Apply: create 46/);
    await review.find('', '1–6 of');
  });

  it('asks about likely matches and links none without a person', async () => {
    await review.press(/Likely/, `Customer ${OURS}.`);
    await picture('43-likely');
    await review.pick('Link');
    await review.pressMore('Save choices', /link 1/);
    await review.press(/Conflicts/, '1–6 of 8');
    await picture('44-conflict');
    await review.tick();
    await review.pressMore('Save choices', /create 47, link 1/);
    for (const [group, name] of [
      [/Names that cannot be used/, '44-unusable'],
      [/Inactive/, '45-inactive'],
    ] as const) {
      await review.openList(group, /Nothing here|1–/);
      await picture(name);
    }
    await review.press(/New \(/, '1–6 of');
  });

  it('applies the choices and says what became of each organization', async () => {
    await world.teams.clickCardButton(
      await review.card(),
      await review.buttonNamed(/^Apply: create \d+, link 1$/),
    );
    const result = await world.teams.waitForCard(/Finished: \d+ customers created, 1 linked/);
    await picture('47-result');
    await result.getByRole('button', { name: /Linked \(1\)/ }).click();
    await result.getByText(THEIRS).waitFor();
    await picture('48-linked');
    await world.teams.clickCardButton(result, 'Get the list');
    await result.getByText('can be downloaded until').waitFor();
    await picture('48-list');
    const opened = world.browser.context.waitForEvent('page');
    await result.getByText('Download the list').click();
    const popup = await opened;
    const download = popup.waitForEvent('download');
    await signInAsStaff(popup);
    const file = readFileSync(await (await download).path(), 'utf8').replace(/^\ufeff/, '');
    await popup.close();
    expect(parseCsv(file)).toContainEqual([THEIRS, expect.any(String), 'linked', '', OURS]);
    await world.teams.clickCardButton(result, 'Customers');
    const list = await world.teams.waitForCard('Search by name');
    await list.getByText('Bellows College').waitFor();
    await picture('49-customers');
  });

  it('is killed while it applies Hudu’s organizations', async () => {
    const { control, host } = world.stack.vendors.hudu;
    const known = control.organizations().find(({ name }) => name === LEFT_OUT);
    control.remove(String(known?.id));
    for (let number = 1; number <= MANY; number++) control.insert({ name: `Quay ${number} Storage` });
    await world.teams.sendMessage(`import organizations Hudu (${host})`);
    await review.find('Storage', '1–6 of 1,500');
    await picture('50-hudu');
    await world.teams.clickCardButton(
      await review.card(),
      await review.buttonNamed(/^Apply: create [\d,]+$/),
    );
    await world.teams.waitForCard(/organizations done/);
    await world.stack.restartBot('kill');
    await picture('51-killed');
  });

  it('notices meanwhile that an organization was renamed, and lets a person decide about the name', async () => {
    const { control } = world.stack.vendors.itGlue;
    const renamed = control.organizations().find(({ name }) => name === THEIRS);
    control.rename(String(renamed?.id), RENAMED);
    await world.teams.sendMessage(`refresh organizations ${IT_GLUE}`);
    await world.teams.waitForCard('1 renamed');
    await picture('52-refreshed');
    await world.teams.sendMessage(`customer ${OURS}`);
    const customer = await world.teams.waitForCard('The name differs there');
    expect(await customer.textContent()).toContain(OURS);
    await customer.scrollIntoViewIfNeeded();
    await picture('53-name-differs');
    const upstream = world.browser.context.waitForEvent('request', (request) =>
      request.url().endsWith(`/${renamed?.id}`),
    );
    const opened = world.browser.context.waitForEvent('page');
    await customer.getByText('Open ↗').click();
    await upstream;
    await (await opened).close();
    await world.teams.clickCardButton(customer, 'Take their name');
    await world.teams.waitForNoCard('The name differs there');
    await world.teams.waitForCard(RENAMED);
    await picture('54-renamed');
  });

  it('offers organizations whose names look like a new customer’s', async () => {
    await world.teams.sendMessage('add customer');
    const name = await world.teams.waitForCard('The company’s name, as your team says it.');
    await world.teams.fillInput(name, 'Customer name', `${LEFT_OUT} Inc`);
    await world.teams.clickCardButton(name, 'Save');
    const offered = await world.teams.waitForCard('one of these?');
    await picture('55-offered');
    await offered.getByText(LEFT_OUT, { exact: true }).click();
    await world.teams.waitForCard(`It is linked to ${LEFT_OUT} in`);
    await picture('56-linked');
  });

  it('a second import finds every organization linked', async () => {
    await world.teams.sendMessage(`import organizations ${IT_GLUE}`);
    await review.press(/New \(0\)/, 'Nothing here');
    await review.openList(/Linked \(49\)/, '1–6 of 49');
    await picture('57-second-import');
  });

  it('finishes the killed import, and makes nothing twice', async () => {
    const finished = world.teams.page.getByText('Finished: 1,500 customers created');
    await finished.waitFor({ timeout: 90_000 });
    await finished.scrollIntoViewIfNeeded();
    await picture('58-continued');
    await world.teams.sendMessage(`import organizations Hudu (${world.stack.vendors.hudu.host})`);
    await review.openList(/Linked \(1,500\)/, '1–6 of 1,500');
    await picture('59-all-linked');
  });
});
