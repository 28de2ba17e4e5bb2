import { phases } from '../domain/incident.ts';
import { incidentByChannel, listIncidents } from '../store/incidents.ts';
import { assignRole } from './assign.ts';
import { declareIncident } from './declare.ts';
import type { IncidentsDeps } from './deps.ts';
import { close, resolve } from './end.ts';
import type { Incidents } from './incidents.ts';
import { mayLook } from './may-look.ts';
import { openRecord } from './open-record.ts';
import { changeSeverity } from './severity.ts';
import { createTimeline } from './timeline/create-timeline.ts';
import { viewIncident } from './view.ts';

export function createIncidents(deps: IncidentsDeps): Incidents {
  const { store } = deps;
  return {
    declare: (ask, by) => declareIncident(deps, ask, by),
    openRecord: (ask, by) => openRecord(deps, ask, by),
    assign: (ask, by) => assignRole(deps, ask, by),
    setSeverity: (ask, by) => changeSeverity(deps, ask, by),
    timeline: createTimeline(deps),
    resolve: (ask, by) => resolve(deps, ask, by),
    close: (ask, by) => close(deps, ask, by),
    open: () =>
      store.tx((tx) =>
        listIncidents(
          tx,
          phases.filter((phase) => phase !== 'closed'),
        ),
      ),
    list: () => store.tx((tx) => listIncidents(tx, phases)),
    byChannel: (channel) => store.tx((tx) => incidentByChannel(tx, channel)),
    view: (incidentId) => viewIncident(deps, incidentId),
    mayLook: (by) => mayLook(deps, by),
  };
}
