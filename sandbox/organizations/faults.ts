import { redirect, type SandboxResponse } from '../microsoft/http';

/**
 * How a vendor may misbehave, once. `huge` is the true answer after `bytes` of blanks: valid JSON, but too
 * much.
 */
export type VendorFault =
  | { kind: 'throttled'; retryAfterSeconds?: number }
  | { kind: 'status'; status: 500 | 502 | 503 | 504; retryAfterSeconds?: number }
  | { kind: 'html'; status?: number }
  | { kind: 'truncated' }
  | { kind: 'huge'; bytes?: number }
  | { kind: 'redirect'; to: string };

export interface FaultTarget {
  /** Only for calls whose path with query contains this, e.g. `page[number]=2`. */
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

/** How a vendor words a refusal. */
export type Refuse = (status: number, headers?: Record<string, string>) => SandboxResponse;
type Answer = () => SandboxResponse;

interface Planned {
  path: string;
  left: number;
  apply(answer: Answer): Promise<SandboxResponse>;
}

export interface Faults {
  failNext(fault: VendorFault, target?: FaultTarget): void;
  holdNext(target?: Pick<FaultTarget, 'path'>): Hold;
  /** Answers with the oldest planned fault that fits, else as usual. */
  through(path: string, answer: Answer): Promise<SandboxResponse>;
  /** Drops every planned fault and releases all held calls. */
  clear(): void;
}

export function makeFaults(refuse: Refuse): Faults {
  let planned: Planned[] = [];
  const held = new Set<() => void>();
  return {
    failNext(fault, { path = '', times = 1 } = {}) {
      planned.push({ path, left: times, apply: async (answer) => misbehave(fault, refuse, answer) });
    },
    holdNext({ path = '' } = {}) {
      const arrival = signal();
      const gate = signal();
      held.add(gate.give);
      const apply: Planned['apply'] = async (answer) => {
        arrival.give();
        await gate.given;
        return answer();
      };
      planned.push({ path, left: 1, apply });
      return { arrived: arrival.given, release: gate.give };
    },
    async through(path, answer) {
      const plan = planned.find((one) => path.includes(one.path));
      if (!plan) return answer();
      plan.left -= 1;
      planned = planned.filter((one) => one.left > 0);
      return plan.apply(answer);
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

function misbehave(fault: VendorFault, refuse: Refuse, answer: Answer): SandboxResponse {
  switch (fault.kind) {
    case 'throttled':
      return refuse(429, retryAfter(fault));
    case 'status':
      return refuse(fault.status, retryAfter(fault));
    case 'html':
      return {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>We will be back soon</title><p>Down for maintenance.</p>',
      };
    case 'truncated': {
      const whole = answer();
      return { ...whole, body: whole.body?.slice(0, Math.floor(whole.body.length / 2)) };
    }
    case 'huge': {
      const whole = answer();
      return { ...whole, body: `${' '.repeat(fault.bytes ?? 64 * 1024 * 1024)}${whole.body}` };
    }
    case 'redirect':
      return redirect(fault.to);
  }
}

const retryAfter = ({ retryAfterSeconds }: { retryAfterSeconds?: number }): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
