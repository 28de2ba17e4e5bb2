import { fileURLToPath } from 'node:url';

/** What ships beside the code: `commands/`, `templates/`. In `dist/` once built, else at the top of the repository. */
export const shippedDir = fileURLToPath(new URL('../../', import.meta.url));
