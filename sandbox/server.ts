import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ScaledClock } from '../src/clock/scaled-clock.ts';
import type { Home } from '../src/domain/home.ts';
import { Fault } from '../src/sim/index.ts';
import { performances } from './api/actions.ts';
import { readPageFile } from './api/files.ts';
import { sendMailPart } from './api/mail-part.ts';
import { setAsleep } from './api/people.ts';
import {
  faultsSlice,
  mailSlice,
  pagerSlice,
  refusedSlice,
  type Slices,
  slackSlices,
  statuspageSlice,
} from './api/slices.ts';
import { createStream } from './api/stream.ts';
import { terminalSlice } from './api/terminal.ts';
import { setTrouble, Trouble } from './api/trouble.ts';
import type { BotProcess } from './bot-process.ts';
import type { FarEnds } from './far-ends.ts';
import { setPace } from './pace.ts';
import type { PlayState } from './play/plays.ts';
import { scenes } from './play/scenes.ts';
import { type Stage, servicesByPriority } from './play/stage.ts';
import { readBody, type Served, sendJson, sendText, serve } from './wire/serve.ts';

export interface PageOptions {
  home: Home;
  farEnds: FarEnds;
  clock: ScaledClock;
  /** Absent in tests that run no bot. */
  bot?: BotProcess;
  /** How what is played by itself stands; absent where nothing is. */
  playing?: () => PlayState;
  port?: number;
}

type Route = (body: unknown) => unknown;

/** The page and its interface under `/sandbox/api/`; on the loopback address, for this machine's browser alone. */
export async function startPage(options: PageOptions): Promise<Served> {
  const { farEnds, bot } = options;
  const stream = createStream(() => slicesOf(options));
  const { slack, statuspage, mail, pager } = farEnds;
  const watched = [slack.workspace.changes, statuspage.page.changes, mail.mailbox.changes, pager.changes, bot?.changes];
  const unwatch = watched.map((changes) => changes?.watch(stream.nudge));
  const routes = routesOf(options, stream.nudge);
  const served = await serve((request, response) => {
    void answer(request, response).catch((error: unknown) => sendJson(response, 400, { error: sentence(error) }));
  }, options.port);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLocal(request)) return sendJson(response, 403, { error: 'This page answers its own machine only.' });
    const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
    if (request.method === 'GET') {
      if (path === '/sandbox/api/events') return stream.add(response);
      if (path === '/sandbox/api/state') return sendJson(response, 200, slicesOf(options));
      if (sendMailPart(response, path, mail)) return;
      return sendFile(response, path);
    }
    const route = routes[path.replace('/sandbox/api/', '')];
    if (request.method !== 'POST' || !route) return sendJson(response, 404, { error: `Nothing is at ${path}.` });
    if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
      return sendJson(response, 415, { error: 'Expected a JSON body.' });
    }
    const result = await route(JSON.parse((await readBody(request)) || '{}'));
    sendJson(response, 200, result ?? { ok: true });
  }

  return {
    ...served,
    stop: async () => {
      for (const stop of unwatch) stop?.();
      stream.stop();
      await served.stop();
    },
  };
}

function slicesOf({ home, farEnds, clock, bot, playing }: PageOptions): Slices {
  const { slack, statuspage, mail, pager } = farEnds;
  return {
    clock: { now: clock.now().toISOString(), scale: clock.scale },
    system: {
      title: home.system.title,
      regions: home.system.regions,
      command: slack.workspace.app.command,
      commands: bot?.commands ?? null,
      services: servicesByPriority(home),
      playing: playing?.() ?? null,
    },
    ...(bot ? { bot: bot.state } : {}),
    ...(bot?.recovery === undefined ? {} : { recovery: bot.recovery }),
    words: bot?.words ?? [],
    ...slackSlices(slack, home),
    world: worldSlice(farEnds),
    statuspage: statuspageSlice(statuspage),
    mail: mailSlice(mail),
    pager: pagerSlice(pager),
    terminal: terminalSlice(bot?.recovery, clock.now()),
    refused: refusedSlice(farEnds),
    faults: faultsSlice(farEnds),
  };
}

/** The world's own time is the clock's slice. */
function worldSlice({ world }: FarEnds): Slices {
  const { now: _now, scale: _scale, ...view } = world.world.view();
  return view;
}

function routesOf({ home, farEnds, clock, bot }: PageOptions, nudge: () => void): Record<string, Route> {
  const acts = Object.entries(performances).map(([name, perform]): [string, Route] => [
    `act/${name}`,
    (body) => perform(farEnds.slack, body),
  ]);
  return {
    ...Object.fromEntries(acts),
    ...(bot ? guideRoutes({ home, farEnds, bot }) : {}),
    'people/sleep': (body) => setAsleep(farEnds.slack.workspace, body),
    trouble: (body) => {
      const trouble = Trouble.parse(body);
      setTrouble(farEnds[trouble.target].faults, trouble);
      if (trouble.unknown !== undefined) farEnds.mail.faults.unknown = trouble.unknown;
      if (trouble.rateLimitedSeconds !== undefined) farEnds.slack.limits.refuseAll(trouble.rateLimitedSeconds * 1000);
      if (trouble.target === 'slack' && farEnds.slack.faults.down !== 'no') farEnds.slack.socket.drop();
      nudge();
    },
    'world/break': (body) => ({ id: farEnds.world.world.setFault(Fault.parse(body)) }),
    'world/mend': (body) => ({
      mended: farEnds.world.world.clearFault(z.strictObject({ id: z.string() }).parse(body).id),
    }),
    'bot/kill': () => bot?.kill(),
    clock: (body) => {
      setPace(clock, bot, z.strictObject({ scale: z.number().min(0).max(600) }).parse(body).scale);
      nudge();
    },
  };
}

/** A scene of the guided run, for whoever is in a hurry. */
function guideRoutes(stage: Stage): Record<string, Route> {
  return Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [`guide/${name}`, () => scene(stage)]));
}

/** Refuses what another site's page could make a browser send here. */
function isLocal(request: IncomingMessage): boolean {
  const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/;
  const origin = request.headers.origin;
  return (
    local.test(request.headers.host ?? '') && (origin === undefined || local.test(origin.replace(/^http:\/\//, '')))
  );
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const file = await readPageFile(path);
  if (!file) return sendText(response, 404, 'Not found');
  response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:; style-src 'self'");
  response.setHeader('cache-control', file.lasting ? 'max-age=31536000, immutable' : 'no-cache');
  sendText(response, 200, file.body, file.type);
}

function sentence(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
