/**
 * What Muster says to people, by meaning: rendered for where it goes at the moment it goes out.
 * A live notice is one message kept current; the others are posted once.
 */
export type Notice =
  | { kind: 'incident-header'; incidentId: number }
  | { kind: 'incident-announced'; incidentId: number }
  | { kind: 'plan'; planId: string }
  | { kind: 'consent'; requestId: string }
  | { kind: 'run'; runId: string }
  | { kind: 'public-draft'; incidentId: number }
  /** `text` is Slack mrkdwn whose values are escaped already; `mention` are people (names or Slack ids) pinged in front of it. */
  | { kind: 'sentence'; text: string; mention: string[] };

export type Place =
  | { in: 'incident'; incidentId: number }
  | { in: 'channel'; name: string }
  | { in: 'direct'; slack: string };

/** A unit of outgoing work. Rows of one lane go out in order; lanes never wait for one another. */
export type Outgoing =
  | { to: 'slack'; do: 'open-channel'; incidentId: number }
  | { to: 'slack'; do: 'post'; place: Place; notice: Notice; pin?: boolean }
  | {
      to: 'statuspage';
      do: 'open';
      incidentId: number;
      name: string;
      body: string;
      status: PublicStatus;
      components: Record<string, ComponentStatus>;
      notify: boolean;
    }
  | {
      to: 'statuspage';
      do: 'update';
      incidentId: number;
      body: string;
      status: PublicStatus;
      components: Record<string, ComponentStatus>;
      notify: boolean;
    };

export type PublicStatus = 'investigating' | 'identified' | 'monitoring' | 'resolved';
export type ComponentStatus =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance';
