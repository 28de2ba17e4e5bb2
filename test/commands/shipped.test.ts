import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { loadHome } from '../../src/config/home.ts';

describe('what is shipped', () => {
  it('fits the actions that exist and the example home, in both directions', async () => {
    const { home, commands, leftOut } = await loadHome('examples/acme', { shippedDir: '.' }, catalogue);
    expect(leftOut).toEqual([]);
    expect(commands.map((command) => command.name)).toEqual(['failover', 'restart-service']);
    expect(home.system.name).toBe('acme');
  });
});
