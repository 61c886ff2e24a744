import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import type { z } from 'zod';
import type { AgentEvent } from '../../../domain/agentProtocol/agentEvent';
import {
  type AgentCommand,
  type Beat,
  beatRequest,
  commandsRequest,
  enrolRequest,
  eventsRequest,
  inventoryRequest,
  type PublicKey,
} from '../../../domain/agentProtocol/messages';
import { AGENT_PATHS, LIMITS, PROTOCOL, type RefusalCode } from '../../../domain/agentProtocol/protocol';
import { bodyHashOf, ENROL_KID, SCHEME, signedClaims, TYPE } from '../../../domain/agentProtocol/signature';

type Reply = { status: number; body: object; headers?: Record<string, string> };
type Inventory = z.output<typeof inventoryRequest>;

export const AGENT_ID = '00000000-0000-4000-8000-00000000a9e7';
export const INSTALL_TOKEN = 'an-obvious-install-token-of-a-test';

const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  unsupportedProtocol: 400,
  unauthorized: 401,
  clock: 401,
  replayed: 401,
  revoked: 403,
  token: 403,
  order: 409,
  tooLarge: 413,
  tooMany: 429,
  tryLater: 503,
};

/**
 * A small bot of the same protocol, over real HTTP or HTTPS. It trusts nothing: it checks signature,
 * audience, path, body, time and replays as the protocol requires. A test can choose its next answers.
 */
export class FakeBot {
  readonly beats: Beat[] = [];
  readonly told: AgentEvent[] = [];
  readonly reports: z.output<typeof commandsRequest>['done'] = [];
  readonly pages: Inventory[] = [];
  readonly paths: string[] = [];
  /** The next request for orders gets these. */
  commands: (Omit<AgentCommand, 'verb'> & { verb: string })[] = [];
  /** The pages that it says it lacks once the last one came; it asks anew each time. */
  missing: () => number[] = () => [];
  /** The answers that it gives instead, in this order; undefined: the normal answer. */
  instead: (Reply | RefusalCode | 'cut' | undefined)[] = [];
  /** The same for events only. 'lost': it accepts them, and its answer never arrives. */
  insteadOfEvents: (Reply | 'lost')[] = [];
  /** While it is set, the bot refuses every request. */
  refusing?: RefusalCode;
  /** Acts like an older bot, which refuses every batch with an event that it does not know. */
  cannotRead: (event: AgentEvent) => boolean = () => false;
  /** Its clock minus the real one. */
  skewMs = 0;
  token = INSTALL_TOKEN;
  publicKey?: PublicKey;
  stream = { id: '', seq: 0 };
  private readonly seen = new Set<string>();
  private readonly watchers = new Set<() => void>();
  private server = createHttp();
  url = '';

  async listen(tls?: { key: string; cert: string }, port = 0): Promise<this> {
    const handle = (request: IncomingMessage, response: ServerResponse) => void this.take(request, response);
    this.server = tls ? (createHttps(tls, handle) as unknown as typeof this.server) : createHttp(handle);
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.url = `${tls ? 'https' : 'http'}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Resolves when `what` holds. It looks after every request. */
  async until(what: () => boolean): Promise<void> {
    while (!what()) await new Promise<void>((resolve) => this.watchers.add(resolve));
  }

  now = () => Date.now() + this.skewMs;

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    this.paths.push(request.url ?? '');
    const next = this.refusing ?? this.instead.shift();
    const ofEvents = request.url === AGENT_PATHS.events ? this.insteadOfEvents.shift() : undefined;
    const chosen = typeof next === 'string' && next !== 'cut' ? this.refuse(next) : (next ?? ofEvents);
    const reply =
      chosen === undefined || chosen === 'lost' ? await this.answer(request, Buffer.concat(chunks)) : chosen;
    if (chosen === 'lost' || reply === 'cut') response.destroy();
    else {
      const { status, body, headers } = reply;
      response.statusCode = status;
      for (const [name, value] of Object.entries({ 'content-type': 'application/json', ...headers }))
        response.setHeader(name, value);
      response.end(JSON.stringify(body));
    }
    for (const watcher of this.watchers) watcher();
    this.watchers.clear();
  }

  private refuse(error: RefusalCode, more: object = {}): Reply {
    return {
      status: STATUS[error],
      body: { error, sentence: `Refused: ${error}.`, now: this.now(), ...more },
    };
  }

  private async answer(request: IncomingMessage, raw: Buffer): Promise<Reply> {
    if (request.headers['content-type'] !== 'application/json') return this.refuse('invalid');
    const zipped = request.headers['content-encoding'] === 'gzip';
    const body = JSON.parse((zipped ? gunzipSync(raw) : raw).toString('utf8'));
    const enrolling = request.url === AGENT_PATHS.enrol;
    const key = enrolling ? body.publicKey : this.publicKey;
    const refused = await this.faultOf(request, raw, key, enrolling ? ENROL_KID : AGENT_ID);
    if (refused) return this.refuse(refused);
    const answer = this.answers[request.url ?? ''];
    const found = answer?.(body);
    if (!found) return this.refuse('invalid');
    if ('status' in found) return found as Reply;
    return { status: 200, body: { protocol: PROTOCOL, now: this.now(), ...found } };
  }

  private readonly answers: Record<string, (body: unknown) => object> = {
    [AGENT_PATHS.enrol]: (body) => {
      const { token, publicKey } = enrolRequest.parse(body);
      if (token !== this.token || (this.publicKey && this.publicKey.x !== publicKey.x))
        return this.refuse('token');
      this.publicKey = publicKey;
      return { agentId: AGENT_ID, customer: 'Contoso' };
    },
    [AGENT_PATHS.beat]: (body) => {
      const { waiting, health, ...beat } = beatRequest.parse(body);
      if (waiting && health) this.beats.push({ ...beat, waiting, health });
      return { customer: 'Contoso' };
    },
    [AGENT_PATHS.events]: (body) => this.events(eventsRequest.parse(body)),
    [AGENT_PATHS.commands]: (body) => {
      this.reports.push(...commandsRequest.parse(body).done);
      return { commands: this.commands.splice(0) };
    },
    [AGENT_PATHS.inventory]: (body) => {
      const page = inventoryRequest.parse(body);
      this.pages.push(page);
      const last = this.pages.some(({ snapshot, last }) => last && snapshot === page.snapshot);
      return { missing: last ? this.missing() : [] };
    },
  };

  private events({ stream, events }: z.output<typeof eventsRequest>): object {
    if (events.some((event) => event.type === 'notRead' || this.cannotRead(event)))
      return this.refuse('invalid');
    if (stream !== this.stream.id && events[0]?.seq !== 1) return this.refuse('order', { expected: 1 });
    if (stream !== this.stream.id) this.stream = { id: stream, seq: 0 };
    for (const event of events) {
      if (event.seq <= this.stream.seq) continue;
      if (event.seq !== this.stream.seq + 1) return this.refuse('order', { expected: this.stream.seq + 1 });
      this.stream.seq = event.seq;
      if (event.type !== 'notRead') this.told.push(event);
    }
    return { acknowledged: this.stream.seq };
  }

  private async faultOf(
    request: IncomingMessage,
    raw: Buffer,
    key: PublicKey | undefined,
    kid: string,
  ): Promise<RefusalCode | undefined> {
    const [scheme, jws = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== SCHEME || !key) return 'unauthorized';
    const header = decodeProtectedHeader(jws);
    if (header.kid !== kid || header.typ !== TYPE) return 'unauthorized';
    const checked = await compactVerify(jws, await importJWK(key, 'EdDSA')).catch(() => undefined);
    if (!checked) return 'unauthorized';
    const claims = signedClaims.parse(JSON.parse(Buffer.from(checked.payload).toString('utf8')));
    const same = claims.aud === this.url && claims.path === request.url && claims.body === bodyHashOf(raw);
    if (!same || request.method !== claims.method) return 'unauthorized';
    if (Math.abs(claims.iat * 1000 - this.now()) > LIMITS.skewMs) return 'clock';
    if (this.seen.has(claims.jti)) return 'replayed';
    this.seen.add(claims.jti);
    return undefined;
  }
}
