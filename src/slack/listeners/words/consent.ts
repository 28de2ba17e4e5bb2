import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import type { Typed } from '../parse.ts';
import { consentSentence } from '../sentences.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { whichByCode } from '../which.ts';

/** `/dr approve CODE` */
export async function approveCode(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const code = typed.args[0];
  if (code === undefined) throw new Refusal('Name the code that you have compared with the plan: /dr approve CODE.');
  const incident = await whichByCode(edge, turn, typed, code);
  if (incident === null) return;
  await turn.fresh();
  await tell(edge, turn, consentSentence(await edge.recovery.approve({ code, incidentId: incident.id }, turn.by)));
}

/** `/dr break-glass CODE reason` */
export async function breakGlassCode(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const code = typed.args[0];
  const reason = typed.args.slice(1).join(' ');
  if (code === undefined || reason === '') {
    throw new Refusal('Name the code and say why it cannot wait: /dr break-glass CODE REASON. Nothing has been done.');
  }
  const incident = await whichByCode(edge, turn, typed, code);
  if (incident === null) return;
  await turn.fresh();
  await tell(
    edge,
    turn,
    consentSentence(await edge.recovery.breakGlass({ code, incidentId: incident.id, reason }, turn.by)),
  );
}
