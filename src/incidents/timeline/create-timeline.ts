import { readTimeline } from '../../store/timeline.ts';
import type { IncidentsDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import type { Timeline } from '../incidents.ts';
import { mayLook } from '../may-look.ts';
import { followDeletion, followEdit, keepMessage, unkeepMessage } from './kept.ts';
import { enterCommand, noteText } from './typed.ts';

export function createTimeline(deps: IncidentsDeps): Timeline {
  return {
    list: async (incidentId, by) => {
      await mayLook(deps, by);
      return deps.store.tx(async (tx) => {
        await findIncident(tx, incidentId);
        return readTimeline(tx, incidentId);
      });
    },
    note: (ask, by) => noteText(deps, ask, by),
    command: (ask, by) => enterCommand(deps, ask, by),
    keep: (message, by) => keepMessage(deps, message, by),
    unkeep: (message, by) => unkeepMessage(deps, message, by),
    edited: (message) => followEdit(deps, message),
    deleted: (message) => followDeletion(deps, message),
  };
}
