/** Rules that a command must keep to be run at all, each with what breaks it. */
export const refusing = {
  'command-name': 'The command is not called as its file is, or by a word of Muster’s own.',
  'unknown-name': 'A step names an action, a service, a mode, a step, a field or a person that is not there.',
  'missing-field': 'A step lacks what its action must have.',
  'no-region':
    'A step does not say in which Region, or in which cluster, it works: none is taken from the surroundings.',
  'wrong-value': 'A value is not what its field takes, in one direction of a failover or in both.',
  expression: 'An expression cannot be read, does not type-check, or reads what is not there.',
  'output-not-awaited': 'A step reads the output of one that it does not wait for, or that may have no part.',
  condition: 'A `when` gives no true or false, or reads what is only known later.',
  input: 'An input’s bounds or its default make no sense.',
  needs: 'Steps share an id, wait for one another, or wait for one that always runs last.',
  unconfirmed: 'A step that cannot be undone, or that moves traffic, stands in a command without `confirm`.',
  'fence-of-nothing': 'A step with `fence: true` changes nothing.',
  'promotion-without-fence': 'A promotion does not need a fence, in every mode: two databases would take writes.',
  'traffic-before-verified': 'Traffic is moved to where no step has seen that it works, in every mode.',
  'test-acts-on-real':
    'A command with `purpose: drill` or `routine` moves traffic, or fences: neither leaves people where they are served.',
} as const;

export type Refusing = keyof typeof refusing;
