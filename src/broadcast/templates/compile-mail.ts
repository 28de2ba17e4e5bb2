import type { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { type Compiled, compile, type Render } from './compile.ts';
import { mailPage } from './mail-page.ts';
import type { MailWords } from './sentences.ts';
import type { TemplateFile } from './template-files.ts';

const head = 'Subject:';

/** The two parts of a mail, of which the first begins with its subject. Never throws. */
export function compileMail(
  parts: { text: TemplateFile; html: TemplateFile },
  shape: z.ZodRawShape,
): Compiled<MailWords> {
  const split = splitSubject(parts.text);
  if ('faults' in split) return split;
  const { file } = parts.text;
  const subject = compile({ file, source: split.subject, shape, into: 'subject' });
  const text = compile({ file, source: split.text, shape, into: 'text' });
  const html = compile({ ...parts.html, shape, into: 'html' });
  if ('render' in subject && 'render' in text && 'render' in html) {
    return { render: assemble({ subject: subject.render, text: text.render, html: html.render }) };
  }
  return { faults: [subject, text, html].flatMap((made) => ('faults' in made ? made.faults : [])) };
}

function assemble(renders: {
  subject: Render;
  text: Render;
  html: Render;
}): (values: Record<string, unknown>) => MailWords {
  return (values) => {
    const subject = renders.subject(values).replace(/\s+/g, ' ');
    return { subject, text: `${renders.text(values)}\n`, html: mailPage(subject, renders.html(values)) };
  };
}

/** What is left out is replaced by as much emptiness, so that faults keep their places. */
function splitSubject({ file, source }: TemplateFile): { subject: string; text: string } | { faults: Fault[] } {
  const fault = (line: number, message: string) => ({ faults: [{ file, line, column: 1, message }] });
  const [first = '', second = '', ...rest] = source.split(/\r?\n/);
  if (!first.startsWith(head)) return fault(1, 'the first line is not a subject: expected `Subject: …`');
  if (first.slice(head.length).trim() === '') return fault(1, 'the subject is empty: expected `Subject: …`');
  if (second.trim() !== '') return fault(2, 'expected an empty line between the subject and the text');
  if (rest.join('').trim() === '') return fault(3, 'there is no text below the subject');
  return { subject: `${' '.repeat(head.length)}${first.slice(head.length)}`, text: `\n\n${rest.join('\n')}` };
}
