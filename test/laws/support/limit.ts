import PQueue from 'p-queue';

/** Lives that go on side by side: they mostly wait, and more of them would wait for the processor. */
export const lives = new PQueue({ concurrency: 4 });
