import Handlebars from 'handlebars';
import type { MailWords } from './sentences.ts';

const body = 'margin:0;padding:16px;font:16px/1.5 -apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Arial,sans-serif';
const note = 'This is a simulation: nothing of it is real.';

/**
 * The page around a mail's html part: no picture, no script, and no colour of ours, so that it is read on a phone as well
 * by day as by night. A part that begins with `<!doctype` is a page already.
 */
export function mailPage(subject: string, html: string): string {
  if (/^<!doctype/i.test(html)) return html;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${Handlebars.escapeExpression(subject)}</title>
</head>
<body style="${body}">
<div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">
${html}
</div>
</body>
</html>
`;
}

/** A mail of a sandbox says in its subject and in both of its parts that it is not real. */
export function markSimulated({ subject, text, html }: MailWords): MailWords {
  const marked = `<p style="margin:0 0 16px;padding:8px 12px;border:2px dashed"><strong>${note}</strong></p>`;
  return {
    subject: `[Simulated] ${subject}`,
    text: `[Simulated] ${note}\n\n${text}`,
    html: /<body[^>]*>/i.test(html) ? html.replace(/<body[^>]*>/i, (tag) => `${tag}\n${marked}`) : `${marked}\n${html}`,
  };
}
