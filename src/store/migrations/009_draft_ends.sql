-- A draft that is no longer due, or whose incident was closed, was replaced by nothing; and some of it may have been sent.
alter table draft_round drop constraint draft_round_state_check;
alter table draft_round add constraint draft_round_state_check
  check (state in ('waiting', 'sent', 'snoozed', 'superseded', 'lapsed', 'closed'));
alter table draft_round add column told text[] not null default '{}';
