import { createProactive } from '../../../bot/sending/proactive';

const asked: unknown[] = [];
const adapter = {
  async continueConversationAsync(...args: unknown[]) {
    asked.push(args[1]);
    await (args.at(-1) as (context: object) => Promise<void>)({});
  },
};
const at = (serviceUrl: string | undefined) => ({ serviceUrl, conversation: { id: 'a' } });
const speak = (appId: string, serviceUrl: string | undefined) =>
  createProactive({ adapter: adapter as never, appId }).in(at(serviceUrl), async () => 'said');

beforeEach(() => asked.splice(0));

it.each([
  ['Teams', 'app', 'https://smba.trafficmanager.net/emea/'],
  ['the Playground', '', 'http://127.0.0.1:56150/_connector'],
])('%s is spoken to where it was heard', async (_name, appId, serviceUrl) => {
  expect(await speak(appId, serviceUrl)).toBe('said');
  expect(asked).toEqual([at(serviceUrl)]);
});

it.each([
  ['app', 'http://smba.trafficmanager.net/'],
  ['app', 'http://127.0.0.1:56150/_connector'],
  ['app', 'file:///etc/passwd'],
  ['app', undefined],
  ['', 'https://evil.example/'],
  ['', 'http://127.0.0.1.evil.example/'],
  ['', 'http://169.254.169.254/'],
])('for “%s” nothing is sent to the stored address %s', async (appId, serviceUrl) => {
  await expect(speak(appId, serviceUrl)).rejects.toThrow('another channel');
  expect(asked).toEqual([]);
});
