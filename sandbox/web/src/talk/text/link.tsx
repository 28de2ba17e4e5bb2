import type { ReactNode } from 'react';

/** A link out of the page; what no browser may follow is its words alone. */
export function Link({ href, children }: { href: string; children: ReactNode }) {
  if (!/^(https?:|mailto:)/.test(href)) return children;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
