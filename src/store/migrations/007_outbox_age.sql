-- When a word was decided: its due time moves on each time that it is put off.
alter table outbox add column enqueued_at timestamptz not null default now();
