import { z } from 'zod';

/** What a record stands for, as route53.upsert-record is given it. */
const Alias = z.object({
  dns_name: z.string(),
  zone_id: z.string(),
  evaluate_target_health: z.boolean().default(false),
});
const Texts = z.array(z.string());

export function readAlias(value: unknown): z.infer<typeof Alias> | null {
  return Alias.safeParse(value).data ?? null;
}

export function readTexts(value: unknown): string[] | null {
  return Texts.safeParse(value).data ?? null;
}
