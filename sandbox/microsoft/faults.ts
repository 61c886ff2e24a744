import type { Clock } from '../../domain/ports';
import { graphError } from './graph/graphError';
import { json, type SandboxRequest, type SandboxResponse } from './http';
import { type AadstsCode, refusalBody, refusalStatus } from './signInErrors';

export type Surface = 'graph' | 'token';

/** How a service may misbehave. `refused` is for the token endpoint. */
export type Fault =
  | { kind: 'throttled'; retryAfterSeconds: number }
  | { kind: 'unavailable'; retryAfterSeconds?: number }
  | { kind: 'html' }
  | { kind: 'truncated' }
  | { kind: 'refused'; code: AadstsCode };

export interface FaultTarget {
  surface: Surface;
  /** Only for calls whose path contains this. */
  path?: string;
  /** How many calls are affected; default 1. */
  times?: number;
}

/** A call that waits in the sandbox until it is released. */
export interface Hold {
  /** Resolves when the call has arrived. */
  arrived: Promise<void>;
  /** Gives the call its usual answer. */
  release(): void;
}

interface Planned {
  surface: Surface;
  path: string;
  left: number;
  apply(request: SandboxRequest, answer: () => Promise<SandboxResponse>): Promise<SandboxResponse>;
}

export interface Faults {
  failNext(fault: Fault, target: FaultTarget): void;
  holdNext(target: Omit<FaultTarget, 'times'>): Hold;
  /** Answers with the oldest planned fault that fits, else as usual. */
  through(
    surface: Surface,
    request: SandboxRequest,
    answer: () => Promise<SandboxResponse>,
  ): Promise<SandboxResponse>;
  /** Drops every planned fault and releases all held calls. */
  clear(): void;
}

export function makeFaults(clock: Clock): Faults {
  let planned: Planned[] = [];
  const held = new Set<() => void>();
  return {
    failNext(fault, { surface, path = '', times = 1 }) {
      planned.push({
        surface,
        path,
        left: times,
        apply: (request, answer) => misbehave(fault, { surface, request, clock, answer }),
      });
    },
    holdNext({ surface, path = '' }) {
      const arrival = signal();
      const gate = signal();
      held.add(gate.give);
      const apply: Planned['apply'] = async (_request, answer) => {
        arrival.give();
        await gate.given;
        return answer();
      };
      planned.push({ surface, path, left: 1, apply });
      return { arrived: arrival.given, release: gate.give };
    },
    through(surface, request, answer) {
      const plan = planned.find((one) => one.surface === surface && request.path.includes(one.path));
      if (!plan) return answer();
      plan.left -= 1;
      planned = planned.filter((one) => one.left > 0);
      return plan.apply(request, answer);
    },
    clear() {
      planned = [];
      for (const release of held) release();
      held.clear();
    },
  };
}

function signal(): { given: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

interface Call {
  surface: Surface;
  request: SandboxRequest;
  clock: Clock;
  answer: () => Promise<SandboxResponse>;
}

async function misbehave(fault: Fault, call: Call): Promise<SandboxResponse> {
  switch (fault.kind) {
    case 'throttled':
      return refuse(call, {
        status: 429,
        graph: 'TooManyRequests',
        aadsts: '90055',
        retryAfter: fault.retryAfterSeconds,
      });
    case 'unavailable':
      return refuse(call, {
        status: 503,
        graph: 'serviceNotAvailable',
        aadsts: '90033',
        retryAfter: fault.retryAfterSeconds,
      });
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Our services are not available right now</title>',
      };
    case 'truncated': {
      const whole = await call.answer();
      return { ...whole, body: whole.body?.slice(0, Math.floor(whole.body.length / 2)) };
    }
    case 'refused':
      return json(refusalStatus(fault.code), refusalBody(fault.code, call.clock));
  }
}

function refuse(
  call: Call,
  how: { status: number; graph: string; aadsts: AadstsCode; retryAfter?: number },
): SandboxResponse {
  const headers: Record<string, string> =
    how.retryAfter === undefined ? {} : { 'retry-after': String(how.retryAfter) };
  if (call.surface === 'token') return json(how.status, refusalBody(how.aadsts, call.clock), headers);
  const { request, clock } = call;
  return graphError(
    { status: how.status, code: how.graph, message: 'Please retry again later.' },
    { request, clock, headers },
  );
}
