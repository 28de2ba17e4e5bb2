import { afterEach, expect, it } from '@jest/globals';
import { createStream, type Stream } from '../../sandbox/api/stream.ts';
import { type Served, serve } from '../../sandbox/wire/serve.ts';

let stream: Stream;
let served: Served;
afterEach(async () => {
  stream.stop();
  await served.stop();
});

it('tells a slice that is there no more from one that holds nothing', async () => {
  let slices: Record<string, unknown> = { recovery: null, gone: 1, turn: 1 };
  stream = createStream(() => slices);
  served = await serve((_request, response) => stream.add(response));
  const reader = (await fetch(served.url)).body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const untilTurn = async (turn: number) => {
    slices = { ...slices, turn };
    stream.nudge();
    while (!heard.includes(`{"name":"turn","value":${turn}}`)) heard += (await reader?.read())?.value ?? '';
  };
  await untilTurn(1);
  slices = { recovery: null, turn: 1 };
  await untilTurn(2);
  await untilTurn(3);
  expect(heard).toContain('{"name":"recovery","value":null}');
  expect(heard).toContain('{"name":"gone"}');
  await reader?.cancel();
});
