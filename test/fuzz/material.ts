import fc from 'fast-check';

/** Text that programs stumble over, none of it valid where it lands. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u0007\u001b[31m',
  '\ud800',
  '\udfff\ud800',
  '\u202eyek',
  '\u2066\u2069',
  '\ufeff',
  '\u2028',
  '💥'.repeat(40),
  'e\u0301'.repeat(40),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '[object Object]',
  '${{ resources }}',
  '${{ "a" + 1 }}',
  '${{ [1].map(x, x) }}',
  '${{',
  '}}',
  '{{constructor}}',
  '{{#each this}}',
  '<!channel> <@U0ANA> <https://example.com|x>',
  '&lt;!here&gt;',
  "'; DROP TABLE audit; --",
  '$(reboot) `reboot` ; reboot | reboot',
  '../../../../etc/passwd',
  '%00%ff%s%n',
  '9'.repeat(400),
  '-1',
  '1e309',
  '0x10',
  '1_000',
  'NaN',
  '99999999999999999999d',
  '0m',
  '2026-02-30T25:61Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00Z',
  'null',
  'true',
  'x'.repeat(100_000),
  '(a+)+$',
  `${'a'.repeat(5_000)}!`,
  `${'['.repeat(300)}`,
];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

/** Where cases begin: the same on every machine, unless FUZZ_SEED says otherwise. A failure prints it. */
export const runs = (numRuns: number): fc.Parameters<unknown> => ({
  numRuns,
  seed: Number(process.env.FUZZ_SEED ?? 20_260_301),
  endOnFailure: true,
});

/** Milliseconds of one case, far above what any takes: what is slower hangs. */
export const patience = 10_000;

/** A change of a text that was valid: pieces of it are moved, doubled, cut or replaced. */
export function mutated(sources: readonly string[], pieces: fc.Arbitrary<string> = oddText): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.constant(0), fc.nat(6), fc.nat(200)),
    put: fc.oneof(fc.constant(''), pieces),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('replace', 'copy', 'delete'),
  });
  return fc
    .tuple(fc.constantFrom(...sources), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([source, changes]) => changes.reduce(apply, source));
}

function apply(text: string, change: { at: number; length: number; put: string; from: number; how: string }): string {
  const at = Math.floor(change.at * text.length);
  const rest = text.slice(at + change.length);
  if (change.how === 'delete') return text.slice(0, at) + rest;
  if (change.how === 'replace') return text.slice(0, at) + change.put + rest;
  const from = Math.floor(change.from * text.length);
  return text.slice(0, at) + text.slice(from, from + 80) + rest;
}
