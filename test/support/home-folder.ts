import { fileURLToPath } from 'node:url';
import { createHomeFolder } from '../../src/actions/programs/home-folder.ts';
import { Home } from '../../src/domain/home.ts';
import type { HomeFolder } from '../../src/domain/ports/programs.ts';

/** Files and programs of a home, as an action is given them. */
export const testHomeDir = fileURLToPath(new URL('./home', import.meta.url));

const Programs = Home.pick({ scripts: true, terraform: true });

/** A small home with a script that asks, one that changes something, one that is absent, and a Terraform configuration. */
export const testPrograms = Programs.parse({
  scripts: {
    'verify-data': {
      file: 'scripts/verify-data.sh',
      harmless: true,
      arguments: { region: { flag: '--region', options: ['us-east-1', 'us-west-2'] } },
      timeout: '2m',
    },
    'apply-config': {
      file: 'scripts/apply-config.sh',
      arguments: {
        environment: {},
        copies: { type: 'integer', flag: '--copies', min: 1, max: 9, required: false },
        force: { type: 'boolean', flag: '--force', required: false },
      },
      environment: ['TEST_APP_TOKEN'],
    },
    'sync-config': { file: 'scripts/apply-config.sh', repeatable: true, arguments: { environment: {} } },
    surroundings: { file: 'scripts/surroundings.sh', environment: ['TEST_APP_TOKEN', 'TEST_NOT_SET'] },
    'with-child': { file: 'scripts/with-child.sh', timeout: '1s' },
    runaway: { file: 'scripts/runaway.sh', timeout: '1s' },
    talkative: { file: 'scripts/talkative.sh' },
    'never-written': { file: 'scripts/never-written.sh' },
    'not-executable': { file: 'scripts/not-executable.sh' },
  },
  terraform: { main: { folder: 'terraform' } },
});

export const testHome: HomeFolder = createHomeFolder(testHomeDir, testPrograms);
