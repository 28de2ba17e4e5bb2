import type { Check } from './check.ts';

const lists = ['customers', 'stakeholders'] as const;

/** Nobody is mailed twice: an address stands once, in one list. */
export const repeatedAddresses: Check = ({ email }, places) => {
  const seen = new Map<string, string>();
  return lists.flatMap((list) =>
    (email?.[list] ?? []).flatMap((address, index) => {
      const lower = address.toLowerCase();
      const before = seen.get(lower);
      if (before === undefined) seen.set(lower, list);
      return before === undefined
        ? []
        : [places.fault(['email', list, index], `${address} is in ${before} already: name an address once`)];
    }),
  );
};
