import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import { generate } from 'selfsigned';

type Values = Record<string, string | Buffer>;
export interface PlayedEntry {
  dn: string;
  values: Values;
}
/** One answer to the paged search of users: its users, and the cookie that asks for more. */
export interface PlayedPage {
  entries: PlayedEntry[];
  cookie: string;
}

const BASE = 'DC=contoso,DC=test';
const SETTINGS = `CN=NTDS Settings,CN=DC1,${BASE}`;

export const playedUser = (name: string, more: Values = {}): PlayedEntry => ({
  dn: `CN=${name},CN=Users,${BASE}`,
  values: {
    objectGUID: guidBytesOf(name),
    sAMAccountName: name,
    distinguishedName: `CN=${name},CN=Users,${BASE}`,
    userAccountControl: '512',
    pwdLastSet: '134398853398703140',
    uSNChanged: '4711',
    ...more,
  },
});
const guidBytesOf = (name: string) => createHash('sha256').update(name).digest().subarray(0, 16);

/**
 * A domain controller, as far as the agent asks it, over TLS. `pages` are its answers to a paged search; the
 * agent asks for each with the cookie of the one before. A cookie without a page gets the last page again.
 * `asked` counts the questions.
 */
export class PlayedLdap {
  pages: PlayedPage[] = [];
  /** Its highest USN. */
  usn = 5000;
  asked = 0;
  url = '';
  pin = '';
  private readonly sockets = new Set<Socket>();
  private closeServer: () => void = () => undefined;

  async open(): Promise<this> {
    const names = [{ name: 'commonName', value: 'dc1.contoso.test' }];
    const made = await generate(names, { keyType: 'ec', algorithm: 'sha256' });
    this.pin = createHash('sha256').update(new X509Certificate(made.cert).raw).digest('hex');
    const server = createServer({ key: made.private, cert: made.cert }, (socket) => this.serve(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.url = `ldaps://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.closeServer = () => server.close();
    return this;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.closeServer();
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let held = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      held = Buffer.concat([held, data]);
      for (let size = sizeOf(held); size > 0 && size <= held.length; size = sizeOf(held)) {
        const answer = this.answer(held.subarray(0, size));
        held = held.subarray(size);
        if (answer) socket.write(answer);
      }
    });
  }

  private answer(message: Buffer): Buffer | undefined {
    const [id, request, controls] = childrenOf(message);
    if (!id || !request) return undefined;
    const reply = (tag: number, content: Buffer[], more: Buffer[] = []) =>
      tlv(0x30, [id, tlv(tag, content), ...more]);
    if (request[0] === 0x60) return reply(0x61, SUCCESS);
    if (request[0] !== 0x63) return undefined;
    const { entries, cookie } = this.found(childrenOf(request), controls);
    return Buffer.concat([
      ...entries.map((entry) => reply(0x64, entryOf(entry))),
      reply(0x65, SUCCESS, cookie === undefined ? [] : [pagingOf(cookie)]),
    ]);
  }

  private found(
    [base = NOTHING, scope = NOTHING]: Buffer[],
    controls?: Buffer,
  ): { entries: PlayedEntry[]; cookie?: string } {
    const dn = contentOf(base).toString();
    if (contentOf(scope)[0] === 0) return { entries: [{ dn, values: this.entryAt(dn) }] };
    if (controls === undefined) return { entries: [playedUser('krbtgt'), playedUser('Administrator')] };
    this.asked += 1;
    const asked = cookieOf(controls);
    const at = asked === '' ? 0 : this.pages.findIndex(({ cookie }) => cookie === asked) + 1;
    return this.pages[Math.min(at, this.pages.length - 1)] ?? { entries: [], cookie: '' };
  }

  private entryAt(dn: string): Values {
    if (dn === SETTINGS) return { invocationId: Buffer.alloc(16, 7) };
    if (dn !== '') return {};
    return {
      highestCommittedUSN: String(this.usn),
      dsServiceName: SETTINGS,
      dnsHostName: 'dc1.contoso.test',
      defaultNamingContext: BASE,
      currentTime: '20261130120000.0Z',
    };
  }
}

const NOTHING = Buffer.from([5, 0]);
const text = (value: string | Buffer) => tlv(4, [Buffer.from(value)]);
/** Result code 0, no matched name, no text. */
const SUCCESS = [Buffer.from([10, 1, 0]), text(''), text('')];

const entryOf = ({ dn, values }: PlayedEntry) => [
  text(dn),
  tlv(
    0x30,
    Object.entries(values).map(([name, value]) => tlv(0x30, [text(name), tlv(0x31, [text(value)])])),
  ),
];

const PAGING = '1.2.840.113556.1.4.319';
const pagingOf = (cookie: string) =>
  tlv(0xa0, [tlv(0x30, [text(PAGING), text(tlv(0x30, [Buffer.from([2, 1, 0]), text(cookie)]))])]);

/** The cookie of the only control in the request. */
function cookieOf(controls: Buffer): string {
  const [control = NOTHING] = childrenOf(controls);
  const [, cookie = NOTHING] = childrenOf(contentOf(childrenOf(control).at(-1) ?? NOTHING));
  return contentOf(cookie).toString();
}

function tlv(tag: number, content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 128
      ? [body.length]
      : [0x83, body.length >> 16, (body.length >> 8) & 255, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** The length of the head (tag and length) and of the whole; 0 when there are too few bytes to know. */
function measure(bytes: Buffer): { head: number; size: number } {
  const first = bytes[1];
  if (first === undefined) return { head: 0, size: 0 };
  if (first < 128) return { head: 2, size: 2 + first };
  const count = first & 127;
  if (bytes.length < 2 + count) return { head: 0, size: 0 };
  return { head: 2 + count, size: 2 + count + bytes.readUIntBE(2, count) };
}
const sizeOf = (bytes: Buffer) => measure(bytes).size;

function contentOf(bytes: Buffer): Buffer {
  const { head, size } = measure(bytes);
  return bytes.subarray(head, size);
}

function childrenOf(bytes: Buffer): Buffer[] {
  const children: Buffer[] = [];
  for (let rest = contentOf(bytes); rest.length > 0; rest = rest.subarray(sizeOf(rest)))
    children.push(rest.subarray(0, sizeOf(rest)));
  return children;
}
