-- The items of a checklist that has begun, each with its answer: kept over attempts, so that nobody answers twice.
create table checklist_item (
  run_id text not null,
  step_id text not null,
  id text not null,
  position integer not null,
  text text not null,
  owner text,
  due_at timestamptz,
  answer text check (answer in ('done', 'declined')),
  answered_by text,
  reason text,
  answered_at timestamptz,
  -- When its owner was reminded: once.
  reminded_at timestamptz,
  primary key (run_id, step_id, id),
  foreign key (run_id, step_id) references step (run_id, id),
  check ((answer is null) = (answered_by is null)),
  check (answer <> 'declined' or reason <> '')
);
create index checklist_item_due on checklist_item (due_at)
  where answer is null and reminded_at is null and due_at is not null;
