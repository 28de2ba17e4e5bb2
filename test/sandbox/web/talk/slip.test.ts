import { expect, it } from '@jest/globals';
import { lacksSlash } from '../../../../sandbox/web/src/talk/compose/slip.ts';

it('doubts a line that is the command but for its slash', () => {
  for (const line of ['dr resolve', 'Dr resolve']) expect(lacksSlash(line, '/dr')).toBe(true);
});

it('leaves what people say to each other alone', () => {
  for (const line of ['/dr resolve', 'drop it', 'dr', 'the dr plan', '']) expect(lacksSlash(line, '/dr')).toBe(false);
});
