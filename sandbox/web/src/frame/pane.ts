/** What a screen too narrow for all of it shows one at a time. */
export const panes = ['channels', 'talk', 'world', 'trouble'] as const;
export type Pane = (typeof panes)[number];
