import { pagerSecretMissing } from '../../config/pager-secret.ts';
import type { Settings } from '../../config/settings.ts';
import type { PageCheck } from '../terminal.ts';

export interface Finding {
  ok: boolean;
  /** Without it Muster does not start, or cannot be trusted with a recovery. */
  vital: boolean;
  sentence: string;
}

/**
 * How this Muster is set up; `page` is null and `pager` false where the home has faults. Values of secrets are never
 * shown.
 */
export function examine(
  settings: Settings,
  found: { faults: number; templates: number; page: PageCheck | null; pager: boolean },
): Finding[] {
  return [
    home(settings, found.faults),
    templates(found.templates),
    store(settings),
    slack(settings),
    statuspage(settings, found.page),
    mail(settings),
    ...(found.pager ? [pager(settings)] : []),
    aws(settings),
  ];
}

function home(settings: Settings, faults: number): Finding {
  const sentence =
    faults === 0
      ? `${settings.homeDir} has no fault.`
      : `${settings.homeDir} has ${faults} faults: \`muster check\` names them.`;
  return { ok: faults === 0, vital: true, sentence };
}

function templates(faults: number): Finding {
  if (faults === 0) return { ok: true, vital: false, sentence: 'Every template can be used.' };
  const sentence =
    faults === 1
      ? 'The templates have a fault, and the shipped one stands in: `muster check` names it.'
      : `The templates have ${faults} faults, and shipped ones stand in: \`muster check\` names them.`;
  return { ok: false, vital: false, sentence };
}

function store(settings: Settings): Finding {
  if (settings.databaseUrl !== undefined)
    return { ok: true, vital: false, sentence: 'The store is PostgreSQL (DATABASE_URL).' };
  const sentence =
    `The store is embedded, in ${settings.dataDir}: one process, and no promise that the last moments survive a power loss. ` +
    'Set DATABASE_URL to use PostgreSQL.';
  return { ok: false, vital: false, sentence };
}

function slack({ slack: has }: Settings): Finding {
  const missing = (what: string): Finding => ({ ok: false, vital: true, sentence: `Slack is not set up: ${what}.` });
  if (has.botToken === undefined) return missing('SLACK_BOT_TOKEN is not set');
  if (has.appToken !== undefined) return { ok: true, vital: false, sentence: 'Slack is set up for Socket Mode.' };
  if (has.signingSecret !== undefined) return { ok: true, vital: false, sentence: 'Slack is set up for HTTP.' };
  return missing('set SLACK_SIGNING_SECRET for HTTP, or SLACK_APP_TOKEN for Socket Mode');
}

function statuspage({ statuspage: has }: Settings, page: PageCheck | null): Finding {
  if (page) return { ok: page.state === 'read' && page.faults.length === 0, vital: false, sentence: page.sentence };
  if (has.apiKey !== undefined) return { ok: true, vital: false, sentence: 'Statuspage has a key.' };
  return {
    ok: false,
    vital: false,
    sentence: 'STATUSPAGE_API_KEY is not set: public words are drafts that people copy.',
  };
}

function mail({ smtpUrl }: Settings): Finding {
  if (smtpUrl !== undefined) return { ok: true, vital: false, sentence: 'A mail server is set (SMTP_URL).' };
  return { ok: false, vital: false, sentence: 'SMTP_URL is not set: mail is a text that people copy.' };
}

function pager({ pagerSecret }: Settings): Finding {
  if (pagerSecret === undefined) return { ok: false, vital: true, sentence: pagerSecretMissing };
  return { ok: true, vital: false, sentence: 'The pager is told in signed pages (MUSTER_PAGER_SECRET).' };
}

function aws(settings: Settings): Finding {
  if (settings.awsEndpointUrl === undefined) return { ok: true, vital: false, sentence: 'AWS is the real one.' };
  return {
    ok: false,
    vital: false,
    sentence: `AWS is not the real one: AWS_ENDPOINT_URL is ${new URL(settings.awsEndpointUrl).host}.`,
  };
}
