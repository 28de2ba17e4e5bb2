-- What runs gather around: an incident, a drill on test resources, or a month's routine runs. One number counts them all.
alter table incident add column kind text not null default 'incident' check (kind in ('incident', 'drill', 'routine'));
