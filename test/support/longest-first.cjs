const { sep } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Folders whose suites take minutes, the longest first: begun last, one of them would be waited for alone. */
const long = ['laws', 'e2e', 'moto', 'durable', 'recovery', 'store'];

/** Without a memory of earlier runs Jest begins with the largest files, which here are not those that take long. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};

function rank({ path }) {
  const index = long.findIndex((folder) => path.includes(`${sep}test${sep}${folder}${sep}`));
  return index === -1 ? long.length : index;
}
