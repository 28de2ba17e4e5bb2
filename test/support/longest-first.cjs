const { sep } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites that take minutes, in the order in which they are begun: begun last, one of them would be waited for alone. What
 * kills processes goes beside those that wait; the sweeps, which compute, go beside what is short.
 */
const long = [
  'laws/crash-points',
  'e2e/',
  'moto/',
  'laws/',
  'rehearsal/',
  'examples/',
  'durable/',
  'recovery/',
  'store/',
];

/** Without a memory of earlier runs Jest begins with the largest files, which here are not those that take long. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};

function rank({ path }) {
  const index = long.findIndex((folder) => path.split(sep).join('/').includes(`/test/${folder}`));
  return index === -1 ? long.length : index;
}
