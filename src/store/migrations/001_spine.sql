-- What this store is for: a sandbox's store never opens as a real one, nor the other way.
create table stamp (
  one boolean primary key default true check (one),
  purpose text not null check (purpose in ('sandbox', 'real')),
  created_at timestamptz not null
);

create table incident (
  id bigint generated always as identity primary key,
  title text not null,
  severity text not null,
  phase text not null check (phase in ('investigating', 'recovering', 'monitoring', 'resolved', 'closed')),
  services text[] not null,
  scenario text,
  commander text not null,
  declared_by text not null,
  impact_began_at timestamptz not null,
  declared_at timestamptz not null,
  resolved_at timestamptz,
  closed_at timestamptz,
  channel_name text not null,
  channel text unique,
  -- A repeated submission of one form declares one incident.
  request_key text unique,
  recovery jsonb
);

-- Who holds which role in one incident: read when it is declared, changed only by a commander.
create table incident_role (
  incident_id bigint not null references incident,
  role text not null check (role in ('responders', 'commanders', 'approvers', 'publishers')),
  person text not null,
  slack text,
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (incident_id, role, person)
);

create table plan (
  id text primary key,
  incident_id bigint not null references incident,
  command text not null,
  digest text not null,
  document jsonb not null,
  made_at timestamptz not null
);

create table consent (
  id text primary key,
  incident_id bigint not null references incident,
  plan_id text not null references plan,
  -- Set when the consent changes a run that is under way.
  run_id text,
  amendment jsonb,
  code text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  needed integer not null check (needed >= 0),
  state text not null check (state in ('pending', 'granted', 'expired', 'superseded', 'refused')),
  ended_at timestamptz,
  glass_broken_by text,
  glass_reason text,
  reviewed_at timestamptz,
  -- How many rungs of the ladder have been climbed.
  rung integer not null default 0
);
create unique index consent_one_pending_per_plan on consent (plan_id) where state = 'pending' and amendment is null;

create table approval (
  consent_id text not null references consent,
  person text not null,
  door text not null,
  at timestamptz not null,
  primary key (consent_id, person)
);

create table run (
  id text primary key,
  incident_id bigint not null references incident,
  plan_id text not null unique references plan,
  command text not null,
  purpose text not null check (purpose in ('run', 'undo')),
  status text not null check (status in ('running', 'paused', 'aborting', 'ended')),
  note text,
  outcome text check (outcome in ('succeeded', 'succeeded-with-exceptions', 'failed', 'aborted', 'undone')),
  exceptions text[] not null default '{}',
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  check ((status = 'ended') = (outcome is not null))
);

create table run_lock (
  resource text primary key,
  run_id text not null references run,
  taken_at timestamptz not null
);

-- The present state of each step, for people; step_fact is what the engine relies on.
create table step (
  run_id text not null references run,
  id text not null,
  position integer not null,
  status text not null,
  attempt integer not null default 0,
  started_at timestamptz,
  ended_at timestamptz,
  note text,
  progress text,
  output jsonb,
  effect_sent boolean not null default false,
  primary key (run_id, id)
);

-- What happened to a step, once each: intent and captured state before the effect, its receipt and outcome after it;
-- `refuted` when it was looked up and had not happened. A return guard's own attempts are kept under `guard:ID`.
create table step_fact (
  run_id text not null references run,
  step_id text not null,
  attempt integer not null,
  fact text not null check (fact in ('called', 'refuted', 'applied', 'observed', 'settled')),
  data jsonb not null,
  at timestamptz not null,
  primary key (run_id, step_id, attempt, fact)
);

-- A turn of a run's workflow that has been written down: a replay writes it no second time.
create table run_turn (
  run_id text not null references run,
  turn integer not null,
  primary key (run_id, turn)
);

create table active_region (
  service text primary key,
  region text not null,
  run_id text references run,
  since timestamptz not null
);

create table return_guard (
  id text primary key,
  incident_id bigint not null references incident,
  run_id text not null references run,
  step_id text not null,
  region text not null,
  state text not null check (state in ('armed', 'fenced', 'released')),
  armed_at timestamptz not null,
  -- Why the last attempt to fence did not come to its end, once told.
  trouble text,
  ended_at timestamptz,
  ended_by text
);

-- Every outgoing word, in the transaction that decided it. One lane is delivered in order.
create table outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  lane text not null,
  document jsonb not null,
  state text not null default 'due' check (state in ('due', 'claimed', 'sent', 'refused')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  claimed_at timestamptz,
  ended_at timestamptz,
  why text,
  receipt jsonb
);
create index outbox_waiting on outbox (lane, id) where state in ('due', 'claimed');

-- One message kept current: the header, a run, a consent.
create table live_message (
  key text primary key,
  notice jsonb not null,
  channel text not null,
  ts text not null,
  shown text,
  -- Counted up when what it shows may have changed; painted when it is ahead of `painted`.
  changed bigint not null default 1,
  painted bigint not null default 0,
  due_at timestamptz not null
);
create index live_message_due on live_message (due_at) where changed > painted;

create table public_incident (
  incident_id bigint primary key references incident,
  page text not null,
  state text not null check (state in ('draft', 'asked', 'open', 'resolved')),
  name text not null,
  remote_id text,
  url text,
  components jsonb not null default '{}',
  opened_by text,
  body text not null
);

-- A request that was already taken: Slack's own retries and replays find themselves here.
create table seen_request (
  signature text primary key,
  at timestamptz not null
);

-- Hash-chained: each row's hash covers the row and the hash before it.
create table audit (
  seq bigint primary key,
  at timestamptz not null,
  who text not null,
  door text not null,
  what text not null,
  incident_id bigint,
  run_id text,
  detail jsonb not null,
  prev text not null,
  hash text not null unique
);

-- Which process may send effects: renewed by the database's clock.
create table lease (
  executor text primary key,
  expires_at timestamptz not null
);
