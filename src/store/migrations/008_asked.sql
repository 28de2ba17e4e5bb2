-- What a step that people do asks of them, with what earlier steps have given: the same for all who read it.
alter table step add column asked jsonb;
