import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, errorReply, type Reply } from './moto-wire.ts';

/** What goes wrong, for calls that match every field given; `times` calls long, or until it is lifted. */
export type Fault = { service?: string; region?: string; operation?: string; times?: number } & (
  | { do: 'dark' }
  | { do: 'reset' }
  | { do: 'delay'; ms: number }
  | { do: 'fail'; status: number; code: string }
  | { do: 'throttle' }
  | { do: 'lose-answer' }
);

export interface Faults {
  /** Returns the function that lifts it. */
  add(fault: Fault): () => void;
  clear(): void;
  /** What to do instead of answering, once delays have been sat out. */
  meet(call: Call): Promise<Meeting>;
}

/** `answer` goes on as usual; `silence` never answers; `hang-up` closes the connection. */
export type Meeting =
  | { next: 'answer' | 'silence' | 'hang-up' | 'hang-up-after-effect' }
  | { next: 'reply'; reply: Reply };

export function createFaults(): Faults {
  const active: { fault: Fault; left: number }[] = [];
  const lift = (fault: Fault): void => {
    const at = active.findIndex((entry) => entry.fault === fault);
    if (at >= 0) active.splice(at, 1);
  };
  return {
    add: (fault) => {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
      return () => lift(fault);
    },
    clear: () => void active.splice(0),
    meet: async (call) => {
      const hit = active.filter(({ fault }) => matches(fault, call));
      for (const entry of hit) {
        entry.left -= 1;
        if (entry.left <= 0) lift(entry.fault);
        const meeting = await meet(entry.fault, call);
        if (meeting.next !== 'answer') return meeting;
      }
      return { next: 'answer' };
    },
  };
}

async function meet(fault: Fault, call: Call): Promise<Meeting> {
  switch (fault.do) {
    case 'dark':
      return { next: 'silence' };
    case 'reset':
      return { next: 'hang-up' };
    case 'lose-answer':
      return { next: 'hang-up-after-effect' };
    case 'throttle':
      return { next: 'reply', reply: errorReply(call, 400, throttlingCode(call), 'Rate exceeded') };
    case 'fail':
      return { next: 'reply', reply: errorReply(call, fault.status, fault.code, `${fault.code} by the proxy`) };
    case 'delay':
      await sleep(fault.ms);
      return { next: 'answer' };
  }
}

function throttlingCode(call: Call): string {
  if (call.service === 's3') return 'SlowDown';
  return call.headers['x-amz-target'] === undefined ? 'Throttling' : 'ThrottlingException';
}

function matches(fault: Fault, call: Call): boolean {
  return (['service', 'region', 'operation'] as const).every(
    (field) => fault[field] === undefined || fault[field] === call[field],
  );
}
