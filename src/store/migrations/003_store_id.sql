-- Tells this store from any other that ever was: what far ends keep is marked with it.
alter table stamp add column store_id uuid not null default gen_random_uuid();

-- What the page was last asked to show; with it whoever typed it there by hand.
alter table public_incident add column status text not null default 'investigating'
  check (status in ('investigating', 'identified', 'monitoring', 'resolved'));
