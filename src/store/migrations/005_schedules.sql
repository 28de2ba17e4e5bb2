-- How far each schedule has been looked at; another expression begins anew.
create table schedule (
  name text primary key,
  expression text not null,
  looked_at timestamptz not null
);

-- One time of a schedule, and what became of it.
create table occurrence (
  id text primary key,
  schedule text not null,
  due_at timestamptz not null,
  -- The last instant at which it may begin.
  until timestamptz not null,
  state text not null check (state in ('due', 'asked', 'started', 'done', 'missed', 'declined')),
  -- When its owner is reminded; null where nobody is to be.
  remind_at timestamptz,
  -- When a process began to start it, by the machine's own time.
  claimed_at timestamptz,
  incident_id bigint references incident,
  run_id text unique references run,
  outcome text,
  ended_by text,
  why text,
  ended_at timestamptz,
  unique (schedule, due_at),
  check (state not in ('started', 'done') or run_id is not null),
  check (state in ('due', 'asked', 'started') = (ended_at is null))
);
create index occurrence_waiting on occurrence (until) where state in ('due', 'asked');
