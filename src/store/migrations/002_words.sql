-- What each audience was told and when it is owed the next words: a due time that outlives every process.
create table audience (
  incident_id bigint not null references incident,
  audience text not null check (audience in ('responders', 'stakeholders', 'customers', 'public')),
  told_at timestamptz,
  due_at timestamptz,
  -- The words that are due are the last: nothing is promised after them.
  final boolean not null default false,
  -- The draft for this due time was shown.
  nudged_at timestamptz,
  -- When a publisher was last asked to speak, the words being due.
  asked_at timestamptz,
  -- Held back once since the last words.
  snoozed boolean not null default false,
  primary key (incident_id, audience)
);
create index audience_due on audience (due_at) where due_at is not null;

-- One message to one audience; its rows in the outbox carry it to each destination.
create table broadcast (
  id text primary key,
  incident_id bigint not null references incident,
  audience text not null,
  origin text not null check (origin in ('person', 'automatic', 'holding')),
  said_by text not null,
  said_at timestamptz not null,
  -- What it said, without what the template puts around it.
  body text not null,
  state text not null check (state in ('going', 'delivered', 'partly', 'refused', 'superseded')),
  ended_at timestamptz,
  note text,
  -- The newest entry of the timeline that it covers: what was entered after it, whenever it happened, is for the next.
  covers bigint not null default 0,
  -- Whether newer words may take its place before it was tried: by whomever, by Muster's own alone, or never.
  gives_way text not null default 'never' check (gives_way in ('to-any', 'to-automatic', 'never')),
  -- When it had reached somebody, and only mail was left to arrive.
  reached_at timestamptz,
  -- A repeated submission of one form says it once.
  request_key text,
  unique (request_key, audience)
);
create index broadcast_by_incident on broadcast (incident_id, said_at);

alter table outbox add column broadcast_id text references broadcast;
-- An attempt may have done something at the far end: it is read back before the next.
alter table outbox add column doubtful boolean not null default false;
update outbox set doubtful = attempts > 0;
create index outbox_of_broadcast on outbox (broadcast_id) where broadcast_id is not null;
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('due', 'claimed', 'sent', 'refused', 'superseded'));

-- `Next update by 14:30`: kept by words that arrived in time, or broken, and counted.
create table promise (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  audience text not null,
  made_at timestamptz not null,
  promised_at timestamptz not null,
  state text not null check (state in ('open', 'kept', 'broken', 'released')),
  -- The words that it was made in: who never got them was promised nothing.
  made_by text references broadcast,
  -- The words that answer it, once they are on their way.
  broadcast_id text references broadcast,
  ended_at timestamptz
);
create index promise_open on promise (promised_at) where state = 'open';
create index promise_by_incident on promise (incident_id, audience);

-- A draft shown to the commander; the newest of an incident is the only one that can be sent.
create table draft_round (
  incident_id bigint not null references incident,
  round integer not null,
  audiences text[] not null,
  due_at timestamptz not null,
  shown_at timestamptz not null,
  state text not null check (state in ('waiting', 'sent', 'snoozed', 'superseded')),
  ended_by text,
  ended_at timestamptz,
  primary key (incident_id, round)
);

-- Who is called until somebody acknowledges.
create table escalation (
  incident_id bigint primary key references incident,
  started_at timestamptz not null,
  rung integer not null default 0,
  paged boolean not null default false,
  acknowledged_by text,
  acknowledged_at timestamptz
);

-- What happened, in order, for people: by itself, or because somebody kept it.
create table timeline (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  at timestamptz not null,
  kind text not null,
  who text not null,
  text text not null,
  -- The same event is entered once.
  source text not null unique,
  -- The Slack message that it was kept from; its edits and deletion are followed.
  channel text,
  ts text,
  edited_at timestamptz,
  removed_at timestamptz
);
create index timeline_by_incident on timeline (incident_id, at, id);
create index timeline_by_message on timeline (channel, ts) where ts is not null;

-- What a person is to read afterwards, and is reminded of until they have.
create table review (
  id text primary key,
  incident_id bigint not null references incident,
  kind text not null check (kind in ('post-mortem', 'break-glass')),
  subject text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  remind_at timestamptz not null,
  reminded integer not null default 0,
  reviewed_by text,
  reviewed_at timestamptz,
  unique (incident_id, kind, subject)
);
create index review_open on review (remind_at) where reviewed_at is null;
