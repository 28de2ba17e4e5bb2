import { describe, expect, it } from '@jest/globals';
import { checkMessageBlocks, checkMetadata, checkView } from '../../../sandbox/slack/limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const long = (count: number) => 'x'.repeat(count);
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const option = (at: number) => ({ text: plain(`option ${at}`), value: `v${at}` });
const select = (extra: object) => ({ type: 'static_select', action_id: 'a', options: [option(0)], ...extra });
const input = (element: object, extra: object = {}) => ({ type: 'input', label: plain('Label'), element, ...extra });
const text = { type: 'plain_text_input', action_id: 'a' };
const button = (extra: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...extra });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const confirm = { title: plain('Sure?'), text: plain('It moves traffic.'), confirm: plain('Yes'), deny: plain('No') };

const good = [
  { type: 'header', text: plain('Plan') },
  { type: 'section', text: { type: 'mrkdwn', text: '*bold*' }, accessory: button({ confirm }) },
  { type: 'section', fields: [plain('one'), { type: 'mrkdwn', text: 'two' }] },
  { type: 'divider' },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'small' }] },
  actions(button(), select({ action_id: 'menu', initial_option: option(0) })),
];

const badBlocks: [string, object, string][] = [
  [
    'section text of 3,001',
    { type: 'section', text: plain(long(3001)) },
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['empty section text', { type: 'section', text: plain('') }, 'must be more than 0 characters'],
  ['section of nothing', { type: 'section' }, 'missing required field'],
  ['eleven fields', { type: 'section', fields: times(11, () => plain('f')) }, 'no more than 10 items allowed'],
  ['field of 2,001', { type: 'section', fields: [plain(long(2001))] }, 'must be less than 2001'],
  ['header of 151', { type: 'header', text: plain(long(151)) }, 'must be less than 151'],
  ['header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }, '/blocks/0/text/type'],
  ['context of eleven', { type: 'context', elements: times(11, () => plain('c')) }, 'no more than 10 items'],
  ['actions of 26', actions(...times(26, (at) => button({ action_id: `a${at}` }))), 'no more than 25 items'],
  ['button text of 76', actions(button({ text: plain(long(76)) })), 'must be less than 76'],
  ['button text in mrkdwn', actions(button({ text: { type: 'mrkdwn', text: 'x' } })), '/elements/0/text/type'],
  ['button value of 2,001', actions(button({ value: long(2001) })), 'must be less than 2001'],
  ['button url of 3,001', actions(button({ url: long(3001) })), 'must be less than 3001'],
  ['button style', actions(button({ style: 'green' })), '/elements/0/style'],
  ['action_id of 256', actions(button({ action_id: long(256) })), 'must be less than 256'],
  ['block_id of 256', { type: 'divider', block_id: long(256) }, 'must be less than 256'],
  ['101 options', actions(select({ options: times(101, option) })), 'no more than 100 items'],
  ['option text of 76', actions(select({ options: [{ text: plain(long(76)), value: 'v' }] })), 'must be less than 76'],
  ['initial option not offered', actions(select({ initial_option: option(9) })), 'must exactly match'],
  [
    'no options',
    { type: 'section', text: plain('x'), accessory: select({ options: undefined }) },
    'must define either',
  ],
  [
    'six in an overflow',
    actions({ type: 'overflow', action_id: 'a', options: times(6, option) }),
    'no more than 5 items',
  ],
  [
    'eleven checkboxes',
    actions({ type: 'checkboxes', action_id: 'a', options: times(11, option) }),
    'no more than 10 items',
  ],
  [
    'eleven radio buttons',
    actions({ type: 'radio_buttons', action_id: 'a', options: times(11, option) }),
    'no more than 10 items',
  ],
  [
    'confirm title of 101',
    actions(button({ confirm: { ...confirm, title: plain(long(101)) } })),
    'must be less than 101',
  ],
  [
    'confirm text of 301',
    actions(button({ confirm: { ...confirm, text: plain(long(301)) } })),
    'must be less than 301',
  ],
  [
    'confirm button of 31',
    actions(button({ confirm: { ...confirm, confirm: plain(long(31)) } })),
    'must be less than 31',
  ],
  ['unknown block type', { type: 'sectoin', text: plain('x') }, 'unsupported type: sectoin'],
  ['unknown property', { type: 'divider', colour: 'red' }, 'invalid additional property: colour'],
  [
    'multi select among actions',
    actions({ ...select({}), type: 'multi_static_select' }),
    'unsupported type: multi_static_select',
  ],
  [
    'text field in a section',
    { type: 'section', text: plain('x'), accessory: text },
    'unsupported type: plain_text_input',
  ],
  [
    'image without alt text',
    { type: 'image', image_url: 'https://example.com/a.png' },
    'missing required field: alt_text',
  ],
  ['label of 2,001', input(text, { label: plain(long(2001)) }), 'must be less than 2001'],
  ['hint of 2,001', input(text, { hint: plain(long(2001)) }), 'must be less than 2001'],
  ['max_length of 3,001', input({ ...text, max_length: 3001 }), '/element/max_length'],
  ['placeholder of 151', input({ ...text, placeholder: plain(long(151)) }), 'must be less than 151'],
  ['markdown of 12,001', { type: 'markdown', text: long(12_001) }, 'must be less than 12001'],
];

describe('message blocks', () => {
  it('takes what Slack takes', () => {
    expect(checkMessageBlocks(good)).toBeUndefined();
    expect(checkMessageBlocks(times(50, () => ({ type: 'divider' })))).toBeUndefined();
  });

  it.each(badBlocks)('refuses %s', (_name, block, why) => {
    const refusal = checkMessageBlocks([block]);
    expect(refusal?.error).toBe('invalid_blocks');
    expect(refusal?.messages.join('\n')).toContain(why);
  });

  it.each([
    ['fifty-one blocks', times(51, () => ({ type: 'divider' })), 'no more than 50 items'],
    [
      'one block_id twice',
      [
        { type: 'divider', block_id: 'b' },
        { type: 'divider', block_id: 'b' },
      ],
      'block_id "b" already exists',
    ],
    ['one action_id twice', [actions(button(), button())], '`action_id` "go" already exists'],
    ['two tables', times(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })), 'only one table'],
  ])('refuses %s', (_name, blocks, why) => {
    expect(checkMessageBlocks(blocks)?.messages.join('\n')).toContain(why);
  });

  it('refuses more text than one message holds', () => {
    const blocks = times(4, () => ({ type: 'section', text: plain(long(3000)) }));
    expect(checkMessageBlocks(blocks)?.error).toBe('msg_blocks_too_long');
  });

  it('refuses blocks that are no list', () => {
    expect(checkMessageBlocks({ type: 'divider' })?.error).toBe('invalid_blocks_format');
  });
});

describe('metadata', () => {
  it('holds flat values and objects of one level', () => {
    expect(checkMetadata({ event_type: 'muster', event_payload: { key: 'a', inner: { n: 1 } } })).toBeUndefined();
  });
  it('refuses deeper objects, and more than 8,000 characters', () => {
    expect(checkMetadata({ event_type: 'm', event_payload: { a: { b: { c: 1 } } } })?.error).toBe(
      'invalid_metadata_format',
    );
    expect(checkMetadata({ event_type: 'm', event_payload: { a: long(9000) } })?.error).toBe('metadata_too_large');
  });
});

const view = (extra: object) => ({ type: 'modal', title: plain('Title'), blocks: [{ type: 'divider' }], ...extra });

describe('views', () => {
  it('takes a modal and a home', () => {
    expect(checkView(view({ submit: plain('Go'), blocks: [input(text)] }), 'modal')).toBeUndefined();
    expect(checkView({ type: 'home', blocks: good }, 'home')).toBeUndefined();
  });

  it.each([
    ['title of 25', { title: plain(long(25)) }, '/view/title/text'],
    ['submit of 25', { submit: plain(long(25)) }, '/view/submit/text'],
    ['close of 25', { close: plain(long(25)) }, '/view/close/text'],
    ['no title', { title: undefined }, 'missing required field: title'],
    ['101 blocks', { blocks: times(101, () => ({ type: 'divider' })) }, 'no more than 100 items'],
    ['no blocks', { blocks: [] }, 'no fewer than 1 items'],
    ['private_metadata of 3,001', { private_metadata: long(3001) }, '/view/private_metadata'],
    ['callback_id of 256', { callback_id: long(256) }, '/view/callback_id'],
    ['external_id of 256', { external_id: long(256) }, '/view/external_id'],
    ['inputs without submit', { blocks: [input(text)] }, 'missing required field: submit'],
    ['a markdown block', { blocks: [{ type: 'markdown', text: 'x' }] }, 'unsupported type: markdown'],
    ['an unknown property', { colour: 'red' }, 'invalid additional property: colour'],
    ['a repeated block_id', { blocks: times(2, () => ({ type: 'divider', block_id: 'b' })) }, 'already exists'],
    [
      'two in focus',
      { submit: plain('Go'), blocks: times(2, () => input({ ...text, focus_on_load: true })) },
      'only one element may have focus_on_load',
    ],
  ])('refuses %s', (_name, extra, why) => {
    const refusal = checkView(view(extra), 'modal');
    expect(refusal?.error).toBe('invalid_arguments');
    expect(refusal?.messages.join('\n')).toContain(why);
  });

  it('refuses a view of more than 250 KB', () => {
    const options = times(100, (at) => ({ text: plain('o'), value: `${at}${long(140)}` }));
    const blocks = times(50, () => input(select({ options })));
    expect(checkView(view({ submit: plain('Go'), blocks }), 'modal')?.error).toBe('view_too_large');
  });
});
