import type { PublicDraft } from '../../../broadcast/broadcast.ts';
import type { Home } from '../../../domain/home.ts';
import { form } from '../../values.ts';
import { type Block, context, section } from '../blocks.ts';
import { code, said, saidLines } from '../escape.ts';
import { serviceOf, servicesWords } from '../services.ts';
import { checksInput, fitting, type Modal, modal, textInput } from './view.ts';

interface Frame {
  metadata: string;
  simulated: boolean;
}

/** Glass is broken with a reason, and everybody is told. */
export function breakGlassModal(frame: Frame, about: { code: string }): Modal {
  const words = `🚨 ${code(about.code)} goes ahead *at once*, without the approvers. Every approver is told, and it is reviewed within 24 hours.`;
  return reasonModal(frame, {
    title: 'Break glass',
    callback: form.breakGlass,
    words,
    label: 'Why can it not wait for an approver?',
    submit: 'Break glass',
  });
}

export function skipModal(frame: Frame, about: { step: string }): Modal {
  return reasonModal(frame, {
    title: fitting(`Skip ${about.step}`, 'Skip a step'),
    callback: form.skip,
    words: `⏭️ Leaving out ${code(about.step)} changes the approved plan: an approver is asked. What depends on its output stops again.`,
    label: 'Why may it be left out?',
    submit: 'Ask to skip',
  });
}

export function deferModal(frame: Frame, about: { step: string }): Modal {
  return reasonModal(frame, {
    title: 'Defer the fence',
    callback: form.defer,
    words: `⚠️ Without the fence ${code(about.step)} the old Region's writers may still run. An approver is asked; a return guard then fences it once it answers.`,
    label: 'Why can it not be fenced now?',
    submit: 'Ask to defer',
  });
}

export function failedModal(frame: Frame, about: { step: string }): Modal {
  return reasonModal(frame, {
    title: fitting(`${about.step} failed`, 'A step failed'),
    callback: form.failed,
    words: `❌ ${code(about.step)} counts as failed and the run pauses.`,
    label: 'What did you see?',
    submit: 'It failed',
  });
}

export function declineScheduleModal(frame: Frame, about: { schedule: string }): Modal {
  return reasonModal(frame, {
    title: 'Not this time',
    callback: form.declineSchedule,
    words: `⏭️ ${code(about.schedule)} is not run this time. The next time comes all the same.`,
    label: 'Why is it not run this time?',
    submit: 'Not this time',
  });
}

export function loadingModal(frame: Frame, title: string): Modal {
  return modal({ ...frame, title, callback: form.none, blocks: [section('⏳ One moment…')] });
}

export function sentenceModal(frame: Frame, title: string, words: string): Modal {
  return modal({ ...frame, title, callback: form.none, blocks: [section(saidLines(words))] });
}

/** The public words, to be mended and published, or copied where there is no key. */
export function publishModal(frame: Frame, draft: PublicDraft, home: Home): Modal {
  const named = draft.components.map((id) => serviceOf(home, id));
  const ask = draft.canPost
    ? '📣 It is told to everybody who follows the status page.'
    : '📋 No status page key is set: copy this to the page by hand.';
  const words = `${ask}\n*Name:* ${said(draft.name)}\n*Components:* ${servicesWords(named, 'none')}`;
  const blocks: Block[] = [
    section(words),
    textInput({ field: 'body', label: 'Public words', multiline: true, initial: draft.body.slice(0, 3000), max: 3000 }),
    ...(draft.canPost ? [notifyInput()] : []),
    context('No guess at a cause or an end, no internal names.'),
  ];
  const submit = draft.canPost ? 'Publish' : 'Keep as written';
  return modal({ ...frame, title: 'Public words', callback: form.publish, submit, close: 'Cancel', blocks });
}

function notifyInput(): Block {
  return checksInput({
    field: 'notify',
    label: 'Subscribers of the status page',
    options: [{ text: 'Notify them', value: 'notify', description: 'by mail and text message, as they asked for' }],
    chosen: ['notify'],
    optional: true,
  });
}

function reasonModal(
  frame: Frame,
  ask: { title: string; callback: string; words: string; label: string; submit: string },
): Modal {
  const input = textInput({ field: 'reason', label: ask.label, multiline: true, max: 500 });
  return modal({
    ...frame,
    title: ask.title,
    callback: ask.callback,
    submit: ask.submit,
    close: 'Cancel',
    blocks: [section(ask.words), input],
  });
}
