export type { CloudAnswer, CloudCall, Send } from './call.ts';
export { simulatedCredentials, simulatedPlugin } from './plugin.ts';
export { simulatedProbes } from './probes.ts';
export { remoteWorld, serveWorld } from './remote.ts';
export { createStsEndpoint } from './sts-endpoint.ts';
export { Estate, type EstateInput } from './world/estate.ts';
export { Fault, type FaultInput } from './world/fault.ts';
export type { WorldView } from './world/view.ts';
export { createWorld, type World, type WorldAudit } from './world/world.ts';
