import { type Described, described } from './described.ts';
import { limits } from './limits.ts';

const intro = `# Templates

<!-- Written by \`npm run generate\` from src/broadcast/templates: do not edit. -->

What Muster says is in \`templates/\`, as [Handlebars](https://handlebarsjs.com/guide/) files. A file of the same name in the
\`templates/\` of your home takes the place of a shipped one. \`muster template NAME\` shows one with examples at its smallest
and largest, and \`muster check\` names every fault with its place. A mail is two files: \`NAME.mail.txt.hbs\` begins with
\`Subject: …\` and an empty line; \`NAME.mail.html.hbs\` is the same as HTML, put into a page that reads well on a phone by day
and by night unless it begins with \`<!doctype\`. Who writes one of the two writes both.

## What can be written

| in a template | gives |
| --- | --- |
| \`{{title}}\` | the value; a template can use the values listed below for it, and nothing else |
| \`{{#if body}}…{{else}}…{{/if}}\`, \`{{#unless automatic}}…{{/unless}}\` | what stands there only if the value is there, or is not |
| \`{{#if (is phase "recovering")}}…{{else if (is phase "monitoring")}}…{{/if}}\` | what stands there for one of a few words |
| \`{{#each changes}}…{{this}}…{{/each}}\` | each line of a list; \`@first\`, \`@last\` and \`@index\` say which, \`../label\` is a value from outside |

Values are escaped for where they go before a template sees them: in Slack a value pings nobody, links nowhere and formats
nothing; in a mail's HTML it is text. A *person* of whom only the Slack id is known is shown by Slack, and elsewhere is *a
colleague* or, where that is who it is, *the incident commander*; *lines* keep their line breaks; a
*copy* stays as it is, for a code block; a *list* has several lines; a *flag* is there or not. Customers and the public are
never given an incident's label, its title or a name: their templates have no such value.

## When one is broken

An incident is not left without words. Muster starts with the shipped template in its place, warns in the log, and says so in
\`/readyz\` and \`muster doctor\`. One that breaks only when it is used gives way in the same way; should the shipped one break
too, the values go out one to a line, with the note \`(plain form: the template NAME is broken)\`.

## Lengths

`;

const places: Record<Described['goes'], string> = {
  slack: 'Slack',
  page: 'the status page',
  name: 'the status page, as a name',
  draft: 'the editor, or the body of other words',
  mail: 'mail',
};

/** The reference page of every template, as Markdown. */
export function renderTemplatesPage(): string {
  const longest = Object.values(limits).flatMap((limit) => limit ?? []);
  return [
    `${intro}${table(
      ['where', 'characters, at most'],
      longest.map(({ where, most }) => [where, most.toLocaleString('en-US')]),
    )}`,
    '## Sentences\n',
    ...described.filter(({ goes }) => goes !== 'mail').map(renderOne),
    '## Mails\n',
    ...described.filter(({ goes }) => goes === 'mail').map(renderOne),
  ].join('\n');
}

function renderOne({ name, goes, about, files, inputs }: Described): string {
  const rows = inputs.map(({ key, field }) => [`\`${key}\``, field.kind, field.about]);
  return [
    `### ${goes === 'mail' ? `${name}, by mail` : name}\n`,
    `${about}. Goes to ${places[goes]}; ${files.map((file) => `\`${file}\``).join(' and ')}.\n`,
    table(['value', 'kind', 'what it is'], rows),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
