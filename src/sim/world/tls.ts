import { faultsOf, isDark } from './model.ts';
import { type Operations, reading } from './operation.ts';
import { refuse } from './refuse.ts';
import { plainName } from './route53/names.ts';
import type { State } from './state.ts';
import { balancerFor } from './web.ts';

const dayMs = 86_400_000;
const usualDays = 200;

interface Asked {
  name: string;
  address: string;
}

/** Load balancers show a certificate for whatever name is asked, unless a fault says otherwise. */
export const tlsOperations: Operations = {
  certificate: reading<Asked, Record<string, unknown>>(({ state }, { name, address }) => {
    const balancer = balancerFor(state, plainName(address));
    if (!balancer) refuse('ENOTFOUND', `No address was found for ${address}.`, 0);
    if (isDark(state, balancer.region)) refuse('ETIMEDOUT', `${address} did not answer.`, 0);
    return shown(state, name);
  }),
};

function shown(state: State, name: string): Record<string, unknown> {
  const wrong = faultsOf(state, 'certificate').find((fault) => plainName(fault.name) === plainName(name));
  const days = wrong?.days ?? usualDays;
  return {
    names: [wrong?.problem === 'other-name' ? 'other.example.net' : name],
    issuer: wrong?.problem === 'untrusted' ? 'Self' : 'Simulated Trust Services',
    validFrom: new Date(state.at - 100 * dayMs).toISOString(),
    validTo: new Date(state.at + days * dayMs).toISOString(),
    fault: faultText(wrong?.problem),
  };
}

function faultText(problem: 'other-name' | 'untrusted' | undefined): string | null {
  if (problem === 'other-name') return 'it is for another name';
  return problem === 'untrusted' ? 'it is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)' : null;
}
