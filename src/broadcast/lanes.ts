import type { Notice, Place } from '../domain/notice.ts';

/** What is said in one place goes out in order. */
export function laneOf(place: Place): string {
  switch (place.in) {
    case 'incident':
      return `slack:incident:${place.incidentId}`;
    case 'channel':
      return `slack:channel:${place.name}`;
    case 'direct':
      return `slack:user:${place.slack}`;
  }
}

/** The key of the one message that a live notice is; null for those that are posted once. */
export function liveKey(notice: Notice): string | null {
  switch (notice.kind) {
    case 'incident-header':
      return `header:${notice.incidentId}`;
    case 'consent':
      return `consent:${notice.requestId}`;
    case 'run':
      return `run:${notice.runId}`;
    case 'checklist':
      return `checklist:${notice.runId}:${notice.step}`;
    case 'public-draft':
      return `public-draft:${notice.incidentId}`;
    case 'update-draft':
      return `draft:${notice.incidentId}:${notice.round}`;
    case 'call':
      return `call:${notice.incidentId}:${notice.rung}`;
    case 'schedule':
      return `schedule:${notice.occurrenceId}`;
    case 'review':
      return `review:${notice.reviewId}`;
    case 'incident-announced':
    case 'plan':
    case 'schedule-told':
      return null;
    case 'sentence':
      return notice.live ?? null;
  }
}
