import { describe, expect, it } from '@jest/globals';
import { createWorkspace } from '../../../sandbox/slack/seed.ts';
import { createTriggers } from '../../../sandbox/slack/triggers.ts';
import { home } from '../home.ts';

describe('triggers', () => {
  it('open one modal within three seconds', () => {
    let real = 0;
    const triggers = createTriggers(createWorkspace(home, { real: () => real }));
    const used = triggers.issue({ user: 'U0ANA', view: null });
    real = 3000;
    expect(triggers.spend(used)).toMatchObject({ user: 'U0ANA' });
    expect(triggers.spend(used)).toBe('exchanged_trigger_id');
    const late = triggers.issue({ user: 'U0ANA', view: null });
    real = 6001;
    expect(triggers.spend(late)).toBe('expired_trigger_id');
    expect(triggers.spend('123.abc')).toBe('invalid_trigger_id');
  });
});
